import {recall} from '../../base/recall.js';
import {formatShortBytes} from '../../format/numbers.js';
import {type Safe, trusted} from '../../format/sanitize.js';
import type {FileCosts, LineCost} from '../../query/line-costs.js';

/** What stands beside the lines of a source: what goes through a line, in wide panes what it allocates itself too. */
export interface CostMargin {
  /** Cells of the margin with the space after it. */
  readonly cells: number;
  readonly hasOwn: boolean;
  /** By the number of the line. */
  readonly lines: ReadonlyMap<number, MarginLine>;
}

export interface MarginLine {
  /** As wide as the margin. */
  readonly text: Safe;
  /** Whole percent of what all stacks cost, for the color. */
  readonly heat: number;
  readonly isHot: boolean;
}

/** Panes of this width have room for the total, and for own beside it. */
const MIN_WIDTH = 45;
const MIN_WIDTH_FOR_OWN = 72;

/** As wide as `13.6MB` with the space after it: most margins are. */
const USUAL_CELLS = 7;

/** The margin of a source in a pane of this width, blank while costs are pending; null where there is none. */
export function layOutMargin(costs: FileCosts | null | 'pending', width: number): CostMargin | null {
  if (costs === null || width < MIN_WIDTH) return null;
  const hasOwn = width >= MIN_WIDTH_FOR_OWN;
  if (costs !== 'pending') return formatMargin(costs, hasOwn);
  return {cells: hasOwn ? 2 * USUAL_CELLS : USUAL_CELLS, hasOwn, lines: new Map()};
}

/** Once for each file: moving within it formats nothing. */
const formatMargin = recall((costs: FileCosts, hasOwn: boolean): CostMargin => {
  const texts = [...costs.lines.values()].map(cost => ({cost, columns: listColumns(cost, hasOwn)}));
  const widths = [0, 1].map(column =>
    texts.reduce((cells, {columns}) => Math.max(cells, columns[column]?.length ?? 0), 0),
  );
  const hot = new Set(costs.hotLines);
  const lines = texts.map(({cost, columns}): [number, MarginLine] => {
    const text = columns.map((column, index) => `${column.padStart(widths[index]!)} `).join('');
    const heat = Math.trunc((100 * cost.bytes) / Math.max(1, costs.wholeBytes));
    return [cost.line, {text: trusted(text), heat, isHot: hot.has(cost.line)}];
  });
  return {
    cells: widths.slice(0, hasOwn ? 2 : 1).reduce((sum, cells) => sum + cells + 1, 0),
    hasOwn,
    lines: new Map(lines),
  };
}, 2);

/** Nothing of its own: a line that only calls. */
function listColumns({bytes, selfBytes}: LineCost, hasOwn: boolean): readonly string[] {
  const total = formatShortBytes(bytes);
  return hasOwn ? [total, selfBytes === 0 ? '' : formatShortBytes(selfBytes)] : [total];
}
