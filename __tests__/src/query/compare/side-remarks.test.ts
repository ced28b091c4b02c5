import {describe, expect, it} from 'vitest';
import type {NativeColumns, Snapshot} from '../../../../src/heap/snapshot.js';
import {parseQuery} from '../../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../../src/query/naming.js';
import {showSnapshot} from '../../../../src/query/show-snapshot.js';
import {NO_FILTERS, type TreeFilters} from '../../../../src/tree/filter.js';
import {compareSnapshots} from '../../../helpers/compared-locations.js';
import {parseSnapshot} from '../../../helpers/tree-text.js';

const PLAIN = parseSnapshot('main app.py:1\n  load app.py:2 500');
const NATIVE = addNative(PLAIN);

/** The same as a capture with native frames has it; all of its frames are those of Python. */
function addNative({frames, capture, ...heap}: Snapshot): Snapshot {
  const none = new Int32Array(frames.length).fill(-1);
  const native: NativeColumns = {
    identity: Int32Array.from(none, (_, frame) => frame),
    image: none,
    offset: new Float64Array(frames.length).fill(-1),
    state: new Uint8Array(frames.length),
    directory: none,
  };
  return {...heap, capture: {...capture, nativeTraces: true}, frames: {...frames, native}};
}

function listRemarks(snapshot: Snapshot, view: string, filters: TreeFilters = NO_FILTERS): readonly string[] {
  const naming = createNaming(snapshot);
  return showSnapshot(snapshot, {query: parseQuery(view), filters, wholePeak: false, naming}).remarks;
}

describe('lines', () => {
  it('are compared by their numbers, which is said', () => {
    expect(listRemarks(compareSnapshots([PLAIN], [PLAIN]), 'lines:app.py')).toMatchInlineSnapshot(`
      [
        "Lines are compared by their numbers: a line that has moved is gone and new, or takes the place of another",
      ]
    `);
  });

  it('of no base, and other views, need no remark', () => {
    expect(listRemarks(compareSnapshots([PLAIN, PLAIN], []), 'lines:app.py')).toEqual([]);
    expect(listRemarks(compareSnapshots([PLAIN], [PLAIN]), 'flat')).toEqual([]);
    expect(listRemarks(PLAIN, 'lines:app.py')).toEqual([]);
  });
});

describe('native frames', () => {
  it('of some captures only are spoken of', () => {
    expect(listRemarks(compareSnapshots([PLAIN], [NATIVE]), '')).toMatchInlineSnapshot(`
      [
        "only base-0.bin was recorded with --native: rows differ by the native frames; --python-only or the step native:merge leaves them out",
      ]
    `);
    expect(listRemarks(compareSnapshots([PLAIN, NATIVE, NATIVE], []), 'flat')).toMatchInlineSnapshot(`
      [
        "only 2 of 3 captures were recorded with --native: rows differ by the native frames; --python-only or the step native:merge leaves them out",
      ]
    `);
  });

  it('of all captures, of none, and that are left out are not', () => {
    const mixed = compareSnapshots([PLAIN], [NATIVE]);
    expect(listRemarks(compareSnapshots([NATIVE], [NATIVE]), '')).toEqual([]);
    expect(listRemarks(compareSnapshots([PLAIN], [PLAIN]), '')).toEqual([]);
    expect(listRemarks(mixed, 'native:merge')).toEqual([]);
    expect(listRemarks(mixed, '', {...NO_FILTERS, foldNative: true})).toEqual([]);
    // --python-only
    const {frames, ...heap} = NATIVE;
    const {native: _, ...pythonFrames} = frames;
    expect(listRemarks(compareSnapshots([PLAIN], [{...heap, frames: pythonFrames}]), '')).toEqual([]);
  });
});
