import {cellWidth} from '../../format/cells.js';
import {formatBytes, formatSignedBytes} from '../../format/numbers.js';
import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {countOutcomes, sortVerdicts, type Verdict} from '../budget.js';

const COLUMNS = [
  {heading: 'Budget', isText: true},
  {heading: 'Measured', isText: false},
  {heading: 'Limit', isText: false},
  {heading: 'Over by', isText: false},
  {heading: 'Verdict', isText: true},
] as const;

/**
 * A line for each budget, the one furthest over its limit first, and below those that failed why they are there:
 * `peak of the tests   61.000MB  50.000MB  11.000MB  failed`.
 */
export function* formatVerdicts(verdicts: readonly Verdict[]): Generator<Safe> {
  const rows = sortVerdicts(verdicts).map(verdict => ({verdict, cells: listCells(verdict)}));
  const headings = COLUMNS.map(({heading}) => trusted(heading));
  const widths = headings.map((heading, column) =>
    rows.reduce((width, {cells}) => Math.max(width, cellWidth(cells[column]!)), heading.length),
  );
  yield align(headings, widths);
  for (const {verdict, cells} of rows) {
    yield align(cells, widths);
    const {why} = verdict.budget;
    if (verdict.outcome === 'failed' && why !== '') yield joinSafe(trusted('  why: '), sanitize(why));
  }
  const suppressed = Math.max(0, ...verdicts.map(verdict => verdict.suppressed));
  if (suppressed > 0) yield trusted(`suppressed, and not counted: up to ${formatBytes(suppressed)}`);
  yield trusted(sumUp(verdicts));
}

function listCells({budget, measured, limit, over, outcome}: Verdict): readonly Safe[] {
  return [
    sanitize(budget.name),
    trusted(budget.isGrowth ? formatSignedBytes(measured) : formatBytes(measured)),
    trusted(`${budget.isGrowth ? '+' : ''}${formatBytes(limit)}`),
    trusted(over > 0 ? formatBytes(over) : ''),
    trusted(outcome),
  ];
}

function align(cells: readonly Safe[], widths: readonly number[]): Safe {
  const padded = cells.map((cell, column) => {
    const space = ' '.repeat(widths[column]! - cellWidth(cell));
    return COLUMNS[column]!.isText ? `${cell}${space}` : `${space}${cell}`;
  });
  return trusted(padded.join('  ').trimEnd());
}

function sumUp(verdicts: readonly Verdict[]): string {
  const [failed, incomplete] = [countOutcomes(verdicts, 'failed'), countOutcomes(verdicts, 'incomplete')];
  if (incomplete > 0) return `${incomplete} of ${verdicts.length} incomplete: not everything could be read`;
  return failed === 0 ? `all ${verdicts.length} passed` : `${failed} of ${verdicts.length} failed`;
}

/** In one sentence: `kept 61.000MB, 11.000MB above the limit of 50.000MB`. */
export function describeVerdict({budget, measured, limit, over, base, suppressed}: Verdict): Safe {
  const what = budget.isGrowth
    ? `grew by ${formatBytes(measured)} (the base has ${formatBytes(base ?? 0)})`
    : `kept ${formatBytes(measured)}`;
  const bound = `the limit of ${budget.isGrowth ? '+' : ''}${formatBytes(limit)}`;
  const rest = suppressed > 0 ? `; ${formatBytes(suppressed)} suppressed` : '';
  return trusted(`${what}, ${over > 0 ? `${formatBytes(over)} above` : 'within'} ${bound}${rest}`);
}

/** In one sentence, without an end. */
export function describeMissing(missing: string): Safe {
  return sanitize(`not everything could be read: ${missing}`);
}
