import type {Budget} from '../src/gate/budget.js';
import {describeNoBlocks} from '../src/heap/check-aggregated.js';
import {isSameView, type Snapshot} from '../src/heap/snapshot.js';
import {lacksReading} from '../src/query/needs.js';
import {toFailure} from '../src/reader/failure.js';
import {readInput} from '../src/reader/input-spec.js';
import {isReadOnce} from '../src/reader/is-read-once.js';
import type {ReadCapture} from '../src/reader/read-capture.js';
import {getEnd, type LoadOptions} from '../src/reader/run-load.js';
import type {CliOptions} from './cli-values.js';
import type {LiveRecording} from './live-recording.js';
import {describeFailure} from './messages.js';
import {createProgressLine} from './progress-line.js';
import {toRequest} from './query-request.js';
import {getReadCode} from './run-report.js';

/** A reading that cannot be had ends everything: a budget that is not looked at has not passed. */
export class ReadingError extends Error {}

/** What a capture lacks for some budgets only. */
const OF_A_BUDGET: readonly string[] = ['no-temporary-allocations', 'no-blocks', 'no-moments', 'read-once'];

/** The capture, read once for each distinct need: one reading has the peak and the leaks. */
export class BudgetReadings {
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
