import {describe, expect, test} from 'vitest';
import {LiveHeader} from '../../../src/reader/live-header.js';
import {writeHeader} from '../../helpers/capture-writer.js';

test.each([1, 2, 7, 1000])('a header is complete with its last byte, in pieces of %i', size => {
  const bytes = writeHeader({commandLine: 'memray run app.py', sysPath: ['/app', '/lib']});
  const header = new LiveHeader();
  for (let at = 0; at < bytes.length; at += size) {
    expect(header.isComplete).toBe(false);
    header.add(bytes.subarray(at, at + size));
  }
  expect(header.isComplete).toBe(true);
});

test('takes a header of almost 1 MiB byte by byte', () => {
  const bytes = writeHeader({commandLine: 'x'.repeat(900_000)});
  const header = new LiveHeader();
  for (let at = 0; at < bytes.length; at++) header.add(bytes.subarray(at, at + 1));
  expect(header.isComplete).toBe(true);
  expect(header.byteCount).toBe(bytes.length);
});

test('leaves a header that is damaged to the parser of the capture', () => {
  const header = new LiveHeader();
  header.add(writeHeader({version: 99}));
  expect(header.isComplete).toBe(true);
});

describe('time', () => {
  test('is no matter once the header is complete', () => {
    const header = new LiveHeader();
    header.add(writeHeader());
    expect(() => header.checkTime(1e9, 1e9)).not.toThrow();
  });

  test('is short for nothing, longer for a part', () => {
    const header = new LiveHeader();
    expect(() => header.checkTime(9999, 9999)).not.toThrow();
    expect(() => header.checkTime(10_000, 10_000)).toThrow(/^is open, but has sent nothing for 10 seconds/);
    header.add(writeHeader().subarray(0, 20));
    expect(() => header.checkTime(10_000, 20_000)).toThrow(/after a part of its header$/);
    expect(() => header.checkTime(9999, 29_999)).not.toThrow();
    expect(() => header.checkTime(9999, 30_000)).toThrow(/^has sent only a part of its header/);
  });
});
