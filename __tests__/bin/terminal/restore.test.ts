import {EventEmitter} from 'node:events';
import {describe, expect, test} from 'vitest';
import {formatUnexpectedError, guardTerminal} from '../../../bin/terminal/restore.js';

const RESTORED = '\u001b[?1006l\u001b[?1000l\u001b[?1049l\u001b[?25h\u001b[0m';

function open({hasMouse = true, isAlternateScreen = true, env = {}}: Partial<Options> = {}) {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {
    env,
    exit: (code: number) => {
      log.push(`exit ${code}`);
      host.emit('exit', code);
    },
  });
  const stdout = Object.assign(new EventEmitter(), {write: (text: string) => log.push(text)});
  const stderr = {write: (text: string) => log.push(`stderr ${text}`)};
  const stdin = {setRawMode: (isRaw: boolean) => log.push(`raw ${isRaw}`)};
  const guard = guardTerminal({host, stdout, stderr, stdin, hasMouse, isAlternateScreen});
  return {host, guard, log, stdout};
}

interface Options {
  hasMouse: boolean;
  isAlternateScreen: boolean;
  env: Record<string, string>;
}

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s restores the terminal and ends with %i', (signal, code) => {
  const {host, log} = open();
  host.emit(signal, signal);
  expect(log).toEqual(['raw false', RESTORED, `exit ${code}`]);
});

test.each(['uncaughtException', 'unhandledRejection'])('%s ends in one line', event => {
  const {host, log} = open();
  host.emit(event, new Error('no \u001b[31mway\nout'));
  expect(log).toEqual([
    'raw false',
    RESTORED,
    'stderr memray-tree-ink: unexpected error: no ␛[31mway␊out (this is a fault of the program; MEMRAY_TREE_DEBUG=1 shows where)\n',
    'exit 1',
  ]);
});

describe('the user interface', () => {
  test('leaves the alternate screen itself', () => {
    const {guard, log} = open();
    guard.setLeave(() => log.push('left'));
    guard.restore();
    expect(log).toEqual(['left', 'raw false', '\u001b[?1006l\u001b[?1000l\u001b[?25h\u001b[0m']);
  });

  test('may fail at it', () => {
    const {guard, log} = open({hasMouse: false});
    guard.setLeave(() => {
      throw new Error('broken');
    });
    guard.restore();
    expect(log).toEqual(['raw false', '\u001b[?1049l\u001b[?25h\u001b[0m']);
  });
});

test('what was not switched on is not switched off', () => {
  const {guard, log} = open({hasMouse: false, isAlternateScreen: false});
  guard.restore();
  expect(log).toEqual(['raw false', '\u001b[?25h\u001b[0m']);
});

test('restores once, and not after it was disposed of', () => {
  const {guard, host, log} = open();
  guard.dispose();
  expect(log).toHaveLength(2);
  guard.restore();
  host.emit('exit', 0);
  for (const event of ['SIGTERM', 'SIGHUP', 'SIGINT', 'uncaughtException', 'exit']) {
    expect(host.listenerCount(event)).toBe(0);
  }
  expect(log).toHaveLength(2);
});

test('a terminal that is gone cannot be restored, and that is no error', () => {
  const {host, log, stdout} = open();
  stdout.write = () => {
    throw new Error('EIO');
  };
  host.emit('SIGHUP', 'SIGHUP');
  expect(log).toEqual(['raw false', 'exit 129']);
  // A stream that fails later emits "error", which kills a process that does not listen.
  expect(stdout.emit('error')).toBe(true);
});

test('the stack is for those who ask', () => {
  const error = new Error('broken');
  expect(formatUnexpectedError(error, {})).not.toContain('\n');
  const lines = formatUnexpectedError(error, {MEMRAY_TREE_DEBUG: '1'}).split('\n');
  expect(lines[0]).toBe('memray-tree-ink: unexpected error: broken');
  expect(lines.length).toBeGreaterThan(2);
  expect(formatUnexpectedError('text', {})).toContain('unexpected error: text');
});
