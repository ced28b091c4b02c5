import type {HistoryCoreExports} from '../core/history-core.js';
import {readRows} from './core-rows.js';
import type {StateLog} from './state-log.js';
import type {TimelineCells, TimelinePoints} from './timeline.js';

const POINT_WORDS = 6;
/** Of a point: its time, which is before the start where the clock was set back. */
const TIME_WORD = 2;
const CELL_WORDS = 5;

/** The points that a core has kept so far. @param startMs what times are counted from, in ms since the epoch */
export function readPoints(core: HistoryCoreExports, startMs: number): TimelinePoints {
  const length = core.pointCount();
  const at = core.pointsAt() >>> 0;
  const [record, allocationRecords, ms, heap, highestHeap, rss] = readRows(
    core.memory.buffer,
    at,
    length,
    POINT_WORDS,
    TIME_WORD,
  );
  return {
    length,
    record: record!,
    allocationRecords: allocationRecords!,
    timeMs: ms!.map(each => startMs + each),
    heap: heap!,
    highestHeap: highestHeap!,
    rss: rss!,
  };
}

/** The cells that a core has kept so far. */
export function readCells(core: HistoryCoreExports): TimelineCells {
  const length = core.cellCount();
  const at = core.cellsAt() >>> 0;
  const [records, highRecords, heap, highestHeap] = readRows(core.memory.buffer, at, length, CELL_WORDS);
  return {length, records: records!, highRecords: highRecords!, heap: heap!, highestHeap: highestHeap!};
}

/** What a core knows of the states of its cells, in its own memory: to be used before it goes on. */
export function viewStateLog(core: HistoryCoreExports): StateLog {
  const cells = readCells(core);
  const {length} = cells;
  const {buffer} = core.memory;
  const words = new Uint32Array(buffer, core.cellsAt() >>> 0, length * CELL_WORDS * 2);
  return {
    cells,
    logEnd: Uint32Array.from({length}, (_, cell) => words[(cell * CELL_WORDS + CELL_WORDS - 1) * 2]!),
    log: new Uint8Array(buffer, core.logAt() >>> 0, core.logBytes()),
  };
}
