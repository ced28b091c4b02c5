import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {print, watchStandardStreams} from '../../bin/standard-streams.js';

function open({isTTY = false, exitCode}: {isTTY?: boolean; exitCode?: number} = {}) {
  const log: string[] = [];
  const createStream = (name: string) =>
    Object.assign(new EventEmitter(), {
      isTTY,
      write(text: string, callback: (error?: Error | null) => void) {
        log.push(`${name} ${text}`);
        callback();
      },
    });
  const host = {
    stdout: createStream('stdout'),
    stderr: createStream('stderr'),
    exitCode,
    exit: (code: number) => log.push(`exit ${code}`),
  };
  watchStandardStreams(host);
  return {host, log};
}

const errorOf = (code: string) => Object.assign(new Error(`write ${code}`), {code});

test.each([
  ['EPIPE', false],
  ['ECONNRESET', false],
  ['EOF', false],
  ['EIO', true],
])('a reader that is gone (%s, terminal: %s) ends the process quietly', (code, isTTY) => {
  const {host, log} = open({isTTY});
  host.stdout.emit('error', errorOf(code));
  expect(log).toEqual(['exit 0']);
});

test('a reader that is gone does not change an exit code that is known', () => {
  const {host, log} = open({exitCode: 4});
  host.stdout.emit('error', errorOf('EPIPE'));
  expect(log).toEqual(['exit 4']);
});

test.each([
  ['ENOSPC', 'no space left on the device (ENOSPC)'],
  ['EFBIG', 'file size limit reached (EFBIG)'],
  // On a file it is the disk that fails.
  ['EIO', 'input/output error (EIO)'],
  ['ESTALE', 'ESTALE'],
])('any other failure (%s) is one line and exit code 1', (code, reason) => {
  const {host, log} = open();
  host.stdout.emit('error', errorOf(code));
  const line = `memray-tree-ink: standard output: cannot be written: ${reason}\n`;
  expect(log).toEqual([`stderr ${line}`, 'exit 1']);
});

test('a failure of standard error is not reported', () => {
  const {host, log} = open();
  host.stderr.emit('error', errorOf('EPIPE'));
  expect(log).toEqual([]);
});

test('what cannot be printed is waited for, since the process ends', async () => {
  const stream = (error?: Error) => ({
    on: () => {},
    write: (_: string, callback: (error?: Error) => void) => callback(error),
  });
  await expect(print(stream(), 'text')).resolves.toBeUndefined();
  const later = new Promise(resolve => setImmediate(resolve, 'later'));
  expect(await Promise.race([print(stream(errorOf('EPIPE')), 'text'), later])).toBe('later');
});
