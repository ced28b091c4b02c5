import {type Budget, judge, type Verdict} from '../src/gate/budget.js';
import {describeVerdict} from '../src/gate/outputs/table.js';
import type {Snapshot} from '../src/heap/snapshot.js';
import {formatQuery} from '../src/query/grammar/format-query.js';
import {measureKept} from '../src/query/measure.js';
import {createNaming} from '../src/query/naming.js';
import type {CliOptions} from './cli-values.js';
import {listModuleFolders} from './folders.js';
import {formatError} from './messages.js';

/** The verdicts on the view that is printed: `--fail-above`, `--fail-growth`. */
export function judgeView(options: CliOptions, snapshot: Snapshot): readonly Verdict[] {
  const budgets = listBudgets(options);
  return budgets.map(budget => judgeBudget(budget, snapshot, options));
}

function listBudgets({gates: {failAbove, failGrowth}, query}: CliOptions): readonly Budget[] {
  const common = {query, view: formatQuery(query), why: ''};
  const budgets: Budget[] = [];
  if (failAbove !== null) {
    budgets.push({...common, name: '--fail-above', max: {kind: 'size', bytes: failAbove}, isGrowth: false});
  }
  if (failGrowth !== null) budgets.push({...common, name: '--fail-growth', max: failGrowth, isGrowth: true});
  return budgets;
}

/** @param snapshot with what the budget's query needs */
export function judgeBudget(
  budget: Budget,
  snapshot: Snapshot,
  {input, pathMap}: Pick<CliOptions, 'input' | 'pathMap'>,
): Verdict {
  const naming = createNaming(snapshot, listModuleFolders(input, pathMap));
  const {compared, base} = measureKept(snapshot, budget.query, {naming});
  return judge(budget, {...compared, base: base?.bytes ?? null});
}

/** One line for each verdict that failed. */
export function sayFailed(verdicts: readonly Verdict[], results: string): void {
  for (const verdict of verdicts) {
    if (verdict.isPassed) continue;
    process.stderr.write(`${formatError(results, `${verdict.budget.name}: ${describeVerdict(verdict)}`)}\n`);
  }
}
