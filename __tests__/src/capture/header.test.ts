import {describe, expect, test} from 'vitest';
import {formatPythonVersion} from '../../../src/capture/python-version.js';
import {type WrittenHeader, writeHeader} from '../../helpers/capture-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

const read = (header: WrittenHeader) => parseSnapshot(writeHeader(header)).capture;

test('every field comes through', () => {
  const capture = read({
    pythonHex: 0x030d03f0,
    nativeTraces: true,
    startTimeMs: 1000,
    endTimeMs: 2500,
    commandLine: 'naïve 名前.py --x',
    pid: 77,
    mainThread: 2 ** 33,
    pythonAllocator: 5,
    libdest: '/lib',
    sitePackages: ['/a', '/b'],
    sysPath: ['/c'],
  });
  expect(capture).toEqual({
    headerVersion: 13,
    fileFormat: 'all-allocations',
    compression: 'none',
    nativeTraces: true,
    pythonVersion: '3.13.3',
    commandLine: 'naïve 名前.py --x',
    pid: 77,
    mainThreadId: '0x200000000',
    pythonAllocator: 'mimalloc',
    tracePythonAllocators: false,
    startTimeMs: 1000,
    endTimeMs: 2500,
    libdest: '/lib',
    sitePackages: ['/a', '/b'],
    sysPath: ['/c'],
    allocationRecords: 0,
    peakBytes: 0,
    run: {peakRecords: 0, peakTimeMs: null, highestRss: null, highestRssTimeMs: null},
    finished: false,
    damage: null,
    notes: [],
  });
});

test('version 12 has no search paths', () => {
  expect(read({version: 12})).toMatchObject({headerVersion: 12, libdest: '', sitePackages: [], sysPath: []});
});

test('a clock that stepped back is a note, no more', () => {
  expect(read({startTimeMs: 2000, endTimeMs: 1000})).toMatchObject({
    damage: null,
    notes: ['The recorded end time is before the start time.'],
  });
});

describe('versions that are not read', () => {
  test.each([
    [-1, 'bad-header', 'format version -1 does not exist'],
    [0, 'bad-header', 'format version 0 does not exist'],
    [1, 'too-old', 'has header version 1, which no release of memray has written'],
    [5, 'too-old', 'has header version 5, which no release of memray has written'],
    [14, 'too-new', 'was written by a newer memray (header 14); update memray-tree-ink'],
    [1001, 'bad-header', 'format version 1001 does not exist'],
  ])('%i', (version, code, message) => {
    expect(() => read({version})).toThrow(message);
    expect(() => read({version})).toThrow(expect.objectContaining({name: 'CaptureError', code}));
  });
});

test('damaged values are refused with their name', () => {
  expect(() => read({fileFormat: 2})).toThrow('has a damaged header: file_format is 2');
  expect(() => read({commandLine: 'x'.repeat(2 ** 20 + 1)})).toThrow('a text is longer than 1048576 bytes');
  expect(() => read({sysPath: Array.from({length: 10_001}, () => '/')})).toThrow('more than 10000 entries');
});

test.each([
  [0x030b02f0, '3.11.2'],
  [0x030e00a1, '3.14.0a1'],
  [0x030e00b3, '3.14.0b3'],
  [0x030e00c2, '3.14.0rc2'],
])('Python %i is %s', (hex, text) => expect(formatPythonVersion(hex)).toBe(text));
