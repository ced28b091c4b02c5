import {statSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import {type CaptureFile, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {buildReferenceTree, describeGolden, describeReference} from '../../helpers/memray-tree.js';
import {type PlainLocation, readSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';

interface GoldenCase {
  readonly view: View;
  readonly biggestAllocs: number;
}

/** "py-t1-b10" → temporary allocations up to 1, the 10 biggest; null for other kinds (rows, records …). */
function parseKind(kind: string): GoldenCase | null {
  const match = /^(?:py-?)?(tree|leaks|t\d+)?-?(?:b(\d+))?$/.exec(kind);
  if (match === null) return null;
  const [, what = 'tree', most = '200'] = match;
  const biggestAllocs = Number(most);
  if (what === 'tree') return {view: {kind: 'peak'}, biggestAllocs};
  if (what === 'leaks') return {view: {kind: 'leaks'}, biggestAllocs};
  return {view: {kind: 'temporary', threshold: Number(what.slice(1))}, biggestAllocs};
}

/** Captures whose numbers memray itself gets right and that we read. */
const captures = listCaptures().filter(
  ({name, path, goldens}) => goldens.length > 0 && statSync(path).size > 0 && !/^bad/.test(name),
);

/** Native captures: only the goldens of Python frames, the others have native frames in between. */
function listCases(capture: CaptureFile): {kind: string; golden: GoldenCase}[] {
  const isNative = capture.goldens.includes('py');
  return capture.goldens.flatMap(kind => {
    const golden = parseKind(kind);
    return golden === null || isNative !== kind.startsWith('py') ? [] : [{kind, golden}];
  });
}

/**
 * memray adds 1 for every further aggregated record instead of its count: counts are compared in tests of
 * their own.
 */
const withoutCounts = (lines: readonly string[]): string[] =>
  lines.map(line => {
    const fields = JSON.parse(line) as unknown[];
    fields[5] = null;
    return JSON.stringify(fields);
  });

interface GoldenFile {
  readonly error?: unknown;
  readonly orderSensitive?: boolean;
}

/** memray could not read it, or (before 1.20) left the order of equals to a hash table. */
function hasError(capture: CaptureFile, kind: string): boolean {
  const {error, orderSensitive} = readGoldenOf(capture, kind) as GoldenFile;
  return error !== undefined || orderSensitive === true;
}

/** Of some older releases no golden has an order that means something: `headless.test.ts` compares those. */
const comparable = captures
  .map(capture => ({capture, cases: listCases(capture).filter(({kind}) => !hasError(capture, kind))}))
  .filter(({cases}) => cases.length > 0);

describe.each(comparable)('$capture.name', ({capture, cases}) => {
  test.each(cases)('$kind is memray’s', ({kind, golden}) => {
    const expected = readGoldenOf(capture, kind) as GoldenFile;
    const snapshot = readSnapshot(capture.path, golden);
    const ours = describeReference(buildReferenceTree(snapshot));
    const theirs = describeGolden(expected);
    if (snapshot.capture.fileFormat === 'aggregated') {
      expect(withoutCounts(ours)).toEqual(withoutCounts(theirs));
    } else {
      expect(ours).toEqual(theirs);
    }
  });

  test.each(capture.goldens.filter(kind => /^(py-)?records$/.test(kind)))('%s are memray’s', kind => {
    const {records} = readGoldenOf(capture, kind) as {records: readonly GoldenRecord[]};
    const ours = toPlainLocations(readSnapshot(capture.path, {biggestAllocs: records.length}));
    // Ours are sorted by size; a stable sort of theirs says the same about the order of equals.
    expect(ours).toEqual(records.toSorted((a, b) => b.bytes - a.bytes).map(toPlainLocation));
  });

  const stats = capture.goldens.filter(kind => kind === 'stats' && !hasError(capture, kind));
  test.each(stats)('header and totals (%s) are memray’s', kind => {
    const {header, metadata} = readGoldenOf(capture, kind) as GoldenStats;
    expect(readSnapshot(capture.path).capture).toMatchObject({
      headerVersion: header.version,
      nativeTraces: header.nativeTraces,
      commandLine: header.commandLine,
      pid: header.pid,
      mainThreadId: `0x${header.mainTid.toString(16)}`,
      pythonAllocator: metadata.python_allocator,
      tracePythonAllocators: header.tracePythonAllocators,
      startTimeMs: header.startTime,
      endTimeMs: header.endTime,
      libdest: header.libdest,
      sitePackages: header.sitePackages,
      sysPath: header.sysPath,
      allocationRecords: metadata.total_allocations,
      peakBytes: metadata.peak_memory,
      fileFormat: metadata.file_format === 'ALL_ALLOCATIONS' ? 'all-allocations' : 'aggregated',
      damage: null,
    });
  });
});

interface GoldenRecord {
  readonly tid: number;
  readonly threadName: string;
  readonly bytes: number;
  readonly allocations: number;
  readonly stack: PlainLocation['stack'];
}

function toPlainLocation({tid, threadName, bytes, allocations, stack}: GoldenRecord): PlainLocation {
  const id = `0x${tid.toString(16)}`;
  return {thread: threadName === '' ? id : `${id} (${threadName})`, bytes, allocations, stack};
}

interface GoldenStats {
  readonly metadata: Record<string, unknown>;
  readonly header: {
    readonly version: number;
    readonly nativeTraces: boolean;
    readonly commandLine: string;
    readonly pid: number;
    readonly mainTid: number;
    readonly tracePythonAllocators: boolean;
    readonly startTime: number;
    readonly endTime: number;
    readonly libdest: string;
    readonly sitePackages: readonly string[];
    readonly sysPath: readonly string[];
  };
}
