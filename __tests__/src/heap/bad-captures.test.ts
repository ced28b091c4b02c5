import {describe, expect, test} from 'vitest';
import {CaptureError} from '../../../src/capture/damage.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {readSnapshot} from '../../helpers/read-snapshot.js';

const pathOf = (name: string): string => `${fixturesDirectory}/bad/${name}.bin`;

/** What nothing of can be shown. */
const refused: readonly (readonly [string, string, RegExp])[] = [
  ['empty', 'empty', /^is empty; an --aggregate run writes its file only when it ends$/],
  ['header-cut', 'header-cut', /ends inside its header/],
  ['header-cut-1', 'header-cut', /ends inside its header/],
  ['magic-only', 'header-cut', /ends inside its header/],
  ['lz4-magic-only', 'header-cut', /ends inside its header/],
  ['lz4-cut-head', 'header-cut', /ends inside its header/],
  ['lz4-flip-header', 'bad-header', /LZ4 frame header does not match its checksum/],
  ['raw-bad-format', 'bad-header', /file_format is 7/],
  ['text', 'not-a-capture', /^is not a memray capture$/],
  ['zeros', 'not-a-capture', /^is not a memray capture$/],
  ['version-99', 'too-new', /^was written by a newer memray \(header 99\); update memray-tree-ink$/],
];

test.each(refused)('%s is refused as %s', (name, code, message) => {
  const read = (): unknown => readSnapshot(pathOf(name));
  expect(read).toThrow(CaptureError);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({code}));
});

/** Peak, finished, damage and where it is: [code, byte, record]. */
type Shown = readonly [string, number, boolean, readonly [string, number, number] | null];
const shown: readonly Shown[] = [
  ['header-only', 0, false, null],
  ['raw-cut-2', 3_163_674, false, null],
  ['raw-cut-third', 7736, false, null],
  ['raw-no-trailer-zeros', 3_663_670, false, null],
  ['raw-extra-tail', 3_663_670, true, null],
  ['raw-odd-record', 3_663_670, true, null],
  ['raw-flip-1', 3_663_670, true, null],
  ['raw-flip-2', 137_142, false, ['bad-value', 18695, 424]],
  ['raw-unknown-record', 0, false, ['bad-tag', 500, 0]],
  ['raw-zeros-between', 0, false, ['bad-tag', 500, 0]],
  ['lz4-cut-1', 3_663_670, true, ['cut', 18207, 2046]],
  ['lz4-cut-half', 50_761, false, ['cut', 9104, 137]],
  ['lz4-extra-tail', 3_663_670, true, null],
  ['lz4-twice', 3_663_670, true, null],
  // memray's frames have no checksum, so nothing reveals this flip.
  ['lz4-flip-half', 3_663_670, true, null],
  // A capture of version 13 that claims to be one of 12: its search paths are read as records.
  ['version-12', 0, false, ['bad-tag', 162, 11]],
];

describe('what was read before the damage is shown', () => {
  test.each(shown)('%s', (name, peakBytes, finished, damage) => {
    const {capture} = readSnapshot(pathOf(name));
    expect(capture.peakBytes).toBe(peakBytes);
    expect(capture.finished).toBe(finished);
    expect(
      capture.damage && [capture.damage.code, capture.damage.byteOffset, capture.damage.recordIndex],
    ).toEqual(damage);
  });
});
