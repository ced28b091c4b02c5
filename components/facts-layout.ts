import {cellWidth} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize} from '../src/format/sanitize.js';
import {wrapCells} from '../src/format/wrap.js';

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

/**
 * Texts in rows of `width` cells. What continues an indented text is indented further, so that the next one
 * can be told from it.
 */
export function wrapTexts(texts: readonly Safe[], width: number): readonly Safe[] {
  return texts.flatMap(text => {
    const indent = text.length - text.trimStart().length;
    if (indent === 0 || cellWidth(text) <= width) return wrapCells(text, width);
    const blanks = sanitize(' '.repeat(Math.min(indent + 2, width >> 1)));
    const [first = sanitize(''), ...more] = wrapCells(sanitize(text.trimStart()), width - blanks.length);
    return [joinSafe(sanitize(' '.repeat(indent)), first), ...more.map(row => joinSafe(blanks, row))];
  });
}

/**
 * The rows that are seen from number `first` on (from 0), at most `height` of them; where more follow, the
 * last row says how many.
 */
export function cutRows(rows: readonly Safe[], {first, width, height}: RowWindow): readonly Safe[] {
  if (height <= 0) return [];
  const rest = rows.length - first - height + 1;
  if (rest <= 1) return rows.slice(first, first + height);
  const sign = wrapCells(sanitize(`(${rest} more lines)`), width)[0]!;
  return [...rows.slice(first, first + height - 1), sign];
}

export interface RowWindow {
  readonly first: number;
  readonly width: number;
  readonly height: number;
}
