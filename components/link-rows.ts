import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';

const LINK_END = trusted('\u001b]8;;\u001b\\');
/** Some terminals ignore longer ones. */
const MAX_ADDRESS_LENGTH = 2000;

/**
 * Makes a text in wrapped rows a link (OSC 8), each row of it by itself. The rows are as they were where the text is
 * not whole in them, or the address is not printable ASCII without blanks.
 * @param label what stands before the text
 */
export function linkRows(
  rows: readonly Safe[],
  {label, text, address}: {readonly label: string; readonly text: string; readonly address: string},
): readonly Safe[] {
  if (!/^[!-~]+$/.test(address) || address.length > MAX_ADDRESS_LENGTH) return rows;
  const range = findRange(rows, label, text);
  if (range === null) return rows;
  const linkStart = joinSafe(trusted('\u001b]8;;'), sanitize(address), trusted('\u001b\\'));
  return rows.map((row, index) => {
    const from = index === range.first.row ? range.first.column : 0;
    const to = index === range.last.row ? range.last.column + 1 : row.length;
    if (index < range.first.row || index > range.last.row) return row;
    const [before, linked, after] = [row.slice(0, from), row.slice(from, to), row.slice(to)].map(trusted);
    return joinSafe(before!, linkStart, linked!, LINK_END, after!);
  });
}

interface Position {
  readonly row: number;
  /** Index of a character. */
  readonly column: number;
}

/** Where a text stands; blanks do not count, which are lost where rows end. */
function findRange(
  rows: readonly string[],
  label: string,
  text: string,
): {readonly first: Position; readonly last: Position} | null {
  const positions: Position[] = [];
  let shown = '';
  for (const [row, characters] of rows.entries()) {
    for (const {0: character, index: column} of characters.matchAll(/[^\s]/g)) {
      shown += character;
      positions.push({row, column});
    }
  }
  const [labelled, unlabelled] = [label + text, text].map(part => part.replaceAll(/\s/g, ''));
  const start = shown.indexOf(labelled!);
  if (start < 0 || unlabelled === '') return null;
  const end = start + labelled!.length;
  return {first: positions[end - unlabelled!.length]!, last: positions[end - 1]!};
}
