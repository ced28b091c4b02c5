import type {Budget, Verdict} from '../src/gate/budget.js';
import {formatVerdictsJson} from '../src/gate/outputs/json.js';
import {formatVerdicts} from '../src/gate/outputs/table.js';
import {BudgetError, type BudgetFile, readBudgets} from '../src/gate/read-budgets.js';
import {toSteps} from '../src/gate/suppressions.js';
import {describeNoBlocks} from '../src/heap/check-aggregated.js';
import {isSameView, type Snapshot} from '../src/heap/snapshot.js';
import {RegexError} from '../src/query/bounded-regex.js';
import {formatPart, type TargetedPart} from '../src/query/edit-query.js';
import {lacksReading} from '../src/query/needs.js';
import {prepareQuery} from '../src/query/prepare-query.js';
import {toFailure} from '../src/reader/failure.js';
import {readInput} from '../src/reader/input-spec.js';
import {isReadOnce} from '../src/reader/is-read-once.js';
import type {ReadCapture} from '../src/reader/read-capture.js';
import {getEnd, type LoadOptions} from '../src/reader/run-load.js';
import type {CliOptions} from './cli-values.js';
import {listPaths} from './input-paths.js';
import {judgeBudget} from './judge-view.js';
import type {LiveRecording} from './live-recording.js';
import {describeFailure, formatError} from './messages.js';
import {OptionFileError, readOptionFile} from './option-file.js';
import {toRequest} from './query-request.js';
import {annotate, prepareJunit, settleExitCode, writeJunit} from './report-verdicts.js';
import {createProgressLine, getReadCode, nameOutput, prepareOutput, reportEnd} from './run-report.js';
import {readIgnored} from './suppress.js';
import {OutputError} from './write-failure.js';
import {writePieces} from './write-pieces.js';

/** Reads the capture as often as the budgets need it, and prints the verdicts. Resolves to the exit code. */
export async function runBudgets(options: CliOptions, recording: LiveRecording | null): Promise<number> {
  try {
    const budgets = await readBudgetFile(options);
    const openOutput = await prepareOutput(options);
    const openJunit = await prepareJunit(options);
    const readings = new Readings(options, recording, budgets);
    const verdicts: Verdict[] = [];
    const remarks: string[] = [];
    for (const budget of budgets) {
      const {verdict, untargeted} = judgeBudget(budget, await readings.getSnapshot(budget), options);
      verdicts.push(verdict);
      remarks.push(...listRemarks(budget, untargeted));
    }
    readings.close();
    const exitCode = settleExitCode(getReadCode(readings.worst), verdicts);
    const captures = listPaths(options.input);
    const lines = Array.from(formatVerdicts(verdicts), line => `${line}\n`);
    await writeJunit(verdicts, options, openJunit, readings.worst.capture.startTimeMs);
    await writePieces(await openOutput(), options.json ? [formatVerdictsJson(verdicts, captures)] : lines);
    await annotate(verdicts, options);
    for (const remark of remarks) process.stderr.write(`${formatError(options.results, remark)}\n`);
    await reportEnd(options, readings.worst);
    return exitCode;
  } catch (error) {
    return explain(error, options);
  }
}

/** A reading that cannot be had ends everything: a budget that is not looked at has not passed. */
class ReadingError extends Error {}

/** What keeps only what it names. */
const KEEPING: ReadonlySet<TargetedPart['kind']> = new Set([
  ...(['through', 'root', 'zoom', 'thread', 'module'] as const),
  ...(['callers', 'callees'] as const),
]);

/** A name that is misspelt keeps nothing, and so all limits. Blocks and patterns may well not be there. */
function listRemarks({name}: Budget, untargeted: readonly TargetedPart[]): readonly string[] {
  return untargeted
    .filter(({kind}) => KEEPING.has(kind))
    .map(part => `"${name}": ${formatPart(part)}: nothing here matches`);
}

