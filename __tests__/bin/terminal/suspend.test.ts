import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {stopAndWait, suspend} from '../../../bin/terminal/suspend.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start({isStopping = true} = {}) {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {
    kill: (pid: number, signal: string) => {
      log.push(`kill ${pid} ${signal}`);
    },
  });
  const done = suspend({
    async suspendTerminal(callback) {
      log.push('away');
      await callback();
      log.push('back');
    },
    setReports: isOn => log.push(`mouse ${isOn}`),
    refreshSize: () => log.push('size'),
    setAway: isAway => log.push(`is away ${isAway}`),
    whileAway: isStopping ? () => stopAndWait(host) : async () => {},
  });
  return {log, host, done};
}

const BEFORE = ['mouse false', 'away', 'is away true', 'kill 0 SIGTSTP'];
const ALL = [...BEFORE, 'is away false', 'size', 'back', 'mouse true'];

test('stops the whole group and goes on when continued', async () => {
  const {log, host, done} = start();
  expect(log).toEqual(BEFORE);
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
    suspendTerminal: () => Promise.reject(new Error('suspended already')),
    setReports: isOn => modes.push(isOn),
    refreshSize: () => {},
    setAway: () => {},
    whileAway: async () => {},
  });
  await expect(done).rejects.toThrow('suspended already');
  expect(modes).toEqual([false, true]);
});

test('after a stop that could not be handled the terminal is only taken back', async () => {
  const {log, done} = start({isStopping: false});
  await done;
  expect(log).toEqual(ALL.filter(line => !line.startsWith('kill')));
});
