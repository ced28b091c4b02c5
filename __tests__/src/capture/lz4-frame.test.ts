import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {writeHeader} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {type FrameOptions, wrapBlocks, writeLiterals, writeLz4} from '../../helpers/lz4-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

const raw = readFileSync(`${fixturesDirectory}/killed-buffered.bin`);
const expected = parseSnapshot(raw);
const withLz4 = {...expected, capture: {...expected.capture, compression: 'lz4'}};

const forms: readonly (readonly [string, FrameOptions])[] = [
  ['stored blocks', {}],
  ['literals', {asLiterals: true}],
  ['tiny blocks', {blockBytes: 100, asLiterals: true}],
  ['independent blocks', {isIndependent: true, blockBytes: 5000, asLiterals: true}],
  ['block checksums', {hasBlockChecksums: true, blockBytes: 999}],
  ['content checksum', {hasContentChecksum: true, blockBytes: 1001}],
  ['content size', {hasContentSize: true}],
  [
    'all of them, blocks of 4 MiB',
    {
      hasBlockChecksums: true,
      hasContentChecksum: true,
      hasContentSize: true,
      sizeCode: 7,
      blockBytes: 2 ** 22,
      asLiterals: true,
    },
  ],
];

describe.each(forms)('%s', (_, options) => {
  test.each([[[1e9]], [[1]], [[4096]]])('in pieces of %j', sizes => {
    expect(parseSnapshot(writeLz4(raw, options), {}, sizes)).toEqual(withLz4);
  });
});

const skippable = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9];

test('skippable frames and several frames in a row', () => {
  const bytes = Buffer.concat([
    Uint8Array.from(skippable),
    writeLz4(raw.subarray(0, 5000)),
    Uint8Array.from(skippable),
    writeLz4(raw.subarray(5000)),
  ]);
  expect(parseSnapshot(bytes)).toEqual(withLz4);
});

test('garbage after a complete frame is ignored', () => {
  expect(parseSnapshot(Buffer.concat([writeLz4(raw), Buffer.from('garbage')]))).toEqual(withLz4);
});

describe('matches', () => {
  /** A header whose command line has the repeated text, written with matches. */
  const header = (commandLine: string): Uint8Array => writeHeader({commandLine});
  const literalsAndMatch = (literals: Uint8Array, distance: number, length: number): number[] => {
    const whole = [...writeLiterals(literals)];
    const extra = length - 4 - 15;
    whole[0]! |= Math.min(15, length - 4);
    whole.push(distance & 255, distance >> 8);
    if (extra >= 0) whole.push(...Array.from({length: Math.floor(extra / 255)}, () => 255), extra % 255);
    return whole;
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17])('a period of %i bytes', period => {
    const pattern = 'abcdefghijklmnopqrstuvwxyz'.slice(0, period);
    for (const length of [4, 5, 11, 18, 19, 20, 50, 273, 274, 275, 1000]) {
      const commandLine = (pattern + pattern.repeat(Math.ceil(length / period))).slice(0, period + length);
      const content = header(commandLine);
      // Magic, version, flags, counts and times stand before the command line.
      const start = 7 + 4 + 4 + 1 + 1 + 32;
      const block = [
        ...literalsAndMatch(content.subarray(0, start + period), period, length),
        ...writeLiterals(content.subarray(start + period + length)),
      ];
      const bytes = wrapBlocks([{bytes: Uint8Array.from(block), isStored: false}], content, {
        hasContentChecksum: true,
      });
      const {capture} = parseSnapshot(bytes);
      expect(capture.commandLine).toBe(commandLine);
      expect(capture.damage).toBeNull();
    }
  });

  const first = {bytes: writeHeader(), isStored: true};
  const badMatch = (distance: number) => ({
    bytes: Uint8Array.from([0x10, 12, distance & 255, distance >> 8, 0x00]),
    isStored: false,
  });
  test('may reach into the block before, if blocks are linked', () => {
    const reach = first.bytes.length + 1;
    const linked = wrapBlocks([first, badMatch(reach)], first.bytes);
    const beyond = wrapBlocks([first, badMatch(reach + 1)], first.bytes);
    const independent = wrapBlocks([first, badMatch(reach)], first.bytes, {isIndependent: true});
    // The decoded bytes are a context switch to nowhere and garbage; the frame is what matters here.
    expect(parseSnapshot(linked).capture.damage?.code).not.toBe('lz4');
    expect(parseSnapshot(beyond).capture.damage).toMatchObject({
      code: 'lz4',
      message: 'An LZ4 block is damaged',
    });
    expect(parseSnapshot(independent).capture.damage).toMatchObject({code: 'lz4'});
  });

  test('a distance of 0 is damage', () => {
    expect(parseSnapshot(wrapBlocks([first, badMatch(0)], first.bytes)).capture.damage?.code).toBe('lz4');
  });
});

