import {cellWidth} from '../../format/cells.js';
import {formatBytes, formatSignedBytes} from '../../format/numbers.js';
import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {type Budget, countOutcomes, listReasons, sortVerdicts, type Verdict} from '../budget.js';
import {countOver, describeMedians, describeMissed, describeSum, WITHIN_NOISE} from './sentence.js';
import {formatLimit, formatShare} from './share.js';

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
    yield* listNotes(verdict);
  }
  yield* listJudged(verdicts);
  yield* sayUncounted('suppressed', verdicts, ({suppressed}) => suppressed);
  yield* sayUncounted('small-object pools', verdicts, ({pools}) => pools);
  yield* listReasons(verdicts).map(sanitize);
  yield trusted(sumUp(verdicts));
}

function* sayUncounted(
  what: string,
  verdicts: readonly Verdict[],
  get: (verdict: Verdict) => number,
): Generator<Safe> {
  const most = Math.max(0, ...verdicts.map(get));
  if (most > 0) yield trusted(`${what}, and not counted: up to ${formatBytes(most)}`);
}

function listCells(verdict: Verdict): readonly Safe[] {
  const {budget, over, outcome} = verdict;
  return [
    sanitize(budget.name),
    trusted(formatMeasured(verdict)),
    trusted(formatLimit(verdict)),
    trusted(over > 0 ? formatBytes(over) : ''),
    trusted(outcome),
  ];
}

/** `61.000MB`, `+2.000MB`, `+2.000MB (+3.20 %)` */
function formatMeasured(verdict: Verdict): string {
  const {budget, measured} = verdict;
  const share = formatShare(verdict);
  const size = budget.isGrowth ? formatSignedBytes(measured) : formatBytes(measured);
  return share === null ? size : `${size} (${share})`;
}

/** Below the line of a budget. */
function* listNotes({budget, outcome, worst, unmatched, isWithinNoise}: Verdict): Generator<Safe> {
  for (const step of unmatched) yield joinSafe(trusted('  '), describeUnmatched(step, budget));
  if (outcome !== 'failed') return;
  if (worst !== null) yield joinSafe(trusted('  '), sanitize(worst.name), trusted(`; ${countOver(worst)}`));
  if (isWithinNoise) yield trusted(`  ${WITHIN_NOISE}`);
  if (budget.why !== '') yield joinSafe(trusted('  why: '), sanitize(budget.why));
}

function describeUnmatched(step: string, {mustMatch}: Budget): Safe {
  return mustMatch ? describeMissed(step) : joinSafe(sanitize(step), trusted(' matches nothing'));
}

/** What is judged of several captures. It is the same in all verdicts. */
function* listJudged([verdict]: readonly Verdict[]): Generator<Safe> {
  if (verdict === undefined) return;
  const {worst, medianOf, sumOf} = verdict;
  if (worst !== null) yield trusted(`measured: the greatest of ${worst.captures} captures`);
  if (sumOf !== null) yield trusted(`measured: ${describeSum(sumOf)}`);
  if (medianOf !== null) yield trusted(`measured: ${describeMedians(medianOf)}`);
}

function align(cells: readonly Safe[], widths: readonly number[]): Safe {
  const padded = cells.map((cell, column) => {
    const space = ' '.repeat(widths[column]! - cellWidth(cell));
    return COLUMNS[column]!.isText ? `${cell}${space}` : `${space}${cell}`;
  });
  return trusted(padded.join('  ').trimEnd());
}

/** `2 of 4 failed`, `1 of 4 failed, 3 incomplete`, `all 4 passed` */
function sumUp(verdicts: readonly Verdict[]): string {
  const all = verdicts.length;
  const counts = (['failed', 'incomplete'] as const)
    .map(outcome => ({outcome, count: countOutcomes(verdicts, outcome)}))
    .filter(({count}) => count > 0)
    .map(({outcome, count}, index) => `${count} ${index === 0 ? `of ${all} ` : ''}${outcome}`);
  return counts.length === 0 ? `all ${all} passed` : counts.join(', ');
}
