import {describe, expect, test} from 'vitest';
import type {UnmergedSnapshot} from '../../../src/heap/native-traces.js';
import {aggregatedRecords as records, writeAggregated} from '../../helpers/aggregated-writer.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {listStacks, parseUnmerged} from '../../helpers/native-captures.js';

const header = {nativeTraces: true, mainThread: 1, skippedFrames: 1};

/**
 * For each location its addresses from the innermost outwards, the images of its generation, and what is
 * hidden.
 */
function describeNative({native, locations}: UnmergedSnapshot) {
  const {traces, tables, trace, generation, skippedFrames} = native;
  return Array.from({length: locations.length}, (_, location) => {
    const ips: string[] = [];
    for (let row = trace[location]!; row >= 0; row = traces.prefix[row]!)
      ips.push(traces.ip[row]!.toString(16));
    const list = tables.generationLists[generation[location]! - 1] ?? -1;
    const images = [...tables.listImages.subarray(tables.listStarts[list], tables.listStarts[list + 1])].map(
      image => {
        const [from, to] = [tables.segmentStarts[image]!, tables.segmentStarts[image + 1]!];
        const segments = [...tables.virtualAddresses.subarray(from, to)].map(
          (address, i) => `${address}+${tables.memorySizes[from + i]}`,
        );
        return `${tables.paths[image]}@${tables.loadAddresses[image]} ${segments.join(' ')}`.trim();
      },
    );
    return {ips: ips.join(' '), images: list < 0 ? null : images, skippedFrames: skippedFrames[location]};
  });
}

const code = (id: number, name: string): CaptureRecord => ({type: 'code', id, function: name, file: 'a.py'});
const streaming: readonly CaptureRecord[] = [
  code(1, 'run'),
  code(2, 'f'),
  {type: 'thread', id: 1},
  {type: 'push', code: 1, isInterpreterEntry: true},
  {type: 'push', code: 2, isInterpreterEntry: false},
  {type: 'native', ip: 0x1000, parent: 0},
  {type: 'allocate', address: 8, size: 400, native: 1},
  {type: 'maps'},
  {
    type: 'image',
    path: '/bin/python3',
    address: 4096,
    segments: [
      [0, 16],
      [64, 32],
    ],
  },
  {type: 'image', path: '/lib/ünï.so', address: 1 << 20, segments: [[0, 8]]},
  {type: 'native', ip: 0x7fff_ffff_ffff_fff0n, parent: 1},
  {type: 'native', ip: 0x2000, parent: 2},
  {type: 'allocate', address: 16, size: 300, native: 3},
  {type: 'maps'},
  {
    type: 'image',
    path: '/bin/python3',
    address: 4096,
    segments: [
      [0, 16],
      [64, 32],
    ],
  },
  {type: 'image', path: '/lib/none.so', address: 0, segments: []},
  // The location's first allocation counts, so its generation stays the first one.
  {type: 'allocate', address: 24, size: 1, native: 3},
  {type: 'allocate', address: 32, size: 100, native: 2},
  {type: 'allocate', address: 40, size: 50, native: 0},
  {type: 'trailer'},
];
const expected = [
  {ips: '1000', images: null, skippedFrames: 1},
  {
    ips: '2000 7ffffffffffffff0 1000',
    images: ['/bin/python3@4096 0+16 64+32', '/lib/ünï.so@1048576 0+8'],
    skippedFrames: 1,
  },
  {
    ips: '7ffffffffffffff0 1000',
    images: ['/bin/python3@4096 0+16 64+32', '/lib/none.so@0'],
    skippedFrames: 1,
  },
  {ips: '', images: ['/bin/python3@4096 0+16 64+32', '/lib/none.so@0'], skippedFrames: 1},
];

