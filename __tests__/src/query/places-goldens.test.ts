import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {fixturesDirectory, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {parseWithBlocks} from '../../helpers/read-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';

// A replay of the records up to the peak (fixtures/captures/make_places.py).

const captures = listCaptures(fixturesDirectory).filter(capture => capture.goldens.includes('places'));

it('there are goldens', () => {
  expect(captures.map(capture => capture.name)).toEqual([
    'allocators',
    'imports',
    'mmaps',
    'nested',
    'threads',
  ]);
});

describe.each(captures)('$name', capture => {
  it('has the places of a replay of its records', () => {
    const snapshot = parseWithBlocks(readFileSync(capture.path), {biggestAllocs: Infinity});
    // Of native captures the replay knows the Python frames.
    const {tree} = runTreeQuery(snapshot, 'native:merge places');
    const rows = tree.getChildren(0).map(row => {
      const {allocator, function: name, file, line, bytes, allocations} = tree.getNode(row);
      return [allocator, name, file, line, bytes, allocations];
    });
    const sort = (list: readonly unknown[]) => list.map(row => JSON.stringify(row)).sort();
    expect(sort(rows)).toEqual(sort(readGoldenOf(capture, 'places') as unknown[]));
  });
});
