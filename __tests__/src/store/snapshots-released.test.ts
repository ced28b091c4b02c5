import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};

function makeSnapshot(index: number): Snapshot {
  const snapshot = parseSnapshot(`
    main app.py:1
      load app.py:2 ${500 + index}
  `);
  return {...snapshot, view: {kind: 'moment', at: {kind: 'allocations', count: index + 1}}};
}

it.each(['done', 'partial'])('nothing holds the snapshots that were shown before (%s)', async how => {
  const store = createTreeStore({});
  store.actions.startLoad('results.bin');
  const shown: WeakRef<Snapshot>[] = [];
  for (let index = 0; index < 30; index++) {
    const snapshot = makeSnapshot(index);
    shown.push(new WeakRef(snapshot));
    if (how === 'done') store.actions.receive({type: 'done', progress, snapshot});
    else store.actions.receive({type: 'progress', progress, partial: snapshot});
    // A reference that was just made is held until the end of the task.
    await new Promise(setImmediate);
  }
  collectGarbage();
  await new Promise(setImmediate);
  collectGarbage();
  const left = shown.filter(each => each.deref() !== undefined);
  expect(left.length).toBeLessThan(5);
  expect(shown.at(-1)!.deref()).toBe(store.getState().snapshot);
});
