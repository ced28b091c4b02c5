import {type Safe, trusted} from '../format/sanitize.js';
import type {Painter} from '../style/ansi.js';
import type {ReportGlyphs} from '../style/glyphs.js';
import type {RowLabel} from '../tree/row-label.js';

/** Marks the rows of a text that are likely small-object pools. */
export interface PoolMarker {
  /** What stands at the end of a row; empty unless the row is one. */
  mark(label: RowLabel): string;
  /** What the mark means; null as long as no row has it. */
  getLegend(): Safe | null;
}

export function createPoolMarker({pool}: ReportGlyphs, painter: Painter): PoolMarker {
  const sign = painter.as('warning', trusted(pool));
  let isUsed = false;
  return {
    mark({isPool}) {
      if (!isPool) return '';
      isUsed = true;
      return ` ${sign}`;
    },
    getLegend: () =>
      isUsed
        ? trusted(`${pool} likely small-object pools, which hold objects of any function; see --no-pools`)
        : null,
  };
}
