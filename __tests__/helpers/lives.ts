import {HistoryReader, type KeptHistory} from '../../src/heap/history.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {TreeStore} from '../../src/session/create-tree-store.js';
import {selectLives} from '../../src/store/lives.js';
import {type CaptureRecord, writeCapture} from './capture-writer.js';
import {parseWithHistory} from './keep-history.js';

/** A run as it is read with its history. */
export interface KeptRun {
  readonly snapshot: Snapshot;
  readonly history: KeptHistory;
}

export function readKeptRun(records: readonly CaptureRecord[]): KeptRun {
  const parser = parseWithHistory(writeCapture(records, {version: 12}));
  const timeline = parser.getTimeline()!;
  const history = parser.getHistory()!;
  const reader = new HistoryReader({...history, base: {...history.base, timeline}});
  return {
    snapshot: {...parser.getSnapshot(), timeline},
    history: {open: () => reader},
  };
}

/** The lines over time are computed at once, and not when no key has come for a while. */
export function computeLives({getState}: TreeStore, screenColumns: number): void {
  selectLives(getState(), screenColumns);
}

/**
 * A run of 4,000 allocation records: `load` rises to the middle and is freed until the end, `build` rises in the second half
 * and stays, `once` has one block in the first quarter.
 */
export function writeRisingRun(
  names: readonly [string, string, string] = ['load', 'build', 'once'],
): CaptureRecord[] {
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 0, function: 'main', file: '/app/app.py'},
    ...names.map((name, id) => ({type: 'code', id: id + 1, function: name, file: '/app/work.py'}) as const),
    {type: 'push', code: 0},
  ];
  const at = (code: number, record: CaptureRecord): void => {
    records.push({type: 'push', code}, record, {type: 'pop'});
  };
  const addressOf = (code: number, index: number): number => (code * 10_000 + index) * 4096;
  for (let index = 0; index < 2000; index++)
    at(1, {type: 'allocate', address: addressOf(1, index), size: 1000});
  at(3, {type: 'allocate', address: addressOf(3, 0), size: 50_000});
  at(3, {type: 'free', address: addressOf(3, 0)});
  for (let index = 0; index < 1000; index++) {
    at(1, {type: 'free', address: addressOf(1, 2 * index)});
    at(2, {type: 'allocate', address: addressOf(2, index), size: 900});
  }
  return [...records, {type: 'trailer'}];
}
