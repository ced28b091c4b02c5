import {describe, expect, test} from 'vitest';
import {
  allocators,
  type CaptureRecord,
  type WrittenHeader,
  writeCapture,
} from '../../helpers/capture-writer.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';
import {after, bytesOf, sound} from '../../helpers/sound-records.js';

const read = (records: readonly CaptureRecord[], header: WrittenHeader = {}) =>
  parseSnapshot(writeCapture(records, header));
const headerBytes = writeCapture([]).length;

describe('ends the load, and what came before is shown', () => {
  const eleven = Array.from({length: 11}, () => 0xff);
  /** One that ends, a byte too late. */
  const late = [...Array.from({length: 10}, () => 0x80), 1];
  test.each<[string, CaptureRecord, string]>([
    ['tag 3', bytesOf(3), 'bad-tag'],
    ['tag 4', bytesOf(4), 'bad-tag'],
    ['tag 9', bytesOf(9), 'bad-tag'],
    ['tag 11', bytesOf(11), 'bad-tag'],
    ['tag 13', bytesOf(13), 'bad-tag'],
    ['tag 15', bytesOf(15), 'bad-tag'],
    ['a segment without its header', bytesOf(8, 0, 0, 0, 0, 0, 0, 0, 0, 1), 'bad-tag'],
    ['zeros with something after them', bytesOf(0, 0, 0), 'bad-tag'],
    ['an endless pointer', bytesOf(0xfe, ...eleven), 'bad-value'],
    ['an endless size', bytesOf(0x86, ...eleven), 'bad-value'],
    ['an endless code id', bytesOf(0x41, ...eleven), 'bad-value'],
    ['an endless offset', bytesOf(0x41, 7, ...eleven), 'bad-value'],
    ['an endless memory record', bytesOf(2, ...eleven), 'bad-value'],
    ['an endless object pointer', bytesOf(0x3f, ...eleven), 'bad-value'],
    ['an endless line table length', bytesOf(14, 1, 0, 0, 0, ...eleven), 'bad-value'],
    ['a pointer of eleven bytes', bytesOf(0xfe, ...late, 9), 'bad-value'],
    ['a size of eleven bytes', bytesOf(0x86, ...late), 'bad-value'],
    ['a code id of eleven bytes', bytesOf(0x41, ...late, 0), 'bad-value'],
    ['a memory record of eleven bytes', bytesOf(2, ...late, 0), 'bad-value'],
    ['an object pointer of eleven bytes', bytesOf(0x3f, ...late), 'bad-value'],
    ['a line table length of eleven bytes', bytesOf(14, 1, 0, 0, 0, ...late), 'bad-value'],
    ['allocator 0', bytesOf(0x80, 0, 9), 'bad-value'],
    ['allocator 16', bytesOf(0x80, 16, 9), 'bad-value'],
    ['allocator 200', bytesOf(0x80, 200, 9), 'bad-value'],
    ['a size of 2^64 − 1', {type: 'allocate', address: 8, size: 2n ** 64n - 1n}, 'bad-value'],
    ['a size of 2^53 + 1', {type: 'allocate', address: 8, size: 2n ** 53n + 1n}, 'bad-value'],
    [
      'a mapping of 2^63 bytes',
      {type: 'allocate', address: 8, size: 2n ** 63n, allocator: allocators.mmap},
      'bad-value',
    ],
    ['a line table of 4 GiB', bytesOf(14, 1, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x10), 'too-large'],
    ['a line table of 2^64 − 1 bytes', bytesOf(14, 1, 0, 0, 0, ...eleven.slice(2), 1), 'too-large'],
    ['another record than the announced segments', bytesOf(7, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0x41), 'bad-tag'],
  ])('%s', (_, damaged, code) => {
    const {capture, ...snapshot} = read([...sound, damaged, ...after]);
    expect(capture.damage).toMatchObject({code});
    expect(capture.damage!.byteOffset).toBeGreaterThanOrEqual(writeCapture(sound).length);
    expect(capture.damage!.recordIndex).toBeGreaterThanOrEqual(sound.length);
    expect(capture.finished).toBe(false);
    expect(capture.peakBytes).toBe(300);
    expect(snapshot.locations.bytes).toEqual(Float64Array.of(300));
  });

  test('temporary allocations of more than 2^53 bytes, each counted as often as it is freed', () => {
    const free: CaptureRecord = {type: 'free', address: 8};
    const records: CaptureRecord[] = [
      {type: 'thread', id: 1},
      {type: 'allocate', address: 8, size: 2 ** 52},
      ...[free, free, free, free],
    ];
    const {capture, locations} = parseSnapshot(writeCapture(records), {
      view: {kind: 'temporary', threshold: 0},
    });
    expect(capture.damage).toMatchObject({code: 'bad-value', recordIndex: 4});
    expect(locations.bytes).toEqual(Float64Array.of(2 ** 53));
  });

  test('its position is exact', () => {
    const {damage} = read([...sound, bytesOf(3)]).capture;
    expect(damage).toMatchObject({byteOffset: writeCapture(sound).length, recordIndex: 5});
  });
});

