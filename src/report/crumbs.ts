import {type Safe, sanitize} from '../format/sanitize.js';
import {isPlainView, listCrumbs, listKept} from '../query/crumbs.js';
import type {Report} from './report.js';

/**
 * What is shown, and how much is kept of what: the first line where there are steps, null for the plain tree.
 * `peak › through numpy › inverted     412.000MB of 1.234GB (33.40 %)`
 * @param separator "›"
 */
export function formatCrumbs(report: Report, separator: string): Safe | null {
  const {query, capture} = report;
  if (isPlainView(query)) return null;
  const texts = listCrumbs(query, capture).map(({text}) => text);
  return sanitize(`${texts.join(` ${separator} `)}     ${listKept(report)[0]}`);
}
