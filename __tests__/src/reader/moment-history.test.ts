import {describe, expect, test} from 'vitest';
import {HistoryReader} from '../../../src/heap/history.js';
import type {CaptureInfo, View} from '../../../src/heap/snapshot.js';
import {openSource} from '../../../src/reader/open-source.js';
import {readSource} from '../../../src/reader/run-load.js';
import {fixturesDirectory} from '../../helpers/captures.js';

test('a reading of a moment keeps the history of the whole run', async () => {
  const path = `${fixturesDirectory}/nested.bin`;
  const read = (kind: 'peak' | 'moment') =>
    readSource(
      () => openSource(path),
      {
        view: kind === 'peak' ? {kind} : {kind, at: {kind: 'share', percent: 50}},
        biggestAllocs: Infinity,
        history: true,
      },
      () => {},
    );
  const [plain, moment] = await Promise.all([read('peak'), read('moment')]);
  const history = plain.getHistory()!;
  const {base, ...kept} = history;
  expect(moment.getHistory()).toMatchObject(kept);
  expect(moment.getHistory()!.base.stacks).toEqual(base.stacks);
  const snapshot = await moment.getSnapshot(
    {select: {kind: 'moment', at: {kind: 'share', percent: 50}}, limit: Infinity},
    () => {},
  );
  expect(snapshot.timeline).toEqual(base.timeline);
  expect(new HistoryReader(history).read(0, {kind: 'leaks'})!.locations.length).toBe(0);
});

describe('a moment that is told by allocation records', () => {
  const at: View = {kind: 'moment', at: {kind: 'allocations', count: 300}};
  const readAt = async (known?: CaptureInfo) => {
    let opened = 0;
    const open = () => {
      opened++;
      return openSource(`${fixturesDirectory}/nested.bin`);
    };
    const read = await readSource(open, {view: at, biggestAllocs: Infinity, ...(known && {known})}, () => {});
    const {moments, ...snapshot} = await read.getSnapshot({select: at, limit: Infinity}, () => {});
    return {opened, snapshot, heap: moments![0]!.heap};
  };

  test('takes one reading where the facts of the capture are known', async () => {
    const plain = await readAt();
    expect(plain.opened).toBe(2);
    expect(await readAt(plain.snapshot.capture)).toEqual({...plain, opened: 1});
  });

  test('is found again where they are those of another recording', async () => {
    const plain = await readAt();
    const other = {...plain.snapshot.capture, pid: 1};
    expect(await readAt(other)).toEqual({...plain, opened: 3});
  });
});
