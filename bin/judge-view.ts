import {type Budget, judge, type Verdict} from '../src/gate/budget.js';
import {type CaptureAmount, combineAmounts} from '../src/gate/captures.js';
import {NOTHING_UNFINISHED} from '../src/gate/gaps.js';
import type {Limit} from '../src/gate/limit.js';
import {describeVerdict} from '../src/gate/outputs/sentence.js';
import {listUnmatched} from '../src/gate/unmatched.js';
import type {Snapshot} from '../src/heap/snapshot.js';
import {formatQuery} from '../src/query/grammar/format-query.js';
import {type MeasuredRun, measureKept} from '../src/query/measure.js';
import {createNaming, type Naming} from '../src/query/naming.js';
import {showSnapshot} from '../src/query/show-snapshot.js';
import {DEFAULT_QUERY} from '../src/query/tree-query.js';
import {NO_FILTERS} from '../src/tree/filter.js';
import type {CliOptions} from './cli-values.js';
import {listModuleFolders} from './folders.js';
import {describeMissing, listUnfinished} from './messages.js';
import {nameInput, say} from './say.js';

/** The verdicts on the view that is printed: `--fail-above`, `--fail-growth`. */
export function judgeView(options: CliOptions, snapshot: Snapshot): readonly Verdict[] {
  return listBudgets(options).map(budget => judgeBudget(budget, snapshot, options));
}

/** What `--fail-above` and `--fail-growth` are short forms of. */
export function listBudgets({gates: {failAbove, failGrowth}, query}: CliOptions): readonly Budget[] {
  // Gates count everything, so the cut is no part of what they judge.
  const view = formatQuery({...query, biggest: null});
  const toBudget = (name: string, max: Limit, isGrowth: boolean): Budget => ({
    ...{name, query, view, max, isGrowth},
    why: '',
    mustMatch: false,
  });
  return [
    ...(failAbove === null ? [] : [toBudget('--fail-above', failAbove, false)]),
    ...(failGrowth === null ? [] : [toBudget('--fail-growth', failGrowth, true)]),
  ];
}

/** @param snapshot with what the budget's query needs */
export function judgeBudget(
  budget: Budget,
  snapshot: Snapshot,
  {input, pathMap, results, gates}: Pick<CliOptions, 'input' | 'pathMap' | 'results' | 'gates'>,
): Verdict {
  const naming = createNaming(snapshot, listModuleFolders(input, pathMap));
  const {compared, base, untargeted} = measureKept(snapshot, budget.query, {naming});
  const {parts = []} = snapshot.capture;
  const toAmount = ({part, bytes, suppressed, pools}: MeasuredRun): CaptureAmount => ({
    name: nameInput(part === null ? results : parts[part]!.name),
    bytes,
    suppressed,
    pools,
  });
  const amounts = combineAmounts(compared.map(toAmount), base.map(toAmount));
  const missing = describeMissing(snapshot, results);
  const unfinished = gates.allowUnfinished ? NOTHING_UNFINISHED : listUnfinished(snapshot, results);
  const sumOf = snapshot.runs === undefined && parts.length > 1 ? parts.length : null;
  const unmatched = listUnmatched(untargeted);
  const verdict = judge(budget, {...amounts, missing, unfinished, unmatched, sumOf});
  return {...verdict, isWithinNoise: hasGrownWithinNoise(verdict, snapshot, naming)};
}

/** Medians that have grown, while of no node more than the noise of the runs can be seen. */
function hasGrownWithinNoise(
  {budget, outcome, medianOf}: Verdict,
  snapshot: Snapshot,
  naming: Naming,
): boolean {
  if (outcome !== 'failed' || !budget.isGrowth || medianOf === null) return false;
  const query = {...budget.query, diff: DEFAULT_QUERY.diff, biggest: Infinity};
  const {compared} = showSnapshot(snapshot, {query, filters: NO_FILTERS, wholePeak: false, naming}).tree;
  return compared?.isChanged?.includes(1) === false;
}

const NOT_JUDGED = 'not judged, since not everything could be read';

/** One line for each verdict; what could not be read, and why, is said already. */
export function sayVerdicts(verdicts: readonly Verdict[], results: string): void {
  for (const verdict of verdicts) {
    const {reason, missing, budget} = verdict;
    const said = missing === null ? (reason ?? describeVerdict(verdict)) : NOT_JUDGED;
    say(results, `${budget.name}: ${said}`);
  }
}
