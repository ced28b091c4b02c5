import type {Budget, Verdict} from '../src/gate/budget.js';
import {formatVerdictsJson} from '../src/gate/outputs/json.js';
import {formatVerdicts} from '../src/gate/outputs/table.js';
import {BudgetError, type BudgetFile, readBudgets} from '../src/gate/read-budgets.js';
import {toSteps} from '../src/gate/suppressions.js';
import {describeNoBlocks} from '../src/heap/check-aggregated.js';
import {isSameView, type Snapshot} from '../src/heap/snapshot.js';
import {RegexError} from '../src/query/bounded-regex.js';
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
import {GATE_FAILED, prepareJunit, reportVerdicts} from './report-verdicts.js';
import {createProgressLine, prepareOutput, reportEnd} from './run-report.js';
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
    for (const budget of budgets) {
      verdicts.push(judgeBudget(budget, await readings.getSnapshot(budget), options));
    }
    readings.close();
    const captures = listPaths(options.input);
    const lines = Array.from(formatVerdicts(verdicts), line => `${line}\n`);
    await writePieces(await openOutput(), options.json ? [formatVerdictsJson(verdicts, captures)] : lines);
    await reportVerdicts(verdicts, options, openJunit, readings.startTimeMs);
    const exitCode = await reportEnd(options, readings.first);
    return exitCode === 0 && verdicts.some(({isPassed}) => !isPassed) ? GATE_FAILED : exitCode;
  } catch (error) {
    return explain(error, options);
  }
}

/** A reading that cannot be had ends everything: a budget that is not looked at has not passed. */
class ReadingError extends Error {}

function explain(error: unknown, {results, output}: CliOptions): number {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  if (error instanceof OptionFileError) {
    say(`memray-tree-ink: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof OutputError) {
    say(formatError(output === null || output === '-' ? 'standard output' : output, error.message));
    return 1;
  }
  if (!(error instanceof ReadingError)) throw error;
  say(formatError(results, error.message));
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
  readonly #budgets: readonly Budget[];
  readonly #progressLine: ReturnType<typeof createProgressLine>;
  readonly #read: ReadCapture[] = [];
  #first: Snapshot | null = null;

  constructor(options: CliOptions, recording: LiveRecording | null, budgets: readonly Budget[]) {
    this.#options = options;
    this.#recording = recording;
    this.#budgets = budgets;
    this.#progressLine = createProgressLine(options);
  }

  /** The first one that was read. */
  get first(): Snapshot {
    if (this.#first === null) throw new Error('nothing was read');
    return this.#first;
  }

  get startTimeMs(): number {
    return this.first.capture.startTimeMs;
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
    this.#first ??= snapshot;
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
    const alike = this.#budgets
      .map(budget => toRequest(budget.query))
      .filter(({view, blocks}) => isSameView(view, request.view) && blocks === request.blocks);
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
