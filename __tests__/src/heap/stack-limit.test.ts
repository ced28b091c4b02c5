import {describe, expect, test, vi} from 'vitest';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {getMaxStackNodes, OutermostNodes} from '../../../src/heap/stack-limit.js';
import {aggregatedRecords as write, writeAggregated} from '../../helpers/aggregated-writer.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

/** Few nodes, so that captures of some hundred records reach the limit. */
let maxNodes = Infinity;

vi.mock('../../../src/heap/stack-limit.js', async importOriginal => {
  const original = await importOriginal<typeof import('../../../src/heap/stack-limit.js')>();
  return {
    ...original,
    getMaxStackNodes: (locations: number) => Math.min(maxNodes, original.getMaxStackNodes(locations)),
  };
});

function withLimit<T>(nodes: number, run: () => T): T {
  maxNodes = nodes;
  try {
    return run();
  } finally {
    maxNodes = Infinity;
  }
}

/** For each location how many frames its stack has, and its bytes. */
const listDepths = ({locations, stacks}: Snapshot): (readonly [number, number])[] =>
  Array.from({length: locations.length}, (_, location) => {
    let depth = 0;
    for (let node = locations.stack[location]!; node >= 0; node = stacks.prefix[node]!) depth++;
    return [depth, locations.bytes[location]!];
  });

const note = (stacks: string): string =>
  `The stacks are too deep to be kept whole in memory: ${stacks} innermost frames.`;

const push = (count: number, code = 1): CaptureRecord[] =>
  Array.from({length: count}, () => ({type: 'push', code}));

// Two stacks that share their 100 outermost frames, and one that is all in them.
const streaming = writeCapture([
  {type: 'thread', id: 1},
  {type: 'code', id: 1, function: 'f', file: 'f.py'},
  {type: 'code', id: 2, function: 'g', file: 'f.py'},
  ...push(100),
  {type: 'allocate', address: 8, size: 10},
  ...push(50),
  {type: 'allocate', address: 16, size: 1000},
  ...Array.from({length: 5}, (): CaptureRecord => ({type: 'pop', count: 10})),
  ...push(60, 2),
  {type: 'allocate', address: 24, size: 100},
  {type: 'trailer'},
]);

const aggregated = writeAggregated([
  write.code(1, 'f'),
  write.frame(1, 1),
  ...Array.from({length: 150}, (_, i) => write.trace(1, i)),
  ...Array.from({length: 60}, (_, i) => write.trace(1, i === 0 ? 100 : 150 + i)),
  write.use({trace: 100, peak: [1, 10]}),
  write.use({trace: 150, peak: [1, 1000]}),
  write.use({trace: 210, peak: [1, 100]}),
  write.bytes(0x0f),
]);

describe.each([
  ['streaming', streaming],
  ['aggregated', aggregated],
])('%s', (_, bytes) => {
  test('stacks that are too deep lose their innermost frames, the smallest locations first', () => {
    const whole = parseSnapshot(bytes);
    expect(listDepths(whole)).toEqual([
      [150, 1000],
      [160, 100],
      [100, 10],
    ]);
    const cut = withLimit(170, () => parseSnapshot(bytes));
    expect(cut.stacks.length).toBe(170);
    expect(listDepths(cut)).toEqual([
      [150, 1000],
      [120, 100],
      [100, 10],
    ]);
    expect(cut.capture.notes).toEqual([...whole.capture.notes, note('1 stack lacks its')]);
    const short = withLimit(90, () => parseSnapshot(bytes));
    expect(listDepths(short).map(([depth]) => depth)).toEqual([90, 90, 90]);
    expect(short.capture.notes.at(-1)).toBe(note('3 stacks lack their'));
    expect(listDepths(withLimit(0, () => parseSnapshot(bytes))).map(([depth]) => depth)).toEqual([0, 0, 0]);
  });

  test('a limit that is just enough cuts nothing, and a cut is forgotten by the next snapshot', () => {
    const whole = parseSnapshot(bytes);
    expect(withLimit(210, () => parseSnapshot(bytes))).toEqual(whole);
    const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 200});
    parser.push(bytes);
    parser.end();
    expect(withLimit(20, () => parser.getSnapshot()).stacks.length).toBe(20);
    expect(parser.getSnapshot()).toEqual(whole);
  });
});

test('native stacks are cut in the same way', () => {
  const bytes = writeCapture(
    [
      {type: 'thread', id: 1},
      {type: 'code', id: 1, function: 'f', file: 'f.py'},
      ...push(1),
      ...Array.from({length: 200}, (_, i): CaptureRecord => ({type: 'native', ip: 4096 + i, parent: i})),
      {type: 'allocate', address: 8, size: 10, native: 200},
      {type: 'trailer'},
    ],
    {nativeTraces: true},
  );
  const read = () => {
    const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 200});
    parser.push(bytes);
    parser.end();
    return parser.getUnmergedSnapshot();
  };
  expect(read().native.traces.length).toBe(200);
  const cut = withLimit(50, read);
  expect(Array.from(cut.native.traces.ip, Number)).toEqual(Array.from({length: 50}, (_, i) => 4096 + i));
  expect(cut.capture.notes).toContain(note('1 stack lacks its'));
});

test('more locations may have more nodes', () => {
  expect(getMaxStackNodes(0)).toBe(2 ** 21);
  expect(getMaxStackNodes(1_000_000)).toBeGreaterThan(2 ** 21 + 1_000_000);
});

test('the outermost nodes of a stack are kept, without keeping all of it on the way', () => {
  const nodes = new OutermostNodes(3);
  for (let node = 10_000; node > 0; node--) nodes.add(node);
  expect(nodes.list()).toEqual([1, 2, 3]);
  expect(nodes.isCut).toBe(true);
  const few = new OutermostNodes(3);
  for (const node of [9, 8, 7]) few.add(node);
  expect(few.list()).toEqual([7, 8, 9]);
  expect(few.isCut).toBe(false);
});
