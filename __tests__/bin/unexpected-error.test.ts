import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {formatUnexpectedError} from '../../bin/unexpected-error.js';
import {watchUnexpectedErrors} from '../../bin/watch-errors.js';

test('one line says whose bug it is and what to do; the stack trace is for those who ask', () => {
  const error = new Error('broken \u001b[31mpart');
  expect(formatUnexpectedError(error, {})).toBe(
    'memray-tree-ink: unexpected error: broken ␛[31mpart ' +
      '(this is a bug in memray-tree-ink, the README says how to report it; MEMRAY_TREE_DEBUG=1 shows the stack trace)',
  );
  const lines = formatUnexpectedError(error, {MEMRAY_TREE_DEBUG: '1'}).split('\n');
  expect(lines[0]).toMatch(
    /: broken ␛\[31mpart \(this is a bug in memray-tree-ink, the README says how to report it\)$/,
  );
  expect(lines.length).toBeGreaterThan(2);
  expect(formatUnexpectedError('text', {})).toContain('unexpected error: text (');
});

test.each(['uncaughtException', 'unhandledRejection'])('%s ends the process with one line', async event => {
  const log: string[] = [];
  const ended = new Promise<void>(resolve => {
    const host = Object.assign(new EventEmitter(), {
      env: {},
      stderr: {
        write(text: string, callback: () => void) {
          log.push(text);
          callback();
        },
      },
      exit(code: number) {
        log.push(`exit ${code}`);
        resolve();
      },
    });
    watchUnexpectedErrors(host);
    host.emit(event, new Error('broken'));
  });
  await ended;
  expect(log).toEqual([expect.stringMatching(/^memray-tree-ink: unexpected error: broken .*\n$/), 'exit 1']);
});
