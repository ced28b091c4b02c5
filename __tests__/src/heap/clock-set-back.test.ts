import {describe, expect, test} from 'vitest';
import {readCapture} from '../../../src/headless.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {parseWithHistory} from '../../helpers/keep-history.js';

const START_MS = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

/** Six allocations, each after a memory record. From the fourth one on the clock is an hour behind, which is before the start. */
function write(): Uint8Array {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let i = 0; i < 6; i++) {
    const ms = 1000 + 10 * i - (i < 3 ? 0 : HOUR_MS);
    records.push({type: 'memory', rss: 1000 * (i + 1), ms});
    records.push({type: 'allocate', address: 4096 * (i + 1), size: 100});
  }
  return writeCapture([...records, {type: 'trailer'}], {startTimeMs: START_MS, endTimeMs: START_MS + 1050});
}

describe('a clock that was set back to before the start', () => {
  const last = START_MS + 1050 - HOUR_MS;

  test('is said, and the times are those that memray gives', () => {
    const {run, notes} = parseWithHistory(write()).getInfo();
    expect(notes).toContain('The clock stepped back during the recording.');
    expect(run).toMatchObject({peakTimeMs: last, highestRss: 6000, highestRssTimeMs: last});
  });

  test('is in the course of the run', () => {
    const {points} = parseWithHistory(write()).getTimeline()!;
    expect([...points.timeMs].map(ms => ms - START_MS)).toEqual(
      [0, 1, 2, 3, 4, 5].map(i => 1000 + 10 * i - (i < 3 ? 0 : HOUR_MS)),
    );
  });

  test('leaves moments at their memory records', async () => {
    const read = async (view: string) => (await readCapture(write(), {view})).moments![0];
    expect(await read('at:#4')).toMatchObject({record: 4, timeMs: START_MS + 1040 - HOUR_MS, heap: 400});
    // Of memory records that are not in the order of their times the last one counts.
    expect(await read('at:1.04s')).toMatchObject({record: 5, heap: 500});
    // The header tells the end.
    expect(await read('at:1.05s')).toMatchObject({record: 5, heap: 600, isEnd: true});
  });
});

test('a peak before any memory record has no time', () => {
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'allocate', address: 4096, size: 100},
    {type: 'free', address: 4096},
    {type: 'memory', rss: 1000, ms: 10},
  ];
  expect(parseWithHistory(writeCapture(records)).getInfo().run).toMatchObject({peakTimeMs: null});
});
