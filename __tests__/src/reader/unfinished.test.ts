import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {readCapture} from '../../../src/headless.js';
import {type CaptureRecord, type WrittenHeader, writeCapture} from '../../helpers/capture-writer.js';

const folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
afterAll(() => rmSync(folder, {recursive: true}));

const NOT_KNOWN =
  'No end mark: the process was killed, ended by os._exit, ran out of disk space, or is still running. ' +
  'This is what it wrote.';
/** No process here has a number beyond this. */
const NO_PROCESS = 2_000_000_000;

const START_MS = 1_700_000_000_000;

const RECORDS: readonly CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 1, function: 'main', file: 'app.py'},
  {type: 'push', code: 1},
  {type: 'allocate', address: 64, size: 1000},
];

function write(header: WrittenHeader, last: readonly CaptureRecord[] = []): string {
  const path = join(folder, 'results.bin');
  // Until the recording ends, its end is its beginning.
  const endTimeMs = header.startTimeMs ?? START_MS;
  writeFileSync(
    path,
    writeCapture([...RECORDS, ...last], {pid: NO_PROCESS, startTimeMs: START_MS, endTimeMs, ...header}),
  );
  return path;
}

async function readNotes(source: Parameters<typeof readCapture>[0]): Promise<readonly string[]> {
  return (await readCapture(source)).capture.notes;
}

describe('a capture without an end mark', () => {
  test('lists the possible causes', async () => {
    const path = write({});
    expect(await readNotes(path)).toEqual([NOT_KNOWN]);
  });

  test('lists them for bytes and streams as well', async () => {
    const bytes = writeCapture(RECORDS);
    expect(await readNotes(bytes)).toEqual([NOT_KNOWN]);
    const stream = (async function* () {
      yield bytes;
    })();
    expect(await readNotes(stream)).toEqual([NOT_KNOWN]);
  });

  test('does not blame a process that only has the same number', async () => {
    // This process is younger than the recording, and the first one of the system has another command line.
    expect(await readNotes(write({pid: process.pid}))).toEqual([NOT_KNOWN]);
    expect(await readNotes(write({pid: 1, startTimeMs: Date.now()}))).toEqual([NOT_KNOWN]);
  });

  test.runIf(existsSync('/proc/self/stat'))('names its process while that is running', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'one', 'two']);
    await once(child, 'spawn');
    const header = {pid: child.pid!, startTimeMs: Date.now(), commandLine: 'app.py one two'};
    expect(await readNotes(write(header))).toEqual([
      `No end mark: process ${child.pid} is still running. This is the state so far; --follow shows it grow.`,
    ]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readNotes(write(header))).toEqual([NOT_KNOWN]);
  });
});

test('a finished or damaged capture needs no such note', async () => {
  expect(await readNotes(write({}, [{type: 'trailer'}]))).toEqual([]);
  const {capture} = await readCapture(write({}, [{type: 'bytes', bytes: [15]}]));
  expect(capture.notes).toEqual([]);
  expect(capture.damage?.code).toBe('bad-tag');
});
