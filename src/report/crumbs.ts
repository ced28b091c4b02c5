import {formatBytes, formatPercent} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {isPlainView, listCrumbs} from '../query/crumbs.js';
import type {Report} from './report.js';

/**
 * What is shown, and how much is kept of what: the first line where there are steps, null for the plain tree.
 * `peak › through numpy › inverted     412.000MB of 1.234GB (33.40 %)`
 * @param separator "›"
 */
export function formatCrumbs({query, kept, of}: Report, separator: string): Safe | null {
  if (isPlainView(query)) return null;
  const share = formatPercent(kept.bytes, of.bytes);
  const amount = `${formatBytes(kept.bytes)} of ${formatBytes(of.bytes)} (${share})`;
  return sanitize(`${listCrumbs(query).join(` ${separator} `)}     ${amount}`);
}