describe('what a frame says of itself is checked', () => {
  const flipLast = (bytes: Uint8Array, fromEnd: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[copy.length - fromEnd]! ^= 1;
    return copy;
  };
  test('block checksums', () => {
    const bytes = flipLast(writeLz4(raw, {hasBlockChecksums: true, blockBytes: 1000}), 5);
    const {capture} = parseSnapshot(bytes);
    expect(capture.damage).toMatchObject({code: 'lz4', message: 'An LZ4 block does not match its checksum'});
    expect(capture.allocationRecords).toBeGreaterThan(0);
  });
  test('the content checksum', () => {
    const {capture} = parseSnapshot(flipLast(writeLz4(raw, {hasContentChecksum: true}), 1));
    expect(capture.damage?.message).toBe('The decompressed data does not match its checksum');
    expect(capture.peakBytes).toBe(expected.capture.peakBytes);
  });
  test('the content size', () => {
    const blocks = [{bytes: Uint8Array.from(raw), isStored: true}];
    const bytes = wrapBlocks(blocks, raw.subarray(1), {hasContentSize: true});
    expect(parseSnapshot(bytes).capture.damage?.code).toBe('lz4');
  });
  test('the size of a block', () => {
    const bytes = wrapBlocks([{bytes: new Uint8Array(65537), isStored: true}], raw);
    expect(() => parseSnapshot(bytes)).toThrow('An LZ4 block is larger than its frame allows');
  });
  test('a block that grows beyond its frame’s limit', () => {
    // 1 literal, then a match of 1,000,000 bytes.
    const extra = Array.from({length: Math.floor((1e6 - 19) / 255)}, () => 255);
    const bomb = {bytes: Uint8Array.from([0x1f, 0, 1, 0, ...extra, 0, 0]), isStored: false};
    const {capture} = parseSnapshot(wrapBlocks([{bytes: writeHeader(), isStored: true}, bomb], raw));
    expect(capture.damage?.code).toBe('lz4');
  });
  test('a missing end mark is a cut', () => {
    const bytes = writeLz4(raw, {hasEndMark: false});
    expect(parseSnapshot(bytes).capture.damage).toMatchObject({code: 'cut', byteOffset: bytes.length});
  });
});

describe('damage inside a block', () => {
  const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
  const start = writeHeader().length + 200;
  const spans = Array.from(
    {length: 60},
    (_, index) => start + Math.floor((index * (nested.length - start - 40)) / 60),
  );

  test('is where it is found, or before', () => {
    const found = spans.flatMap(offset => {
      const bytes = Uint8Array.from(nested).fill(0, offset, offset + 40);
      const changed = bytes.findIndex((byte, index) => byte !== nested[index]);
      const {damage} = parseSnapshot(bytes).capture;
      return damage === null ? [] : [{...damage, changed}];
    });
    const inFile = found.filter(({code}) => code === 'lz4');
    expect(inFile.length).toBeGreaterThan(5);
    for (const {byteOffset, isUpperBound, isUnpacked, changed} of inFile) {
      expect(byteOffset).toBeGreaterThan(changed);
      expect({isUpperBound, isUnpacked}).toEqual({isUpperBound: true, isUnpacked: undefined});
    }
    const inRecords = found.filter(({code}) => code.startsWith('bad-'));
    expect(inRecords.length).toBeGreaterThan(0);
    for (const damage of inRecords) expect(damage).toMatchObject({isUpperBound: true, isUnpacked: true});
  });
});
