import type {HistoryCoreExports} from '../core/history-core.js';
import type {HeapColumns, HistoryColumns, RunCourse} from './heap-backend.js';
import type {HeapBudget} from './heap-budget.js';
import {findKeptState} from './kept-states.js';
import {readCells, readPoints, viewStateLog} from './read-history.js';
import {type Selection, selectNumbers, selectOfState} from './selection.js';
import type {View} from './snapshot.js';
import {StateReader} from './state-log.js';
import {surveyStates} from './survey-states.js';
import type {Timeline} from './timeline.js';

/** What a selection of locations is as columns. Throws what `budget` throws. */
type MakeColumns = (selection: Selection, view: View, budget: HeapBudget) => HeapColumns;

/** Since when the run goes on, and what the core's times are counted from; in ms since the epoch. */
interface CourseTimes {
  readonly startTimeMs: number;
  readonly timeOffsetMs: number;
}

/** The course of a run as a core has kept it so far. */
export class KeptCourse implements RunCourse {
  readonly #core: HistoryCoreExports;
  readonly #times: CourseTimes;
  readonly #makeColumns: MakeColumns;

  constructor(core: HistoryCoreExports, times: CourseTimes, makeColumns: MakeColumns) {
    this.#core = core;
    this.#times = times;
    this.#makeColumns = makeColumns;
  }

  /** No more records come: the state of now is one that is kept. */
  finish(): void {
    this.#core.endCell();
  }

  getTimeline(): Timeline {
    const {startTimeMs, timeOffsetMs} = this.#times;
    const points = readPoints(this.#core, timeOffsetMs);
    return {startTimeMs, points, cells: readCells(this.#core)};
  }

  getColumns(records: number, view: View, limit: number, budget: HeapBudget): HeapColumns | null {
    const states = viewStateLog(this.#core);
    const kept = findKeptState(states.cells, records);
    if (kept === null) return null;
    const state = new StateReader(states, this.#core.locationCount()).read(kept);
    return this.#makeColumns(selectOfState(state, limit), view, budget);
  }

  getHistory(view: View, budget: HeapBudget): HistoryColumns {
    const states = viewStateLog(this.#core);
    const {numbers, checkpoints} = surveyStates(states, this.#core.locationCount());
    // The core may need its memory for the columns.
    const log = states.log.slice();
    return {
      states: {...states, log},
      numbers,
      checkpoints,
      base: this.#makeColumns(selectNumbers(numbers), view, budget),
    };
  }
}