describe('what is said to follow takes no memory before it is there', () => {
  /** An image with so many segments, of which one is there. */
  const image = (...count: number[]) =>
    bytesOf(
      7,
      0x61,
      0,
      ...count,
      ...Array.from({length: 8}, () => 0),
      8,
      ...Array.from({length: 8}, () => 1),
      5,
    );
  test.each<[string, CaptureRecord]>([
    ['2^40 segments', image(0x80, 0x80, 0x80, 0x80, 0x80, 0x20)],
    ['2^64 − 1 segments', image(...Array.from({length: 9}, () => 0xff), 1)],
  ])('%s', (_, record) => {
    const header = {nativeTraces: true};
    const {capture} = read([...sound, {type: 'maps'}, record], header);
    expect(capture.peakBytes).toBe(300);
    expect(read([...sound, {type: 'maps'}, record, ...after], header).capture).toMatchObject({
      peakBytes: 300,
      damage: {code: 'bad-tag'},
    });
  });
});

test('a native stack before any list of libraries has no names, and is no damage', () => {
  const records: CaptureRecord[] = [
    {type: 'native', ip: 0x7010, parent: 0},
    {type: 'allocate', address: 8, size: 5, native: 1},
    {type: 'trailer'},
  ];
  const {capture, locations} = read([...sound, ...records], {nativeTraces: true});
  expect(capture).toMatchObject({damage: null, peakBytes: 305});
  expect(locations.bytes.reduce((sum, bytes) => sum + bytes, 0)).toBe(305);
});

describe('is noted, and reading goes on', () => {
  test.each<[string, CaptureRecord[], WrittenHeader]>([
    ['a pop of nothing', [{type: 'pop', count: 16}], {}],
    ['a frame of unknown code', [{type: 'push', code: 99}], {}],
    [
      'a native stack that is not there',
      [{type: 'allocate', address: 8, size: 0, native: 5}],
      {nativeTraces: true},
    ],
    ['a native caller that is not there', [{type: 'native', ip: 1, parent: 3}], {nativeTraces: true}],
    ['a native circle', [{type: 'native', ip: 1, parent: 1}], {nativeTraces: true}],
  ])('%s', (_, damaged, header) => {
    const {capture} = read([...sound, ...damaged, ...after], header);
    expect(capture.damage).toMatchObject({
      code: 'bad-reference',
      byteOffset: writeCapture(sound, header).length,
      recordIndex: 5,
      message: 'A record refers to nothing',
    });
    expect(capture.finished).toBe(true);
    expect(capture.peakBytes).toBe(1300);
  });

  test.each<[string, CaptureRecord]>([
    ['a push', {type: 'push', code: 7}],
    ['a pop', {type: 'pop'}],
    ['an allocation', {type: 'allocate', address: 8, size: 0}],
    ['a free', {type: 'free', address: 8}],
  ])('%s before any thread', (_, damaged) => {
    const {capture} = read([sound[1]!, damaged, ...sound, ...after]);
    expect(capture.damage).toMatchObject({code: 'bad-reference', recordIndex: 1});
    expect(capture.peakBytes).toBe(1300);
  });

  test('many of them are counted; damage that ends the load is reported first', () => {
    const pops: CaptureRecord[] = [{type: 'pop', count: 9}, {type: 'pop'}, {type: 'pop'}];
    expect(read([...sound, ...pops]).capture.damage?.message).toBe('3 records refer to nothing');
    const {capture} = read([...sound, ...pops, bytesOf(3)]);
    expect(capture.damage?.code).toBe('bad-tag');
    expect(capture.notes).toContain('3 records refer to nothing.');
  });

  test('a frame of unknown code has a name that says so', () => {
    const snapshot = read([...sound, {type: 'push', code: 99}, ...after]);
    expect(toPlainLocations(snapshot)[0]?.stack).toEqual([
      ['??? (unknown)', '', 0],
      ['a', 'app.py', 0],
    ]);
  });
});

