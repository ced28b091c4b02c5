import {describe, expect, test} from 'vitest';
import type {LoadDone} from '../../../src/reader/load-messages.js';
import {joinDone, listBuffers, splitDone} from '../../../src/reader/parcels.js';
import {createTreeData} from '../../../src/tree/tree-data.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const snapshot = parseSnapshot('main app.py:1 10\n  load data.py:2 5 @0x2\n  save data.py:3 4');
const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
const tree = createTreeData(snapshot, {wholePeak: false});
const ends: [string, LoadDone][] = [
  ['a snapshot', {type: 'done', progress, snapshot}],
  ['a snapshot with its tree', {type: 'done', progress, snapshot, tree}],
];

describe.each(ends)('%s', (_, done) => {
  test.each([1, 2, 3, 1000])('comes as it was in parts of %i strings', most => {
    const {parts, rest} = splitDone(done, most);
    for (const part of parts) expect(part.strings.length).toBeLessThanOrEqual(most);
    const isLarge = snapshot.strings.length > most;
    expect(parts.length > 0).toBe(isLarge);
    if (isLarge) expect(rest.snapshot.strings).toEqual([]);
    const strings = isLarge ? structuredClone(parts).flatMap(part => part.strings) : null;
    const joined = joinDone(strings, structuredClone(rest));
    expect(joined).toEqual(done);
    // Both are searched as one.
    if (joined.tree) expect(joined.tree.columns.strings).toBe(joined.snapshot.strings);
  });
});

test('every buffer of the columns is handed over, each once', () => {
  const [, done] = ends[1]!;
  const {rest} = splitDone(structuredClone(done));
  const buffers = listBuffers(rest);
  expect(new Set(buffers).size).toBe(buffers.length);
  expect(structuredClone(rest, {transfer: buffers})).toEqual(done);
  expect(buffers.every(buffer => buffer.detached)).toBe(true);
});
