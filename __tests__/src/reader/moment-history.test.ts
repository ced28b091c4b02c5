import {expect, test} from 'vitest';
import {HistoryReader} from '../../../src/heap/history.js';
import {openSource} from '../../../src/reader/capture-source.js';
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