describe('is no damage', () => {
  test.each<[string, CaptureRecord[]]>([
    ['the end where a record is due', []],
    ['zeros to the end', [bytesOf(0, 0, 0, 0, 0, 0, 0)]],
    ['an allocation that ends in its address', [bytesOf(0xfe, 0x80, 0x80)]],
    ['an allocation without its size', [bytesOf(0xfe, 8)]],
    ['a context switch without its thread', [bytesOf(12, 1, 0)]],
    ['a code object that ends in its name', [bytesOf(14, 1, 65, 66)]],
    ['a code object that ends in its table', [bytesOf(14, 1, 65, 0, 66, 0, 2, 100, 1, 2, 3)]],
    ['a thread name without its end', [bytesOf(10, 65, 66)]],
  ])('without a trailer: %s', (_, end) => {
    const {capture} = read([...sound, ...end]);
    expect(capture).toMatchObject({finished: false, damage: null, peakBytes: 300});
  });

  test('anything after the trailer', () => {
    const {capture} = read([...sound, {type: 'trailer'}, bytesOf(3, 3, 3)]);
    expect(capture).toMatchObject({finished: true, damage: null});
  });

  test('a varint of nine bytes, and one with more bytes than it needs', () => {
    const nine = (first: number) => [first | 0x80, ...Array.from({length: 7}, () => 0x80), 1];
    const padded = [50 | 0x80, ...Array.from({length: 7}, () => 0x80), 0];
    const end: CaptureRecord = {type: 'trailer'};
    for (const record of [bytesOf(0xfe, ...nine(4), 50), bytesOf(0xfe, 4, ...padded)]) {
      const {capture} = read([...sound, record, end]);
      expect(capture).toMatchObject({finished: true, damage: null, peakBytes: 350});
    }
  });

  test('a varint of ten bytes, modulo 2^64', () => {
    // A pointer step of 2^64 + 2 is one of 2, in zig-zag.
    const far = Array.from({length: 9}, (_, i) => (i === 0 ? 0x84 : 0x80));
    const {capture} = read([...sound, bytesOf(0xfe, ...far, 0x7e, 50), {type: 'trailer'}]);
    expect(capture).toMatchObject({finished: true, damage: null, peakBytes: 350});
  });
});

describe('names', () => {
  const named = (name: string): string => {
    const records: CaptureRecord[] = [
      {type: 'thread', id: 1},
      {type: 'code', id: 1, function: name, file: 'x'},
    ];
    const snapshot = read([...records, {type: 'push', code: 1}, {type: 'allocate', address: 8, size: 1}]);
    return toPlainLocations(snapshot)[0]!.stack[0]![0];
  };
  test.each(['__proto__', 'constructor', 'toString', '', '123', '[/nope]', '\u001b]0;x\u0007', '名前🎉'])(
    '%j is kept as it is',
    name => expect(named(name)).toBe(name),
  );
  test('invalid UTF-8 becomes U+FFFD', () => {
    const records: CaptureRecord[] = [{type: 'thread', id: 1}, bytesOf(14, 1, 0xff, 65, 0, 66, 0, 2, 0)];
    const snapshot = read([...records, {type: 'push', code: 1}, {type: 'allocate', address: 8, size: 1}]);
    expect(toPlainLocations(snapshot)[0]!.stack[0]).toEqual(['\ufffdA', 'B', 0]);
  });
  test('of more than 64 KiB end in …', () => {
    expect(named('x'.repeat(65536))).toBe('x'.repeat(65536));
    expect(named('x'.repeat(65537))).toBe(`${'x'.repeat(65536)}…`);
    expect(named('x'.repeat(3_000_000))).toBe(`${'x'.repeat(65536)}…`);
    // Not in the middle of a character.
    expect(named(`x${'é'.repeat(40_000)}`)).toBe(`x${'é'.repeat(32767)}…`);
  });
  test('without an end use no more memory than they are allowed', () => {
    const endless = Buffer.concat([writeCapture([...sound, bytesOf(10)]), Buffer.alloc(20_000_000, 120)]);
    expect(parseSnapshot(endless).capture).toMatchObject({finished: false, peakBytes: 300});
  });
});

test('the header alone is a capture that has nothing yet', () => {
  const snapshot = parseSnapshot(writeCapture([]));
  expect(snapshot.locations.length).toBe(0);
  expect(snapshot.capture).toMatchObject({finished: false, damage: null});
  expect(headerBytes).toBeGreaterThan(0);
});

describe('plausibility is a note', () => {
  test.each<[string, CaptureRecord[], string]>([
    [
      'a clock that steps back',
      [
        {type: 'memory', rss: 10 ** 9, ms: 50},
        {type: 'memory', rss: 10 ** 9, ms: 40},
      ],
      'The clock stepped back during the recording.',
    ],
    ['a huge allocation', [{type: 'allocate', address: 8, size: 2 ** 48}], 'implausibly large'],
    ['frees of what was never seen', [{type: 'free', address: 8}], 'not allocated in this recording'],
    [
      'a heap beyond the resident memory',
      [
        {type: 'allocate', address: 8, size: 10 ** 6},
        {type: 'memory', rss: 1000, ms: 1},
      ],
      'far larger than the recorded resident memory',
    ],
  ])('%s', (_, records, note) => {
    const {capture} = read([...sound, ...records, {type: 'trailer'}]);
    expect(capture.damage).toBeNull();
    expect(capture.notes).toEqual([expect.stringContaining(note)]);
  });
});
