import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {createJobControl} from '../../../bin/terminal/job-control.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open({isSupported = true} = {}) {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {
    pid: 7,
    kill: (pid: number, signal: string) => {
      log.push(`kill ${pid} ${signal}, listening: ${host.listenerCount('SIGTSTP')}`);
    },
  });
  const control = createJobControl({
    host,
    setReports: isOn => log.push(`mouse ${isOn}`),
    onResume: () => log.push('resumed'),
    isSupported,
  });
  const suspendTerminal = async (callback: () => Promise<void>): Promise<void> => {
    log.push('give');
    await callback();
    log.push(`take, away: ${control.isAway()}`);
  };
  return {host, control, log, suspendTerminal};
}

const STOP = ['mouse false', 'give', 'kill 0 SIGTSTP, listening: 0'];
const BACK = ['kill 7 SIGWINCH, listening: 0', 'take, away: false', 'mouse true', 'resumed'];

test('SIGTSTP from outside does what Ctrl+Z does, any number of times', async () => {
  const {host, control, log, suspendTerminal} = open();
  control.setSuspender(suspendTerminal);
  for (let round = 0; round < 2; round++) {
    host.emit('SIGTSTP');
    // While it is being stopped there is nothing to stop.
    control.stop();
    expect(log.splice(0)).toEqual(STOP);
    expect({isSuspended: control.isSuspended(), isAway: control.isAway()}).toEqual({
      isSuspended: true,
      isAway: true,
    });
    host.emit('SIGCONT');
    await vi.advanceTimersByTimeAsync(0);
    expect(log.splice(0)).toEqual(BACK);
    expect(control.isSuspended()).toBe(false);
  }
});

test('after a stop that nobody could handle the terminal is taken back', async () => {
  const {host, control, log, suspendTerminal} = open();
  control.setSuspender(suspendTerminal);
  host.emit('SIGCONT');
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['mouse false', 'give', ...BACK]);
  expect(host.listenerCount('SIGTSTP')).toBe(1);
});

test('a stop that comes before the screen waits for it', async () => {
  const {host, control, log, suspendTerminal} = open();
  host.emit('SIGTSTP');
  host.emit('SIGCONT');
  expect(log).toEqual([]);
  control.setSuspender(suspendTerminal);
  expect(log).toEqual(STOP);
  host.emit('SIGCONT');
  await vi.advanceTimersByTimeAsync(0);
  control.setSuspender(suspendTerminal);
  expect(log).toEqual([...STOP, ...BACK]);
});

test('nothing is stopped where no process can be', () => {
  const {host, control, log, suspendTerminal} = open({isSupported: false});
  control.setSuspender(suspendTerminal);
  control.stop();
  expect(log).toEqual([]);
  expect(host.eventNames()).toEqual([]);
});

test('disposed of, it listens to nothing', () => {
  const {host, control} = open();
  expect(host.eventNames()).toHaveLength(2);
  control.dispose();
  expect(host.eventNames()).toEqual([]);
});

test('while the terminal is away, fatal signals do what they do by themselves', async () => {
  const {host, control, suspendTerminal} = open();
  const heard: string[] = [];
  for (const name of ['first', 'second']) host.on('SIGTERM', () => heard.push(name));
  control.setSuspender(suspendTerminal);
  control.stop();
  expect(host.listenerCount('SIGTERM')).toBe(0);
  host.emit('SIGCONT');
  await vi.advanceTimersByTimeAsync(0);
  host.emit('SIGTERM');
  expect(heard).toEqual(['first', 'second']);
});

describe('another program that has the terminal', () => {
  test('has it until it ends, with Ctrl+C for itself, and what it leads to is handed on', async () => {
    const {host, control, log, suspendTerminal} = open();
    const heard: string[] = [];
    host.on('SIGINT', () => heard.push('interrupted'));
    control.setSuspender(suspendTerminal);
    const ended = Promise.withResolvers<string>();
    const lent = control.lend(() => ended.promise);
    expect(log.splice(0)).toEqual(['mouse false', 'give']);
    expect(control.isAway()).toBe(true);
    // Not ended by it, and not asked for it.
    host.emit('SIGINT');
    expect(host.listenerCount('SIGQUIT')).toBe(1);
    // SIGTSTP stops both programs: nobody handles it.
    expect(host.listenerCount('SIGTSTP')).toBe(0);
    host.emit('SIGCONT');
    ended.resolve('saved');
    expect(await lent).toBe('saved');
    expect(log).toEqual(BACK);
    expect(host.listenerCount('SIGQUIT')).toBe(0);
    host.emit('SIGINT');
    expect(heard).toEqual(['interrupted']);
  });

  test('does not get it while it is away, or before there is a screen', async () => {
    const {host, control, log, suspendTerminal} = open();
    const run = () => Promise.resolve('ran');
    expect(await control.lend(run)).toBeNull();
    control.setSuspender(suspendTerminal);
    control.stop();
    expect(await control.lend(run)).toBeNull();
    expect(log).toEqual(STOP);
    host.emit('SIGCONT');
    await vi.advanceTimersByTimeAsync(0);
    expect(await control.lend(run)).toBe('ran');
  });

  test('gives it back when it fails', async () => {
    const {host, control, suspendTerminal} = open();
    control.setSuspender(suspendTerminal);
    await expect(control.lend(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect({isSuspended: control.isSuspended(), isAway: control.isAway()}).toEqual({
      isSuspended: false,
      isAway: false,
    });
    expect(host.listenerCount('SIGINT')).toBe(0);
  });

  test('gets it as well where no process can be stopped', async () => {
    const {control, log, suspendTerminal} = open({isSupported: false});
    control.setSuspender(suspendTerminal);
    expect(await control.lend(() => Promise.resolve('ran'))).toBe('ran');
    expect(log).toEqual(['mouse false', 'give', 'take, away: false', 'mouse true', 'resumed']);
  });
});
