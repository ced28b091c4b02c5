import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {chainSnapshot, fanSnapshot} from '../../helpers/large-trees.js';
import {runTreeQuery} from '../../helpers/run-query.js';

beforeAll(loadRegexEngine);

// What recursed over the data, or took the square of its size, would not end here.
const SIZE = 300_000;
const chain = chainSnapshot(SIZE);
const fan = fanSnapshot(SIZE);

const STEPS = [
  ...['through:fn:9', 'drop:fn:=f299999', 'thread:0x1', 'root:fn:=f7', 'zoom:f0@app.py:1', 'merge:fn:9'],
  ...['collapse:fn:=f299990', 'recursion', 'package:app.py', 'hide:imports', 'through:re:9.*9'],
];
const SHAPES = ['tree', 'inverted', 'flat', 'callers:fn:=f150000', 'callees:fn:=f0'];

describe.each([
  ['a stack 300,000 deep', chain],
  ['300,000 siblings', fan],
])('%s', (_, snapshot) => {
  it.each(STEPS)('goes through %s', step => {
    const {kept, tree} = runTreeQuery(snapshot, `${step} all`);
    expect(tree.getNode(0)).toMatchObject({bytes: kept.bytes, allocations: kept.allocations});
  });

  it.each(SHAPES)('is shown as %s', shape => {
    const {kept, tree} = runTreeQuery(snapshot, `${shape} all`);
    expect(kept.locations).toBeGreaterThan(0);
    expect(tree.getNode(0)).toMatchObject({bytes: kept.bytes, threads: ['0x1']});
  });

  it.each(['function', 'package'])('is shown by %s in each shape', by => {
    for (const shape of ['tree', 'inverted', 'flat']) {
      expect(runTreeQuery(snapshot, `by:${by} ${shape} all`).tree.bytes[0]).toBe(
        snapshot.locations.bytes.reduce((sum, bytes) => sum + bytes, 0),
      );
    }
  });

  it.each(['mean', 'name'])('is sorted by %s', sort => {
    const {tree} = runTreeQuery(snapshot, `sort:${sort} reverse all`);
    expect(tree.length).toBe(SIZE + 1);
  });
});

describe('a stack 300,000 deep', () => {
  it('is zoomed into at its end, by a path that is written and read', () => {
    const path = Array.from({length: SIZE}, (_, index) => ({function: `f${index}`, file: 'app.py', line: 1}));
    const query = {...parseQuery(''), steps: [{kind: 'zoom' as const, path}]};
    const read = parseQuery(formatQuery(query));
    expect(read).toEqual(query);
    expect(runTreeQuery(chain, formatQuery(query)).tree.length).toBe(2);
  });

  it('of one function is without its recursion two frames deep', () => {
    const same = {...chain, strings: [...chain.strings.slice(0, -1).fill('f'), 'app.py']};
    const shared = {...same, frames: {...same.frames, function: new Int32Array(SIZE)}};
    const {tree} = runTreeQuery(shared, 'recursion');
    expect(Math.max(...tree.depth)).toBe(2);
  });
});

describe('many stacks', () => {
  // None of them share an innermost frame, so the inverted tree is as large as they are long together.
  it('that end all along a deep one are turned', () => {
    const deep = chainSnapshot(20_000);
    const {locations} = deep;
    const count = 200;
    const snapshot = {
      ...deep,
      locations: {
        ...locations,
        length: count,
        bytes: new Float64Array(count).fill(1),
        allocations: new Float64Array(count).fill(1),
        thread: new Int32Array(count),
        stack: Int32Array.from({length: count}, (_, index) => 19_999 - index),
      },
    };
    const {tree} = runTreeQuery(snapshot, 'inverted');
    expect(tree.getChildren(0)).toHaveLength(count);
    expect(tree.bytes[0]).toBe(count);
  });
});
