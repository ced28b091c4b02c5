// Bugs that `npm run planted` plants, one by one: in `file` the text `was` becomes `is`, and one of `tests` has to fail.

const SAFE_ROWS = ['components/hostile-frames.test.tsx', 'src/tree/row-label.test.ts'];

export interface Bug {
  readonly name: string;
  readonly file: string;
  /** A text that the file holds once, and what takes its place. */
  readonly was: string;
  readonly is: string;
  /** Files below `__tests__`. */
  readonly tests: readonly string[];
}

export const BUGS: readonly Bug[] = [
  {
    name: 'a varint of eleven bytes is read',
    file: 'src/capture/byte-reader.ts',
    was: 'for (let i = 0; i < 10; i++) {',
    is: 'for (let i = 0; i < 11; i++) {',
    tests: ['src/capture/byte-reader.test.ts'],
  },
  {
    name: 'the core reads a varint of eleven bytes',
    file: 'src/core/assembly/varint.ts',
    was: 'for (let i: u32 = 0; i < 10; i++) {',
    is: 'for (let i: u32 = 0; i < 11; i++) {',
    tests: ['src/heap/damaged-records.test.ts', 'src/heap/capture-parser.test.ts'],
  },
  {
    name: 'a varint of nine bytes ends a byte early in the core',
    file: 'src/core/assembly/varint.ts',
    was: 'if (load<u8>(at, 8) < 0x80) return at + 9;',
    is: 'if (load<u8>(at, 8) < 0x80) return at + 8;',
    tests: ['src/heap/damaged-records.test.ts', 'src/heap/capture-parser.test.ts'],
  },
  {
    name: 'the name of a row is not sanitised',
    file: 'src/tree/row-label.ts',
    was: 'return {function: sanitize(name), place: sanitize(line === 0',
    is: 'return {function: name as ReturnType<typeof sanitize>, place: sanitize(line === 0',
    tests: SAFE_ROWS,
  },
  {
    name: 'the location of a row is not sanitised',
    file: 'src/tree/row-label.ts',
    was: 'place: sanitize(line === 0 ?',
    is: 'place: ((text: string) => text as ReturnType<typeof sanitize>)(line === 0 ?',
    tests: SAFE_ROWS,
  },
  {
    name: 'C1 controls pass the sanitiser',
    file: 'src/format/sanitize.ts',
    was: "if (code < 0xa0 || (code >= 0xd800 && code <= 0xdfff)) return '�';",
    is: "if (code >= 0xd800 && code <= 0xdfff) return '�'; else if (code < 0xa0) return character;",
    tests: ['src/format/sanitize.test.ts'],
  },
  {
    name: 'line tables have no bound',
    file: 'src/capture/code-objects.ts',
    was: 'if (tableBytes > MAX_TABLE_BYTES)',
    is: 'if (tableBytes > MAX_TABLE_BYTES ** 4)',
    tests: ['src/capture/code-objects.test.ts', 'src/heap/damaged-records.test.ts'],
  },
  {
    name: 'a failing source rejects the load',
    file: 'src/reader/source-bytes.ts',
    was: 'this.failure = {error, byteOffset: this.#byteCount, reason: toReason(error)};',
    is: 'throw error;',
    tests: ['src/reader/failing-source.test.ts'],
  },
  {
    name: 'a tree of the API with a cycle is walked for ever',
    file: 'src/tree/list-nodes.ts',
    was: 'if (depth <= SHALLOW) return levels.some(level => level.key === key);',
    is: 'if (depth >= 0) return false;',
    tests: ['src/tree/host-trees.test.ts', 'src/tree/from-tree.test.ts'],
  },
  {
    name: 'states are added where they should be taken away',
    file: 'src/heap/state-log.ts',
    was: 'bytes[entries.location]! += sign * entries.bytes;',
    is: 'bytes[entries.location]! += entries.bytes;',
    tests: ['src/heap/history.test.ts'],
  },
  {
    name: 'the highest moment of a cell has the wrong sign',
    file: 'src/heap/state-log.ts',
    was: 'state.bytes[entries.location]! += entries.highBytes;',
    is: 'state.bytes[entries.location]! -= entries.highBytes;',
    tests: ['src/heap/history.test.ts'],
  },
  {
    name: 'records that refer to nothing are no damage',
    file: 'src/heap/capture-info.ts',
    was: 'damage: state.damage ?? createReferenceDamage(backend, state),',
    is: 'damage: state.damage,',
    tests: ['src/heap/damaged-records.test.ts', 'src/heap/capture-parser.test.ts'],
  },
  {
    name: 'beside other damage, records that refer to nothing have no note',
    file: 'src/heap/capture-info.ts',
    was: 'if (state.damage !== null && backend.badReferences.count > 0) {',
    is: 'if (state.damage !== null && backend.badReferences.count > 2 ** 40) {',
    tests: [
      'src/heap/damaged-records.test.ts',
      'src/heap/capture-parser.test.ts',
      'src/heap/native-traces.test.ts',
    ],
  },
  {
    name: 'a native frame may be its own caller',
    file: 'src/core/assembly/native.ts',
    was: 'const isSound = parent <= nativeCount;',
    is: 'const isSound = parent <= nativeCount + 1;',
    tests: ['src/heap/native-traces.test.ts', 'src/heap/damaged-records.test.ts'],
  },
  {
    name: 'a stack may be popped below its end',
    file: 'src/core/assembly/stacks.ts',
    was: 'if (node.frame == 0) break;',
    is: 'if (count > 100) break;',
    tests: ['src/heap/damaged-records.test.ts', 'src/core/stacks.test.ts'],
  },
  {
    name: 'an LZ4 match may reach before the history',
    file: 'src/core/assembly/lz4.ts',
    was: 'if (distance == 0 || distance > <u32>(out - history)) break;',
    is: 'if (distance == 0) break;',
    tests: ['src/capture/lz4-frame.test.ts'],
  },
  {
    name: 'of equal peaks the first one counts',
    file: 'src/core/assembly/heap.ts',
    was: 'heapBytes >= bestBytes',
    is: 'heapBytes > bestBytes',
    tests: ['src/heap/reference.test.ts', 'src/heap/goldens.test.ts'],
  },
  {
    name: 'devices are read as source files',
    file: 'src/platform/platform.ts',
    was: 'isSystemPath: path => /^\\/(?:proc|sys|dev)(?:\\/|$)/.test(path),',
    is: 'isSystemPath: () => false,',
    tests: ['src/platform/platform.test.ts', 'src/source/source-reader.test.ts'],
  },
  {
    name: 'files of one user are shown unasked',
    file: 'src/source/read-file-safely.ts',
    was: "return (await isForAll(fs, realPath, stat)) ? null : 'private';",
    is: 'return (await isForAll(fs, realPath, stat)) ? null : null;',
    tests: ['src/source/source-reader.test.ts'],
  },
  {
    name: 'a cell of csv may be a formula',
    file: 'src/format/csv-cell.ts',
    was: 'const text = guardFormulas(value);',
    is: 'const text = value;',
    tests: ['src/export/hostile-names.test.ts'],
  },
  {
    name: 'the limit of a budget itself fails',
    file: 'src/gate/budget.ts',
    was: 'const hasFailed = over > 0 ||',
    is: 'const hasFailed = over >= 0 ||',
    tests: ['src/gate/verdicts.test.ts'],
  },
  {
    name: 'a signal leaves the terminal as it is',
    file: 'bin/terminal/restore.ts',
    was: "const isQuiet = signal === 'SIGHUP' && terminal.isClosed();\n      restore();",
    is: "const isQuiet = signal === 'SIGHUP' && terminal.isClosed();",
    tests: ['bin/terminal/restore.test.ts'],
  },
  {
    name: 'a file that came meanwhile is replaced',
    file: 'bin/output-file.ts',
    was: "const claim = await files.open(path, 'wx', 0o600);",
    is: "const claim = await files.open(path, 'w', 0o600);",
    tests: ['bin/output-file.test.ts'],
  },
  {
    name: 'the seed of the number map is known',
    file: 'src/base/number-map.ts',
    was: 'readonly #seed = Math.floor(Math.random() * 2 ** 32) | 1;',
    is: 'readonly #seed = 1;',
    tests: ['src/base/number-map.test.ts'],
  },
];

/** The text of the file of a bug, with the bug in it. */
export function plant(text: string, {file, was, is}: Bug): string {
  if (text.split(was).length !== 2) throw new Error(`${file} does not hold once: ${was}`);
  return text.replace(was, () => is);
}
