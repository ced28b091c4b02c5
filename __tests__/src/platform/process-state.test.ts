import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {getProcessState, type ProcessTable} from '../../../src/platform/process-state.js';

const BOOT_SECONDS = 1_700_000_000;
/** The recording began 100 s after the system. */
const RECORDED = {
  pid: 42,
  startTimeMs: (BOOT_SECONDS + 100) * 1000,
  commandLine: '/bin/memray run -o x app.py 1',
};

/** A system with process 42, which was started `ageTicks` hundredths of a second after the system. */
function createTable({
  startTicks = 9_900,
  state = 'S',
  command = ['python3', '/bin/memray', 'run', '-o', 'x', 'app.py', '1'],
  hasProc = true,
}: {
  readonly startTicks?: number;
  readonly state?: string;
  readonly command?: readonly string[];
  readonly hasProc?: boolean;
}): ProcessTable {
  const fields = [state, ...Array.from({length: 18}, () => '0'), String(startTicks), '0'];
  const files: Record<string, string> = {
    stat: `cpu 1 2 3\nbtime ${BOOT_SECONDS}\nprocesses 1\n`,
    '42/stat': `42 (a) name) ${fields.join(' ')}\n`,
    '42/cmdline': command.map(word => `${word}\0`).join(''),
  };
  return {exists: pid => pid === 42, readProc: path => (hasProc ? (files[path] ?? null) : null)};
}

describe('the process of a capture', () => {
  test.each([
    ['older, with the same command line', {}, 'running'],
    ['started in the same second', {startTicks: 10_100}, 'running'],
    ['younger', {startTicks: 10_300}, 'gone'],
    ['a zombie', {state: 'Z'}, 'gone'],
    ['older, with another command line', {command: ['/sbin/init']}, 'unknown'],
    ['a kernel thread', {command: []}, 'unknown'],
    ['on a system without /proc', {hasProc: false}, 'unknown'],
  ] as const)('%s', (_, process, state) => {
    expect(getProcessState(RECORDED, createTable(process))).toBe(state);
  });

  test.each([
    [
      'started as a module',
      '/lib/memray/__main__.py run app.py',
      ['python', '-m', 'memray', 'run', 'app.py'],
      'running',
    ],
    ['one word', 'app.py', ['python', 'app.py'], 'running'],
    ['one word of a module', '/src/app.py', ['python', '-m', 'app'], 'unknown'],
    ['other arguments', 'app.py 1', ['python', 'app.py', '11'], 'unknown'],
    ['no ASCII', 'naïve.py 名前', ['python', 'naïve.py', '名前'], 'running'],
    ['nothing', '', ['python'], 'unknown'],
  ] as const)('a command line with %s', (_, commandLine, words, state) => {
    const command = words.map(word => Buffer.from(word).toString('latin1'));
    expect(getProcessState({...RECORDED, commandLine}, createTable({command}))).toBe(state);
  });

  test.each([0, -1, 43])('number %i is not there', pid => {
    expect(getProcessState({...RECORDED, pid}, createTable({}))).toBe('gone');
  });

  test.runIf(existsSync('/proc/self/stat'))('a real one', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'one', 'two']);
    await once(child, 'spawn');
    const recorded = {pid: child.pid!, startTimeMs: Date.now(), commandLine: 'app one two'};
    expect(getProcessState(recorded)).toBe('running');
    expect(getProcessState({...recorded, startTimeMs: Date.now() - 3_600_000})).toBe('gone');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(getProcessState(recorded)).toBe('gone');
  });
});
