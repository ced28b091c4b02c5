import {describe, expect, test} from 'vitest';
import {aggregatedRecords10 as aggregated, writeAggregated} from '../../helpers/aggregated-writer.js';
import {
  allocators,
  type CaptureRecord,
  type WrittenHeader,
  writeCapture,
} from '../../helpers/capture-writer.js';
import {listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {parseSnapshot, readSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';
import {after, bytesOf, sound} from '../../helpers/sound-records.js';

const read = (records: readonly CaptureRecord[], header: WrittenHeader) =>
  parseSnapshot(writeCapture(records, header));
const zeros = (count: number): number[] => Array.from({length: count}, () => 0);
const endless = Array.from({length: 11}, () => 0xff);

interface GoldenMetadata {
  readonly metadata: Readonly<Record<string, unknown>>;
}

const captures = listCaptures().filter(({name}) => name.startsWith('old-versions/'));

test.each(captures)('$name: its facts are those that its memray reported', capture => {
  const {metadata} = readGoldenOf(capture, 'tree') as GoldenMetadata;
  expect(readSnapshot(capture.path).capture).toMatchObject({
    headerVersion: Number(/v(\d\d)-/.exec(capture.name)![1]),
    allocationRecords: metadata.total_allocations,
    peakBytes: metadata.peak_memory,
    commandLine: metadata.command_line,
    pid: metadata.pid,
    pythonAllocator: metadata.python_allocator,
    startTimeMs: metadata.start_time_ms,
    endTimeMs: metadata.end_time_ms,
    nativeTraces: metadata.has_native_traces,
    finished: true,
    damage: null,
  });
});

describe.each([6, 7, 8, 9, 10, 11])('version %i', version => {
  test('has the fields of its header', () => {
    const {capture} = read([], {version, mainThread: 3, pythonAllocator: 2, nativeTraces: true});
    expect(capture).toMatchObject({
      headerVersion: version,
      fileFormat: 'all-allocations',
      nativeTraces: true,
      pythonVersion: null,
      commandLine: 'app.py',
      pid: 42,
      mainThreadId: version < 9 ? null : '0x3',
      pythonAllocator: 'pymalloc debug',
      sysPath: [],
    });
  });

  test('hides the frames of the tracker, which are not there before version 9', () => {
    const header = {version, mainThread: 1, skippedFrames: 1};
    const records: CaptureRecord[] = [...sound, {type: 'push', code: 7}, ...after];
    const depths = toPlainLocations(read(records, header)).map(({stack}) => stack.length);
    expect(depths).toEqual(version < 9 ? [2, 1] : [1, 0]);
  });

  test('keeps lines, names of threads and the stacks of each thread', () => {
    const records: CaptureRecord[] = [
      ...sound,
      {type: 'thread', id: 2},
      {type: 'name', name: 'worker'},
      {type: 'code', id: 8, function: 'b', file: 'b.py', firstLine: 2},
      {type: 'push', code: 8},
      {type: 'push', code: 7},
      {type: 'allocate', address: 0x3000, size: 50},
    ];
    expect(toPlainLocations(read(records, {version}))).toEqual([
      {thread: '0x1', bytes: 300, allocations: 2, stack: [['a', 'app.py', 3]]},
      {
        thread: '0x2 (worker)',
        bytes: 50,
        allocations: 1,
        stack: [
          ['a', 'app.py', 3],
          ['b', 'b.py', 2],
        ],
      },
    ]);
  });

  test('distinguishes native stacks, version 6 excepted, as its memray did', () => {
    const native: CaptureRecord[] = [
      {type: 'native', ip: 0x10, parent: 0},
      {type: 'native', ip: 0x20, parent: 1},
      {type: 'allocate', address: 0x4000, size: 5, native: 1},
      {type: 'allocate', address: 0x5000, size: 4, native: 2},
      {type: 'allocate', address: 0x6000, size: 4096, native: 2, allocator: allocators.mmap},
      {type: 'allocate', address: 0x6000, size: 4096, native: 2, allocator: allocators.munmap},
      {type: 'free', address: 0x5000},
    ];
    const {capture, locations} = read([...sound, ...native], {version, nativeTraces: true});
    expect(capture).toMatchObject({damage: null, peakBytes: 300 + 9 + 4096});
    expect([...locations.bytes]).toEqual(version === 6 ? [300 + 9 + 4096] : [4100, 300, 5]);
  });

  test('reads images and their segments', () => {
    const image: CaptureRecord[] = [
      {type: 'maps'},
      {
        type: 'image',
        path: '/lib/x.so',
        address: 4096,
        segments: [
          [0, 100],
          [4096, 200],
        ],
      },
    ];
    const records = [...sound, ...image, ...after];
    expect(read(records, {version, nativeTraces: true}).capture).toMatchObject({
      damage: null,
      peakBytes: 1300,
    });
  });

  test('is whole with a trailer, or before version 8 with as many records as its header says', () => {
    const finished = (header: WrittenHeader, end: CaptureRecord[] = []): boolean =>
      read([...sound, ...end], {version, ...header}).capture.finished;
    expect(finished({}, [{type: 'trailer'}])).toBe(version >= 8);
    expect(finished({allocationRecords: 2})).toBe(version < 8);
    expect(finished({allocationRecords: 3})).toBe(false);
    expect(finished({})).toBe(false);
  });

  test('may have unused room at its end', () => {
    const {capture} = read([...sound, bytesOf(...zeros(21))], {version, allocationRecords: 2});
    expect(capture).toMatchObject({damage: null, peakBytes: 300, finished: version < 8});
  });
});

describe('ends the load, and what came before is shown', () => {
  const struct = (tag: number, bytes: number): number[] => [tag, 0, 0, 0, ...zeros(bytes)];
  test.each<[number, string, CaptureRecord, string]>([
    [6, 'tag 11', bytesOf(...struct(11, 40)), 'bad-tag'],
    [6, 'tag 1 with a high byte', bytesOf(1, 0, 0, 1, ...zeros(40)), 'bad-tag'],
    [6, 'a segment without its header', bytesOf(...struct(7, 16)), 'bad-tag'],
    [6, 'another record than a segment', bytesOf(...struct(6, 0), 65, 0, 1, ...zeros(15)), 'bad-tag'],
    [6, 'allocator 0', bytesOf(...struct(1, 40)), 'bad-value'],
    [6, 'allocator 11', bytesOf(...struct(1, 24), 11, ...zeros(15)), 'bad-value'],
    [6, 'a size of 2^64 − 1', {type: 'allocate', address: 8, size: 2n ** 64n - 1n}, 'bad-value'],
    [6, 'a frame twice', sound[1]!, 'bad-value'],
    [7, 'the trailer of version 8', bytesOf(0x10), 'bad-tag'],
    [8, 'zeros with something after them', bytesOf(0, 0, 0), 'bad-tag'],
    [8, 'type 0 with flags', bytesOf(0x20), 'bad-tag'],
    [11, 'type 13', bytesOf(13), 'bad-tag'],
    [11, 'type 14', bytesOf(14), 'bad-tag'],
    [11, 'type 15', bytesOf(15), 'bad-tag'],
    [11, 'a segment without its header', bytesOf(8, ...zeros(8), 1), 'bad-tag'],
    [11, 'another record than a segment', bytesOf(7, 0, 1, ...zeros(8), 4, 2), 'bad-tag'],
    [11, 'allocator 0', bytesOf(0x01, 2, 3), 'bad-value'],
    [11, 'allocator 0 with a native stack', bytesOf(0x02, 2, 3, 0), 'bad-value'],
    [11, 'an endless address', bytesOf(0x11, ...endless), 'bad-value'],
    [11, 'an endless size', bytesOf(0x11, 2, ...endless), 'bad-value'],
    [11, 'an endless native stack', bytesOf(0x12, 2, 2, ...endless), 'bad-value'],
    [11, 'an endless frame', bytesOf(4, ...endless), 'bad-value'],
    [11, 'an endless frame number', bytesOf(3, ...endless), 'bad-value'],
    [11, 'an endless line', bytesOf(3, 6, 0, 0, ...endless), 'bad-value'],
    [11, 'an endless memory record', bytesOf(11, ...endless), 'bad-value'],
    [11, 'an endless native caller', bytesOf(5, 0, ...endless), 'bad-value'],
    [11, 'an endless segment', bytesOf(7, 0, 1, ...zeros(8), 8, ...zeros(8), ...endless), 'bad-value'],
    [11, 'a size of 2^53 + 1', {type: 'allocate', address: 8, size: 2n ** 53n + 1n}, 'bad-value'],
    [11, 'a frame twice', sound[1]!, 'bad-value'],
  ])('version %i: %s', (version, _, damaged, code) => {
    const {capture, locations} = read([...sound, damaged, ...after], {version});
    expect(capture.damage).toMatchObject({code});
    expect(capture.damage!.byteOffset).toBeGreaterThanOrEqual(writeCapture(sound, {version}).length);
    expect(capture).toMatchObject({finished: false, peakBytes: 300});
    expect([...locations.bytes]).toEqual([300]);
  });
});

describe.each([6, 7, 11])('version %i: is noted, and reading goes on', version => {
  test.each<[string, CaptureRecord]>([
    ['a pop of nothing', {type: 'pop', count: 16}],
    ['a frame that is not there', {type: 'push', code: 99}],
    ['a native caller that is not there', {type: 'native', ip: 1, parent: 3}],
  ])('%s', (_, damaged) => {
    const {capture} = read([...sound, damaged, ...after], {version});
    expect(capture.damage).toMatchObject({
      code: 'bad-reference',
      byteOffset: writeCapture(sound, {version}).length,
    });
    expect(capture.peakBytes).toBe(1300);
  });
});

test('a native stack that is not there is noted', () => {
  const damaged: CaptureRecord = {type: 'allocate', address: 8, size: 0, native: 5};
  const {capture} = read([...sound, damaged, ...after], {version: 7, nativeTraces: true});
  expect(capture.damage).toMatchObject({code: 'bad-reference'});
  expect(capture.peakBytes).toBe(1300);
});

test('a free with a native stack and a size is a free', () => {
  // Types as in version 11: free (2) of 0x2000, which is the newest address.
  const {capture, locations} = parseSnapshot(
    writeCapture([...sound, bytesOf(0x22, 0, 50, 0), ...after], {version: 11}),
    {view: {kind: 'leaks'}},
  );
  expect(capture).toMatchObject({damage: null, allocationRecords: 4});
  expect([...locations.bytes]).toEqual([1100]);
});

test('version 7 may have zeros between its records, and thread 0 before any other', () => {
  const records: CaptureRecord[] = [...sound.slice(1), bytesOf(0, 0, 0), ...after];
  const locations = toPlainLocations(read(records, {version: 7}));
  expect(locations).toEqual([{thread: '0x0', bytes: 1300, allocations: 3, stack: [['a', 'app.py', 3]]}]);
});

test('a frame that returns to Python code of the same run is the same frame to the tree', () => {
  const records = sound.map(record =>
    record.type === 'code' ? {...record, isInterpreterEntry: false} : record,
  );
  expect(toPlainLocations(read(records, {version: 9}))[0]!.stack).toEqual([['a', 'app.py', 3]]);
});

describe('aggregated, versions 10 and 11', () => {
  const trailer = aggregated.bytes(15);
  const use = aggregated.use({trace: 2, peak: [2, 300], leaked: [1, 100]});

  test.each([10, 11])('version %i: frames have numbers of any size in any order', version => {
    const records = [
      use,
      aggregated.trace(2n ** 63n, 0),
      aggregated.trace(5, 1),
      aggregated.frame(5, 'g', 9),
      aggregated.frame(2n ** 63n, 'f', 7),
      trailer,
    ];
    const snapshot = parseSnapshot(writeAggregated(records, {version}));
    expect(snapshot.capture).toMatchObject({
      headerVersion: version,
      fileFormat: 'aggregated',
      finished: true,
      damage: null,
    });
    const stack = [
      ['g', 'app.py', 9],
      ['f', 'app.py', 7],
    ];
    expect(toPlainLocations(snapshot)).toEqual([{thread: '0x1', bytes: 300, allocations: 2, stack}]);
  });

  test.each<[string, ReturnType<typeof aggregated.bytes>, string]>([
    ['a code object', aggregated.code(1, 'f'), 'bad-tag'],
    ['a surviving object', aggregated.bytes(13, 1), 'bad-tag'],
    ['a free', aggregated.use({allocator: 2, peak: [1, 1]}), 'bad-value'],
    ['munmap', aggregated.use({allocator: 11, peak: [1, 1]}), 'bad-value'],
    ['a free of Python', aggregated.use({allocator: 15, peak: [1, 1]}), 'bad-value'],
    ['allocator 0', aggregated.use({allocator: 0, peak: [1, 1]}), 'bad-value'],
    ['allocator 33', aggregated.use({allocator: 33, peak: [1, 1]}), 'bad-value'],
  ])('%s is damage', (_, damaged, code) => {
    const {capture} = parseSnapshot(
      writeAggregated([aggregated.use({peak: [1, 9]}), damaged], {version: 11}),
    );
    expect(capture).toMatchObject({damage: {code}, peakBytes: 9});
  });

  test('a frame that is not defined is noted', () => {
    const records = [aggregated.trace(5, 0), aggregated.use({trace: 1, peak: [1, 9]}), trailer];
    const snapshot = parseSnapshot(writeAggregated(records, {version: 11}));
    expect(snapshot.capture.damage).toMatchObject({code: 'bad-reference'});
    expect(toPlainLocations(snapshot)[0]!.stack).toEqual([['??? (unknown)', '', 0]]);
  });
});
