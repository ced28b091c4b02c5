import type {CaptureInfo, Elided, Snapshot, View} from '../../src/heap/snapshot.js';

/** A frame: function, file, line. */
export type FrameTuple = readonly [string, string, number];

export interface LocationSpec {
  /** Outermost frame first. */
  readonly stack: readonly FrameTuple[];
  readonly bytes: number;
  readonly allocations?: number;
  readonly thread?: string;
}

export interface SnapshotSpec {
  readonly capture?: Partial<CaptureInfo>;
  readonly view?: View;
  readonly elided?: Elided;
}

export function createCaptureInfo(overrides: Partial<CaptureInfo> = {}): CaptureInfo {
  return {
    headerVersion: 13,
    fileFormat: 'all-allocations',
    compression: 'lz4',
    nativeTraces: false,
    pythonVersion: '3.11.2',
    commandLine: 'app.py',
    pid: 42,
    mainThreadId: '0x1',
    pythonAllocator: 'pymalloc',
    tracePythonAllocators: false,
    startTimeMs: 1_700_000_000_000,
    endTimeMs: 1_700_000_001_000,
    libdest: '/usr/lib/python3.11',
    sitePackages: [],
    sysPath: ['/app', '/usr/lib/python3.11'],
    allocationRecords: 10,
    peakBytes: 1000,
    run: null,
    finished: true,
    damage: null,
    notes: [],
    ...overrides,
  };
}

/**
 * A snapshot of these locations, sorted as the contract wants it: biggest first, equals in the order given.
 */
export function buildSnapshot(locations: Iterable<LocationSpec>, spec: SnapshotSpec = {}): Snapshot {
  const intern = createInterner();
  const rows = [...locations].map(location => ({
    bytes: location.bytes,
    allocations: location.allocations ?? 1,
    thread: intern.thread(location.thread ?? '0x1'),
    stack: location.stack.reduce((above, frame) => intern.stack(above, intern.frame(frame)), -1),
  }));
  rows.sort((a, b) => b.bytes - a.bytes);
  return {
    capture: createCaptureInfo(spec.capture),
    view: spec.view ?? {kind: 'peak'},
    locations: {
      length: rows.length,
      bytes: Float64Array.from(rows, row => row.bytes),
      allocations: Float64Array.from(rows, row => row.allocations),
      thread: Int32Array.from(rows, row => row.thread),
      stack: Int32Array.from(rows, row => row.stack),
    },
    ...intern.columns(),
    elided: spec.elided ?? {locations: 0, allocations: 0, bytes: 0},
  };
}

function createInterner() {
  const strings = createIds<string>();
  const frames = createIds<string>();
  const frameRows: number[][] = [];
  const stacks = createIds<string>();
  const stackRows: number[][] = [];
  const threads = createIds<string>();
  return {
    thread: (label: string) => threads.get(label),
    frame([name, file, line]: FrameTuple): number {
      const row = [strings.get(name), strings.get(file), line];
      return frames.get(row.join(' '), () => frameRows.push(row));
    },
    stack: (prefix: number, frame: number) =>
      stacks.get(`${prefix} ${frame}`, () => stackRows.push([prefix, frame])),
    columns() {
      const column = (rows: number[][], index: number) => Int32Array.from(rows, row => row[index]!);
      return {
        stacks: {length: stackRows.length, prefix: column(stackRows, 0), frame: column(stackRows, 1)},
        frames: {
          length: frameRows.length,
          function: column(frameRows, 0),
          file: column(frameRows, 1),
          line: column(frameRows, 2),
        },
        strings: strings.keys(),
        threads: threads.keys().map(label => ({label})),
      };
    },
  };
}

function createIds<Key>() {
  const ids = new Map<Key, number>();
  return {
    keys: () => [...ids.keys()],
    get(key: Key, onNew?: () => void): number {
      let id = ids.get(key);
      if (id === undefined) {
        id = ids.size;
        ids.set(key, id);
        onNew?.();
      }
      return id;
    },
  };
}
