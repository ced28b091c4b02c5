import type {RunStats} from '../query/stats/run-stats.js';
import {DEFAULT_TOP, layOutStats} from '../query/stats/stats-lines.js';
import type {TableOptions} from './table.js';

/** The statistics as aligned lines. */
export function formatStatsText(
  stats: RunStats,
  {context, painter, glyphs, limit = DEFAULT_TOP}: Omit<TableOptions, 'pools'>,
): readonly string[] {
  const lines = layOutStats(stats, limit, context.moduleOf);
  return lines.map(line =>
    line
      .map(({role, text}) => (role === 'bar' ? glyphs.bar.repeat(text.length) : painter.as(role, text)))
      .join(''),
  );
}
