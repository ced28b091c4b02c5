import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {suspend} from '../../../bin/terminal/suspend.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {
    kill: (pid: number, signal: string) => {
      log.push(`kill ${pid} ${signal}`);
    },
  });
  const done = suspend({
    host,
    async suspendTerminal(callback) {
      log.push('away');
      await callback();
      log.push('back');
    },
    setMouse: isOn => log.push(`mouse ${isOn}`),
    refreshSize: () => log.push('size'),
  });
  return {log, host, done};
}

const ALL = ['mouse false', 'away', 'kill 0 SIGTSTP', 'size', 'back', 'mouse true'];

test('stops the whole group and goes on when continued', async () => {
  const {log, host, done} = start();
  expect(log).toEqual(ALL.slice(0, 3));
  expect(vi.getTimerCount()).toBe(1);
  host.emit('SIGCONT');
  await done;
  expect(log).toEqual(ALL);
  expect(vi.getTimerCount()).toBe(0);
});

test('goes on where nothing stops it', async () => {
  const {log, host, done} = start();
  await vi.runAllTimersAsync();
  await done;
  expect(log).toEqual(ALL);
  expect(host.listenerCount('SIGCONT')).toBe(0);
});

test('the mouse comes back even if the terminal does not', async () => {
  const modes: boolean[] = [];
  const done = suspend({
    host: Object.assign(new EventEmitter(), {kill: () => {}}),
    suspendTerminal: () => Promise.reject(new Error('suspended already')),
    setMouse: isOn => modes.push(isOn),
    refreshSize: () => {},
  });
  await expect(done).rejects.toThrow('suspended already');
  expect(modes).toEqual([false, true]);
});
