import {cellWidth} from '../../format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {wrapCells} from '../../format/wrap.js';

/** One thing to say of a node. */
export interface Fact {
  readonly text: Safe;
  /** Never left out and never cut, however little room there is: it is nowhere else on the screen. */
  readonly isEssential: boolean;
}

export interface FactArea {
  readonly width: number;
  /** Rows for all facts together. Essential facts may take more. */
  readonly maxRows: number;
  readonly ascii: boolean;
}

/**
 * Facts in rows of `width` cells. Each begins a row of its own where that fits into `maxRows`; else as many
 * share a row as fit, and what is still too much is left out at the end. Long facts go on in the next row.
 */
export function layOutFacts(facts: readonly Fact[], {width, maxRows, ascii}: FactArea): readonly Safe[] {
  const single = facts.flatMap(({text}) => wrapCells(text, width));
  if (single.length <= maxRows) return single;
  const separator = sanitize(ascii ? ' | ' : ' · ');
  const essential = packFacts(
    facts.filter(fact => fact.isEssential),
    width,
    separator,
  );
  // The largest number of facts from the start that leaves room for every essential one.
  for (let count = facts.length; count > 0; count--) {
    const rows = packFacts(
      facts.filter((fact, index) => index < count || fact.isEssential),
      width,
      separator,
    );
    if (rows.length <= maxRows) return rows;
  }
  return essential;
}

/** As many facts in a row as fit; one that is wider than a row takes several of its own. */
function packFacts(facts: readonly Fact[], width: number, separator: Safe): readonly Safe[] {
  const rows: Safe[] = [];
  for (const {text} of facts) {
    const last = rows.at(-1);
    const together = last === undefined ? text : joinSafe(last, separator, text);
    if (last !== undefined && cellWidth(together) <= width) rows.splice(-1, 1, together);
    else rows.push(...wrapCells(text, width));
  }
  return rows;
}

/** Cells by which the rows after the first one of an indented text are indented further. */
const HANGING_INDENT = 2;

/**
 * A text in rows of `width` cells. Of a text that begins with blanks, the other rows are indented further:
 * they are not mistaken for texts of their own.
 */
export function wrapIndented(text: Safe, width: number): readonly Safe[] {
  const indent = /^ */.exec(text)![0].length;
  const hanging = indent + HANGING_INDENT;
  if (indent === 0 || cellWidth(text) <= width || width < 2 * hanging) return wrapCells(text, width);
  return wrapCells(trusted(text.slice(indent)), width - hanging).map((row, index) =>
    joinSafe(trusted(' '.repeat(index === 0 ? indent : hanging)), row),
  );
}

/**
 * The rows from `first` on, at most `height` of them; where more follow, the last one says how many.
 */
export function cutRows(rows: readonly Safe[], width: number, height: number, first = 0): readonly Safe[] {
  const rest = rows.slice(first);
  if (rest.length <= height || height <= 0) return rest.slice(0, Math.max(0, height));
  const sign = wrapCells(sanitize(`(${rest.length - height + 1} more lines)`), width)[0]!;
  return [...rest.slice(0, height - 1), sign];
}