function explain(error: unknown, options: CliOptions): number {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  if (error instanceof OptionFileError) {
    say(`memray-tree-ink: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof OutputError) {
    say(formatError(nameOutput(error, options), error.message));
    return 1;
  }
  if (!(error instanceof ReadingError)) throw error;
  say(formatError(options.results, error.message));
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
  const hasBase = options.input.kind === 'runs' && options.input.bases.length > 0;
  const budgets = file.budgets.map(budget => ({
    ...budget,
    query: {...budget.query, steps: [...first, ...budget.query.steps]},
  }));
  for (const {name, isGrowth, query} of budgets) {
    if (isGrowth && !hasBase) fail(`"${name}" is about growth, which needs --diff BASE`);
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

/** What a capture lacks for some budgets only. */
const OF_A_BUDGET: readonly string[] = ['no-temporary-allocations', 'no-blocks', 'read-once'];

/** The capture, read once for each distinct need: one reading has the peak and the leaks. */
class Readings {
  readonly #options: CliOptions;
  readonly #recording: LiveRecording | null;
  /** What the budgets need. */
  readonly #requests: readonly ReturnType<typeof toRequest>[];
  readonly #progressLine: ReturnType<typeof createProgressLine>;
  readonly #read: ReadCapture[] = [];
  #worst: Snapshot | null = null;

  constructor(options: CliOptions, recording: LiveRecording | null, budgets: readonly Budget[]) {
    this.#options = options;
    this.#recording = recording;
    this.#requests = budgets.map(({query}) => toRequest(query));
    this.#progressLine = createProgressLine(options);
  }

  /** One of which not everything could be read, if there is one: a reading of blocks may end before others. */
  get worst(): Snapshot {
    if (this.#worst === null) throw new Error('nothing was read');
    return this.#worst;
  }

  close(): void {
    this.#progressLine.clear();
  }

  /** @throws ReadingError */
  async getSnapshot({query, name}: Budget): Promise<Snapshot> {
    const options = this.#toOptions(query);
    const {view: select, biggestAllocs: limit, blocks = false} = options;
    const read =
      this.#read.find(one => one.holds({select, limit, blocks})) ?? (await this.#readAgain(options, name));
    const {snapshot} = await this.#guard(name, () => getEnd(read, options, () => {}));
    if (lacksReading(snapshot, query))
      throw new ReadingError(`"${name}": ${describeNoBlocks(snapshot.capture)}`);
    if (this.#worst === null || getReadCode(this.#worst) === 0) this.#worst = snapshot;
    return snapshot;
  }

  async #readAgain(options: LoadOptions, name: string): Promise<ReadCapture> {
    const {input} = this.#options;
    if (this.#read.length > 0 && isReadOnce(input)) {
      throw new ReadingError(
        'can be read only once, and these budgets take several readings; save it to a file first',
      );
    }
    const read = await this.#guard(name, () =>
      readInput(input, options, message => this.#progressLine.show(message.progress)),
    );
    this.#read.push(read);
    return read;
  }

  /** One reading is for all budgets of the same selection: it has to hold as many locations as any of them needs. */
  #toOptions(query: Budget['query']): LoadOptions {
    const {pythonOnly, symbolsDirectory, save} = this.#options;
    const recording = this.#recording;
    const request = toRequest(query);
    const alike = this.#requests.filter(
      ({view, blocks}) => isSameView(view, request.view) && blocks === request.blocks,
    );
    return {
      ...request,
      biggestAllocs: Math.max(...alike.map(({biggestAllocs}) => biggestAllocs)),
      pythonOnly,
      symbolsDirectory,
      receivesAll: save !== null,
      onReceived: recording === null ? undefined : bytes => recording.add(bytes),
      getWantedPartial: () => null,
    };
  }

  /** @param name of the budget that the reading is for */
  async #guard<T>(name: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.#progressLine.clear();
      const failure = toFailure(error);
      const message = describeFailure(failure);
      throw new ReadingError(OF_A_BUDGET.includes(failure.code) ? `"${name}": ${message}` : message);
    }
  }
}
