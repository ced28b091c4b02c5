import {spawn as spawnProcess} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {nodeBinary, programPath} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closed-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

it('ends quietly when the terminal that it belongs to is closed', async () => {
  // The program is the leader of the session, so it gets SIGHUP as well.
  const script = `exec "${nodeBinary}" "${programPath}" "${nested}" 2>"${folder}/stderr"`;
  const pty = spawn('bash', ['-c', script], {cols: 100, rows: 30});
  const exited = new Promise(resolve => pty.onExit(resolve));
  await new Promise<void>(resolve => {
    let output = '';
    pty.onData(data => {
      output += data;
      if (output.includes('3.664MB')) resolve();
    });
  });
  (pty as typeof pty & {destroy(): void}).destroy();
  expect(await exited).toEqual({exitCode: 0, signal: 0});
  expect(readFileSync(`${folder}/stderr`, 'utf8')).toBe('');
});

it('ends quietly when the terminal of a session that outlives it is closed', async () => {
  // "script" holds the other end of the terminal; the shell in it survives the hang-up and says how the
  // program ended.
  const script = `
    stty rows 30 cols 100; trap '' HUP; mkfifo "${folder}/code"; echo made
    "${nodeBinary}" "${programPath}" "${nested}" 2>"${folder}/stderr"; echo $? >"${folder}/code"`;
  const holder = spawnProcess('script', ['-qfc', script, '/dev/null'], {
    env: {...process.env, SHELL: '/bin/bash', TERM: 'xterm-256color', CI: ''},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await new Promise<void>(resolve => {
    let output = '';
    holder.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('3.664MB')) resolve();
    });
  });
  holder.kill('SIGKILL');
  expect(await readFile(`${folder}/code`, 'utf8')).toBe('0\n');
  expect(readFileSync(`${folder}/stderr`, 'utf8')).toBe('');
});
