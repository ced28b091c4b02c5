import {existsSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {writeLz4} from '../helpers/lz4-writer.js';
import {runProgram, startProgram} from '../helpers/run-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

let folder: string;
let path: string;
let terminal: Terminal | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-'));
  path = join(folder, 'results.bin');
});
afterEach(() => {
  terminal?.dispose();
  terminal = null;
  rmSync(folder, {recursive: true});
});

/** `load` holds 5 MB, then 3 MB of `build` come, of which 2 MB stay. */
const records: CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 1, function: 'load', file: 'app.py'},
  {type: 'push', code: 1},
  {type: 'allocate', address: 64, size: 5e6},
  {type: 'pop'},
  {type: 'code', id: 2, function: 'build', file: 'app.py'},
  {type: 'push', code: 2},
  {type: 'allocate', address: 128, size: 1e6},
  {type: 'allocate', address: 192, size: 2e6},
  {type: 'free', address: 128},
  {type: 'free', address: 64},
  {type: 'trailer'},
];

/** The recording of a process that is there: this very one. */
const now = Date.now();
const recording = {pid: process.pid, startTimeMs: now, endTimeMs: now};

/** The file with so many records written. */
function write(count: number): void {
  const bytes = writeCapture(records.slice(0, count), recording);
  const zeros = new Uint8Array(4096 - bytes.length);
  writeFileSync(path, Buffer.concat([bytes, zeros]), {flag: existsSync(path) ? 'r+' : 'w'});
}

it('grows the tree with the file, from before there is one to its end', async () => {
  terminal = openTerminal(['--follow', path], {columns: 120, rows: 30});
  await terminal.waitFor('Waiting for the recording to begin: there is no such file yet');
  expect(terminal.screen()).toContain(`Waiting for ${path.slice(0, 20)}`);
  write(4);
  await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
  expect(terminal.screen()).toMatch(/recording \d+:\d\d {2}1 record {2}heap 5\.000MB/);
  write(9);
  await terminal.waitFor(/3\.000MB {2}37\.50 % .*build/);
  terminal.press('down', 'down');
  await terminal.waitFor(/^❯.* build/m);
  terminal.press('v');
  await terminal.waitFor(/ allocated now /);
  write(11);
  await terminal.waitFor(/^❯.*2\.000MB 100\.00 % .*build/mu);
  expect(terminal.screen()).not.toContain('load');
  write(12);
  renameSync(path, `${path}.old`);
  writeFileSync(path, writeLz4(writeCapture(records, recording)));
  await terminal.waitFor(/^leaks .*2\.000MB/m);
  terminal.press('v');
  await terminal.waitFor(/^peak .*8\.000MB/m);
  expect(terminal.screen()).toMatch(/^❯.*3\.000MB {2}37\.50 % .*build/mu);
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
});

it('shows a moment while the file grows, and the same one at its end', async () => {
  write(9);
  terminal = openTerminal(['--follow', path], {columns: 120, rows: 30});
  await terminal.waitFor(/3\.000MB {2}37\.50 % .*build/);
  terminal.press('T', 'home');
  await terminal.waitFor(/^❯.* 5\.000MB 100\.00 % .*<ROOT>/mu);
  expect(terminal.screen()).toMatch(/^recording .* at @1 · /m);
  write(11);
  await terminal.waitFor(/ 5 records /);
  expect(terminal.screen()).toMatch(/^❯.* 5\.000MB 100\.00 % .*<ROOT>/mu);
  write(12);
  await terminal.waitFor(/^at @1 · /m);
  expect(terminal.screen()).toMatch(/^❯.* 5\.000MB 100\.00 % .*<ROOT>/mu);
  terminal.press('p');
  await terminal.waitFor(screen => /^peak · /m.test(screen) && /^❯.* 8\.000MB/mu.test(screen));
  terminal.press('g', 'O');
  await terminal.waitFor(/^❯.*\|.*<ROOT>/mu);
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
});

it('says what is allocated now, and that a step waits for what it names', async () => {
  write(4);
  terminal = openTerminal(['--follow', '--view', 'leaks root:build', path], {columns: 120, rows: 30});
  await terminal.waitFor(/^allocated now › root build \(not yet\) {2}/mu);
  expect(terminal.screen()).not.toContain('nothing here matches');
  write(9);
  await terminal.waitFor(/^allocated now › root build {2,}3\.000MB of 8\.000MB/mu);
  terminal.press('v');
  await terminal.waitFor(/^peak › root build {2}/mu);
  terminal.press('v');
  await terminal.waitFor(/^allocated now › root build {2}/mu);
  write(12);
  await terminal.waitFor(/^leaks › root build {2,}2\.000MB of 2\.000MB/mu);
  expect(terminal.screen()).not.toContain('allocated now');
});

it('ends at once while it waits', async () => {
  terminal = openTerminal(['--follow', path], {columns: 100, rows: 20});
  await terminal.waitFor('Waiting for the recording to begin: there is no such file yet');
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
});

it('prints the tree when the recording is over', async () => {
  write(5);
  const program = runProgram(['--follow', '--json', path]);
  write(12);
  const {code, stdout, stderr} = await program;
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(JSON.parse(stdout)).toMatchObject({capture: {finished: true}, tree: {bytes: 8e6}});
});

it('says once on standard error what it waits for, then prints the tree', async () => {
  const program = startProgram(['--follow', '--text', path]);
  await program.waitForError(`memray-tree-ink: ${path}: Waiting for the recording to begin`);
  write(12);
  const {code, stdout, stderr} = await program.ended;
  expect(stdout).toContain('<ROOT>');
  expect({code, lines: stderr.split('\n').length}).toEqual({code: 0, lines: 2});
});

it('waits for the rest of a file that is compressed with gzip', async () => {
  const packed = gzipSync(writeCapture(records, recording));
  writeFileSync(path, packed.subarray(0, 150));
  const program = runProgram(['--follow', '--json', path]);
  writeFileSync(path, packed.subarray(150), {flag: 'a'});
  const {code, stdout, stderr} = await program;
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(JSON.parse(stdout)).toMatchObject({capture: {finished: true}, tree: {bytes: 8e6}});
});

it.each([
  ['at:@3', 8e6],
  ['peak:@1..@5', 8e6],
  ['grown:@1..@5', 2e6],
])('shows %s once the recording is over', async (view, bytes) => {
  write(8);
  const program = runProgram(['--follow', '--json', '--view', view, path]);
  write(12);
  const {code, stdout, stderr} = await program;
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(JSON.parse(stdout)).toMatchObject({capture: {finished: true}, of: {bytes}});
});

it('refuses what cannot be followed', async () => {
  const {code, stderr} = await runProgram(['--follow', '--text', folder]);
  expect({code, stderr}).toEqual({
    code: 1,
    stderr: `memray-tree-ink: ${folder}: is a directory, not a file\n`,
  });
});
