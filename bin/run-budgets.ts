import type {Budget, Verdict} from '../src/gate/budget.js';
import {formatVerdictsJson} from '../src/gate/outputs/json.js';
import {formatVerdicts} from '../src/gate/outputs/table.js';
import {BudgetError, type BudgetFile, readBudgets} from '../src/gate/read-budgets.js';
import {toSteps} from '../src/gate/suppressions.js';
import {RegexError} from '../src/query/bounded-regex.js';
import {prepareQuery} from '../src/query/prepare-query.js';
import {listSideRemarks} from '../src/query/side-remarks.js';
import {BudgetReadings, ReadingError} from './budget-readings.js';
import type {CliOptions} from './cli-values.js';
import {hasBases, listSides} from './input-paths.js';
import {judgeBudget} from './judge-view.js';
import type {LiveRecording} from './live-recording.js';
import {OptionFileError, readOptionFile} from './option-file.js';
import {annotate, prepareJunit, reportUnread, settleExitCode, writeJunit} from './report-verdicts.js';
import {getReadCode, nameOutput, prepareOutput, reportEnd} from './run-report.js';
import {say} from './say.js';
import {readIgnored} from './suppress.js';
import {OutputError} from './write-failure.js';
import {writePieces} from './write-pieces.js';

/** Reads the capture as often as the budgets need it, and prints the verdicts. Resolves to the exit code. */
export async function runBudgets(options: CliOptions, recording: LiveRecording | null): Promise<number> {
  try {
    const budgets = await readBudgetFile(options);
    const openOutput = await prepareOutput(options);
    const openJunit = await prepareJunit(options);
    const readings = new BudgetReadings(options, recording, budgets);
    const judged = await judgeAll(budgets, readings, options);
    if (judged instanceof ReadingError) {
      await reportUnread(budgets, judged.message, options, openJunit);
      throw judged;
    }
    const {verdicts, remarks} = judged;
    const exitCode = settleExitCode(getReadCode(readings.worst), verdicts);
    const lines = Array.from(formatVerdicts(verdicts), line => `${line}\n`);
    await writeJunit(verdicts, options, openJunit, readings.worst.capture.startTimeMs);
    await writePieces(
      await openOutput(),
      options.json ? [formatVerdictsJson(verdicts, listSides(options.input))] : lines,
    );
    await annotate(verdicts, options);
    for (const remark of verdicts.flatMap(listRemarks)) say(options.results, remark);
    for (const remark of remarks) say('', remark);
    await reportEnd(options, readings.worst);
    return exitCode;
  } catch (error) {
    return explain(error, options);
  }
}

interface Judged {
  readonly verdicts: readonly Verdict[];
  /** What has to be said of the captures that are compared. */
  readonly remarks: ReadonlySet<string>;
}

async function judgeAll(
  budgets: readonly Budget[],
  readings: BudgetReadings,
  options: CliOptions,
): Promise<Judged | ReadingError> {
  const verdicts: Verdict[] = [];
  const remarks = new Set<string>();
  try {
    for (const budget of budgets) {
      const snapshot = await readings.getSnapshot(budget);
      verdicts.push(judgeBudget(budget, snapshot, options));
      for (const remark of listSideRemarks(snapshot, budget.query)) remarks.add(remark);
    }
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
  readings.close();
  return {verdicts, remarks};
}

function listRemarks({budget, unmatched}: Verdict): readonly string[] {
  return unmatched.map(part => `"${budget.name}": ${part}: nothing here matches`);
}

function explain(error: unknown, options: CliOptions): number {
  if (error instanceof OptionFileError) {
    say('', error.message);
    return error.exitCode;
  }
  if (error instanceof OutputError) {
    say(nameOutput(error, options), error.message);
    return 1;
  }
  if (!(error instanceof ReadingError)) throw error;
  say(options.results, error.message);
  return 1;
}

/** With what is suppressed as the first step of each. @throws OptionFileError */
async function readBudgetFile(options: CliOptions): Promise<readonly Budget[]> {
  const path = options.gates.budget ?? '';
  const text = await readOptionFile(path);
  const fail = (message: string): never => {
    throw new OptionFileError(`${path}: ${message}`, 2);
  };
  const file = readChecked(text, fail);
  const first = toSteps([...(await readIgnored(options)), ...file.ignore]);
  const budgets = file.budgets.map(budget => ({
    ...budget,
    query: {...budget.query, steps: [...first, ...budget.query.steps]},
  }));
  for (const {name, isGrowth, query} of budgets) {
    if (isGrowth && !hasBases(options.input)) fail(`"${name}" is about growth, which needs --diff BASE`);
    await prepareQuery(query).catch((error: unknown) => {
      if (error instanceof RegexError) fail(`"${name}": ${error.message}`);
      throw error;
    });
  }
  return budgets;
}

function readChecked(text: string, fail: (message: string) => never): BudgetFile {
  try {
    return readBudgets(text);
  } catch (error) {
    if (error instanceof BudgetError) return fail(error.message);
    throw error;
  }
}
