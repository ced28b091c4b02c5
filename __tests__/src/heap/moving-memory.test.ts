import {readFileSync} from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import {CaptureError} from '../../../src/capture/damage.js';
import type {CoreExports} from '../../../src/core/core.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {writeCapture} from '../../helpers/capture-writer.js';
import {listCaptures} from '../../helpers/captures.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

/** Whether each call into the core detaches all views of its memory, as a call that makes it grow does. */
let isMoving = false;

vi.mock('../../../src/core/core.js', async importOriginal => {
  const original = await importOriginal<typeof import('../../../src/core/core.js')>();
  return {
    ...original,
    createCore: (limitBytes?: number) => detachViews(original.createCore(limitBytes)),
  };
});

function detachViews(core: CoreExports): CoreExports {
  const memory = core.memory as CoreExports['memory'] & {grow(pages: number): number};
  const wrapped = Object.entries(core).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value];
    return [
      name,
      (...given: unknown[]) => {
        const result: unknown = value(...given);
        if (isMoving) memory.grow(0);
        return result;
      },
    ];
  });
  return Object.fromEntries(wrapped) as CoreExports;
}

function readWith(moving: boolean, read: () => Snapshot): unknown {
  isMoving = moving;
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return error.message;
  } finally {
    isMoving = false;
  }
}

test('the mock detaches views', async () => {
  const {createCore} = await import('../../../src/core/core.js');
  isMoving = true;
  const core = createCore();
  const view = new Uint8Array(core.memory.buffer);
  core.parsePos();
  isMoving = false;
  expect(view.length).toBe(0);
});

const small = listCaptures()
  .map(capture => ({...capture, bytes: readFileSync(capture.path)}))
  .filter(({bytes}) => bytes.length < 30_000);
const runs: readonly (readonly [View, number])[] = [
  [{kind: 'peak'}, 211],
  [{kind: 'leaks'}, 1 << 20],
];

describe.each(small)('$name', ({bytes}) => {
  test.each(runs)('no view of memory is kept across a call into the core: %o, pieces of %i', (view, size) => {
    const read = (): Snapshot => parseSnapshot(bytes, {view}, [size]);
    expect(readWith(true, read)).toEqual(readWith(false, read));
  });
});

// One entry of two code units for each pair of bytes: kind 11 of line-table.ts, which adds a line.
test.each([204_000, 500_000, 2 ** 20 - 4])('a line table of %i bytes is read', tableBytes => {
  const entries = Math.floor(tableBytes / 3);
  const table = Array.from({length: entries}, () => [0xd8, 0, 0]).flat();
  const bytes = writeCapture([
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'f', file: 'f.py', firstLine: 10, table},
    {type: 'push', code: 1, offset: 2 * (entries - 1)},
    {type: 'allocate', address: 8, size: 50},
    {type: 'trailer'},
  ]);
  for (const size of [bytes.length, 10_007]) {
    const {capture, frames} = parseSnapshot(bytes, {}, [size]);
    expect(capture).toMatchObject({damage: null, finished: true});
    expect([...frames.line]).toEqual([10 + entries]);
  }
});
