import type {Terminal} from './terminal.js';
import type {ModelRow} from './walk-model.js';

/** The left pane of a wide screen. */
export interface TreePane {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** What stands in some cells of a line, without trailing blanks. */
export function readCells({emulator}: Terminal, row: number, from: number, to: number): string {
  const buffer = emulator.buffer.active;
  return (
    buffer
      .getLine(buffer.baseY + row)
      ?.translateToString(true, from, to)
      .trimEnd() ?? ''
  );
}

/** Finds the tree by the line between the panes: the longest one, and of several the one furthest to the right. */
export function readTreePane(terminal: Terminal, columns: number): TreePane {
  const rowCount = terminal.lines().length;
  let width = 0;
  let height = 0;
  for (let column = 0; column < columns; column++) {
    let length = 0;
    while (length < rowCount && readCells(terminal, length, column, column + 1) === '│') length++;
    if (length > 0 && length >= height) [width, height] = [column, length];
  }
  const lines = Array.from({length: height}, (_, row) => readCells(terminal, row, 0, width));
  return {width, height, lines};
}

/**
 * Compares a pane with the rows that should be there; null if they are. The pane shows any window of them that has the
 * cursor in it, shifted to the left as far as the selected row needs it.
 */
export function compareTreePane(
  {lines}: TreePane,
  rows: readonly ModelRow[],
  cursorRow: number,
): string | null {
  const selectedLine = lines.findIndex(line => line.startsWith('❯'));
  const first = cursorRow - selectedLine;
  if (selectedLine < 0 || first < 0) return `no row is selected, or a wrong one: ${cursorRow} should be`;
  const selected = rows[cursorRow]!;
  const shift = 2 + selected.guides.length - lines[selectedLine]!.indexOf(selected.label.slice(0, 8));
  for (const [index, line] of lines.entries()) {
    const row = rows[first + index];
    const marker = first + index === cursorRow ? '❯' : ' ';
    // Where a shift cuts into a label, that is not in sight as a whole.
    if (row !== undefined && row.guides.length < shift) continue;
    const expected = row ? `${marker}${row.isMatch ? '•' : ' '}${row.guides.slice(shift)}${row.label}` : '';
    if (!isSameOrCut(line, expected)) return `line ${index} is\n${line}\nbut should be\n${expected}`;
  }
  return null;
}

/** A pane cuts only what is longer than most names. */
function isSameOrCut(line: string, expected: string): boolean {
  if (line === expected.trimEnd()) return true;
  // Before the ellipsis stands a blank where half of a wide character would.
  return line.endsWith('…') && line.length > 80 && expected.startsWith(line.slice(0, -1).trimEnd());
}
