import {formatBytes} from '../../format/numbers.js';
import {type Safe, sanitize} from '../../format/sanitize.js';
import {sortVerdicts, type Verdict} from '../budget.js';

const HEADINGS = ['Budget', 'Measured', 'Limit', 'Over by', 'Verdict'] as const;

/**
 * A line for each budget, the one furthest over its limit first, and below those that failed why they are there:
 * `peak of the tests   61.000MB  50.000MB  11.000MB  failed`.
 */
export function* formatVerdicts(verdicts: readonly Verdict[]): Generator<Safe> {
  const rows = sortVerdicts(verdicts).map(verdict => ({verdict, cells: listCells(verdict)}));
  const widths = HEADINGS.map((heading, column) =>
    rows.reduce((width, {cells}) => Math.max(width, cells[column]!.length), heading.length),
  );
  const align = (cells: readonly string[]): Safe =>
    sanitize(
      cells
        .map((cell, column) =>
          column === 0 || column === 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    );
  yield align(HEADINGS);
  for (const {verdict, cells} of rows) {
    yield align(cells);
    if (!verdict.isPassed && verdict.budget.why !== '') yield sanitize(`  why: ${verdict.budget.why}`);
  }
  const failed = verdicts.filter(({isPassed}) => !isPassed).length;
  const suppressed = Math.max(0, ...verdicts.map(verdict => verdict.suppressed));
  if (suppressed > 0) yield sanitize(`suppressed, and not counted: up to ${formatBytes(suppressed)}`);
  yield sanitize(failed === 0 ? `all ${verdicts.length} passed` : `${failed} of ${verdicts.length} failed`);
}

function listCells({budget, measured, limit, over, isPassed}: Verdict): readonly string[] {
  const sign = budget.isGrowth && measured > 0 ? '+' : '';
  return [
    budget.name,
    `${sign}${formatBytes(measured)}`,
    `${budget.isGrowth ? '+' : ''}${formatBytes(limit)}`,
    over > 0 ? formatBytes(over) : '',
    isPassed ? 'passed' : 'failed',
  ];
}

/** In one sentence: `kept 61.000MB, 11.000MB above the limit of 50.000MB`. */
export function describeVerdict({budget, measured, limit, over, base}: Verdict): Safe {
  const what = budget.isGrowth
    ? `grew by ${formatBytes(measured)} (the base has ${formatBytes(base ?? 0)})`
    : `kept ${formatBytes(measured)}`;
  const bound = `the limit of ${budget.isGrowth ? '+' : ''}${formatBytes(limit)}`;
  return sanitize(`${what}, ${over > 0 ? `${formatBytes(over)} above` : 'within'} ${bound}`);
}
