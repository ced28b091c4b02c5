import {expect, test} from 'vitest';
import type {CaptureInfo} from '../../src/heap/snapshot.js';
import {formatCaptureFacts} from '../../src/store/source-pane/capture-facts.js';

const CAPTURE: CaptureInfo = {
  headerVersion: 13,
  fileFormat: 'all-allocations',
  compression: 'lz4',
  nativeTraces: false,
  pythonVersion: '3.11.2',
  commandLine: 'memray run app.py',
  pid: 42,
  mainThreadId: '0x1',
  pythonAllocator: 'pymalloc',
  tracePythonAllocators: false,
  startTimeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  endTimeMs: Date.UTC(2026, 0, 2, 3, 4, 5) + 1250,
  libdest: '',
  sitePackages: [],
  sysPath: [],
  allocationRecords: 1_234_567,
  peakBytes: 0,
  run: null,
  finished: true,
  damage: null,
  notes: [],
};

test('says where a capture comes from', () => {
  expect(formatCaptureFacts(CAPTURE).join('\n')).toMatchInlineSnapshot(`
    "Command:   memray run app.py
    Process:   42, Python 3.11
    Recorded:  2026-01-02 03:04:05 UTC, 1.250 s
    Records:   1,234,567 allocations and deallocations
    Allocator: pymalloc
    Format:    13, all allocations, compressed"
  `);
});

test('says what is unusual about it', () => {
  const unusual = {
    ...CAPTURE,
    commandLine: 'run \u001b]0;title\u0007',
    pythonVersion: null,
    fileFormat: 'aggregated',
    nativeTraces: true,
    compression: 'none',
    tracePythonAllocators: true,
    finished: false,
  } as const;
  expect(formatCaptureFacts(unusual).join('\n')).toMatchInlineSnapshot(`
    "Command:   run ␛]0;title␇
    Process:   42
    Recorded:  2026-01-02 03:04:05 UTC
    Records:   1,234,567 allocations and deallocations
    Allocator: pymalloc, traced
    Format:    13, aggregated, native traces"
  `);
});

test('a time that no calendar has is unknown', () => {
  expect(formatCaptureFacts({...CAPTURE, startTimeMs: 1e300})[2]).toBe('Recorded:  at an unknown time');
});

test('a clock that stepped back gives no duration', () => {
  expect(formatCaptureFacts({...CAPTURE, endTimeMs: 0})[2]).toBe('Recorded:  2026-01-02 03:04:05 UTC');
});

test('describes each of several captures', () => {
  const parts = [
    {name: 'a.bin', capture: CAPTURE, failure: null, heldLocations: Infinity},
    {
      name: 'no\u001bpe',
      capture: null,
      failure: {code: 'cannot-open', message: 'no such file'},
      heldLocations: Infinity,
    },
  ] as const;
  expect(formatCaptureFacts({...CAPTURE, parts}).join('\n')).toMatchInlineSnapshot(`
    "a.bin
      Command: memray run app.py
      Process: 42, peak 0.000B
    no␛pe
      could not be read"
  `);
});
