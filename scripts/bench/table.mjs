export function median(values) {
  return quantile(values, 0.5);
}

/** The value that this share of the values does not exceed, interpolated between neighbours. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const low = Math.floor(rank);
  const high = Math.ceil(rank);
  return sorted[low] + (sorted[high] - sorted[low]) * (rank - low);
}

export const formatMs = ms =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
export const formatBytes = bytes =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e3).toFixed(1)} kB`;

/**
 * A line of a table. `value` is judged against `goal` by `isAtLeast` or at most; `details` holds what it was
 * made of.
 * @param format of the value and the goal
 */
export function createLine({
  what,
  ours = '',
  memray = '',
  value,
  goal,
  format = toFixed2,
  isAtLeast = false,
}) {
  const isMet = isAtLeast ? value >= goal : value <= goal;
  return {
    cells: [what, ours, memray, format(value), `${isAtLeast ? '≥' : '≤'} ${format(goal)}`, isMet ? '✓' : '✗'],
    isMet,
    excess: isAtLeast ? goal / value : value / goal,
  };
}

/** A line whose value is the ratio of our figure to memray's. */
export function createRatioLine({what, ours, memray, goal, format = formatMs}) {
  return createLine({what, ours: format(ours), memray: format(memray), value: ours / memray, goal});
}

function toFixed2(value) {
  return value.toFixed(value < 10 ? 3 : 1);
}

/** A table in Markdown, so that it can go into BENCHMARKS.md as it is. */
export function formatTable(lines) {
  return formatRows(['what', 'ours', 'memray', 'figure', 'goal', ''], lines);
}

/** The same with another header. */
export function formatRows(header, lines) {
  const rows = [header, ...lines.map(line => line.cells)];
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map(row => row[column].length)));
  const format = row => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`;
  return `${[format(rows[0]), rule, ...rows.slice(1).map(format)].join('\n')}\n`;
}
