import type {Terminal} from './terminal.js';
import type {ModelRow} from './walk-model.js';

/** The left pane of a wide screen. */
export interface TreePane {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** What stands in some cells of a line, without trailing blanks. */
function readCells({emulator}: Terminal, row: number, from: number, to: number): string {
  const buffer = emulator.buffer.active;
  return (
    buffer
      .getLine(buffer.baseY + row)
      ?.translateToString(true, from, to)
      .trimEnd() ?? ''
  );
}

/** memray's rules know of no pools. */
const POOL_MARK = / +◌(?: small-object pool)?$/;

/**
 * Finds the tree by the line between the panes: the longest one, and of several the one furthest to the
 * right.
 */
export function readTreePane(terminal: Terminal, columns: number): TreePane {
  const rowCount = terminal.lines().length;
  let width = 0;
  let height = 0;
  for (let column = 0; column < columns; column++) {
    let length = 0;
    while (length < rowCount && readCells(terminal, length, column, column + 1).match(/[│◂▸]/)) length++;
    if (length > 0 && length >= height) [width, height] = [column, length];
  }
  const lines = Array.from({length: height}, (_, row) =>
    readCells(terminal, row, 0, width).replace(POOL_MARK, ''),
  );
  return {width, height, lines};
}

/** Marker, numbers and bar of a pane of 180 columns. */
const NUMBER_CELLS = 2 + 9 + 1 + 8 + 1 + 8 + 1;

/**
 * Compares a pane with the rows that should be there; null if they are. The pane shows any window of them
 * that has the cursor in it. Numbers are whole; in the part after them, guides may be shifted out and long
 * names cut.
 */
export function compareTreePane(
  {lines}: TreePane,
  rows: readonly ModelRow[],
  cursorRow: number,
): string | null {
  const selectedLine = lines.findIndex(line => line.startsWith('❯'));
  const first = cursorRow - selectedLine;
  if (selectedLine < 0 || first < 0) return `no row is selected, or a wrong one: ${cursorRow} should be`;
  for (const [index, line] of lines.entries()) {
    const row = rows[first + index];
    const marker = first + index === cursorRow ? '❯' : ' ';
    const numbers = row ? `${marker}${row.isMatch ? '•' : ' '}${row.numbers} ` : '';
    const expected = row ? `${numbers}${row.guides}${row.names}` : '';
    const isSame = line === expected.trimEnd() || (row !== undefined && isCut(line, numbers, row));
    if (!isSame) return `line ${index} is\n${line}\nbut should be\n${expected}`;
  }
  return null;
}

/** Guides are cut at their front, functions in the middle, places at their front. */
function isCut(line: string, numbers: string, {guides, names}: ModelRow): boolean {
  if (!line.startsWith(numbers) || !/[‹…]/.test(line)) return false;
  const tree = line.slice(NUMBER_CELLS);
  const icon = tree.search(/[📂📄]/u);
  const isGuideEnd = guides.endsWith(tree.slice(0, icon).replace(/^.*[‹…]/, ''));
  const [head = '', ...tails] = tree.slice(icon).split('…');
  const isNameCut = tails.every(tail => names.includes(tail.trim()) || tail.includes('  '));
  return (
    isGuideEnd && names.startsWith(head.trimEnd()) && isNameCut && names.endsWith(tails.at(-1)?.trim() ?? '')
  );
}