describe('of a streaming capture', () => {
  const bytes = writeCapture(streaming, header);

  test.each([bytes.length, 1, 7])('pushed in pieces of %i bytes', pieceBytes => {
    const unmerged = parseUnmerged(bytes, pieceBytes);
    expect(describeNative(unmerged)).toEqual(expected);
    // Whole stacks, the tracker's frames included.
    expect(listStacks(unmerged)).toEqual(['run f', 'run f', 'run f', 'run f']);
    expect([...unmerged.native.isInterpreterEntry]).toEqual([1, 0]);
    expect(unmerged.capture.damage).toBeNull();
  });

  test('equal lists of images are kept once', () => {
    const again = [6, 7, 8].flatMap(i => [
      ...streaming.slice(13, 16),
      {...streaming[17]!, native: i} as CaptureRecord,
    ]);
    const {tables} = parseUnmerged(writeCapture([...streaming.slice(0, -1), ...again], header)).native;
    expect([...tables.generationLists]).toEqual([0, 1, 1, 1, 1]);
    expect(tables.paths).toEqual(['/bin/python3', '/lib/ünï.so', '/lib/none.so']);
  });

  test('cut at any byte, it keeps what was whole', () => {
    for (let end = bytes.length - 1; end > bytes.length - 220; end--) {
      const unmerged = parseUnmerged(bytes.subarray(0, end));
      const {traces, trace, generation, tables} = unmerged.native;
      expect(Math.max(-1, ...trace)).toBeLessThan(traces.length);
      expect(Math.max(0, ...generation)).toBeLessThanOrEqual(tables.generationLists.length);
    }
  });

  test('a caller that is not there ends the stack', () => {
    const list: CaptureRecord[] = [
      {type: 'thread', id: 1},
      {type: 'native', ip: 1, parent: 9},
      {type: 'native', ip: 2, parent: 1},
      {type: 'allocate', address: 8, size: 5, native: 2},
    ];
    const unmerged = parseUnmerged(writeCapture(list, header));
    expect(unmerged.capture.damage?.code).toBe('bad-reference');
    expect(describeNative(unmerged)[0]!.ips).toBe('2 1');
  });

  test('one that has no native traces has none here', () => {
    const list: CaptureRecord[] = [
      {type: 'thread', id: 1},
      {type: 'allocate', address: 8, size: 5},
    ];
    const {native} = parseUnmerged(writeCapture(list, {}));
    expect([...native.trace]).toEqual([-1]);
    expect(native.traces.length).toBe(0);
  });
});

test('of an aggregated capture', () => {
  const image = records.image('/bin/python3', 4096, [[0, 16]]);
  const list = [
    records.maps(),
    image,
    records.maps(),
    image,
    records.image('/lib/x.so', 1 << 20, [
      [0, 8],
      [32, 8],
    ]),
    records.code(1, 'run'),
    records.code(2, 'f'),
    records.native(0, 0x1000),
    records.native(1, 0x7fff_0000_0000),
    records.frame(0, 1),
    records.frame(1, 2, false),
    records.trace(0, 0),
    records.trace(1, 1),
    records.use({trace: 2, native: 2, generation: 2, peak: [1, 400]}),
    // The first record of a location counts.
    records.use({trace: 2, native: 2, generation: 1, peak: [1, 1]}),
    records.use({trace: 1, native: 1, generation: 1, peak: [1, 30]}),
    records.use({trace: 1, native: 0, generation: 9, peak: [1, 20]}),
    records.bytes(15),
  ];
  const unmerged = parseUnmerged(writeAggregated(list, header), 5);
  expect(describeNative(unmerged)).toEqual([
    {
      ips: '7fff00001000 1000',
      images: ['/bin/python3@4096 0+16', '/lib/x.so@1048576 0+8 32+8'],
      skippedFrames: 1,
    },
    {ips: '1000', images: ['/bin/python3@4096 0+16'], skippedFrames: 1},
    {ips: '', images: null, skippedFrames: 1},
  ]);
  expect(listStacks(unmerged)).toEqual(['run f', 'run', 'run']);
  expect([...unmerged.native.isInterpreterEntry]).toEqual([1, 0]);
});
