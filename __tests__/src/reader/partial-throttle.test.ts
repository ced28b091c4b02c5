import {expect, test} from 'vitest';
import {createPartialThrottle} from '../../../src/reader/partial-throttle.js';

/** A thread whose time is a number: timers run when it is set forward, and it is busy when asked to be. */
function createThread() {
  let nowMs = 0;
  let timers: {readonly atMs: number; readonly run: () => void}[] = [];
  const thread = {
    busyMs: 0,
    getBusyMs: () => thread.busyMs,
    setTimer(run: () => void, ms: number) {
      const timer = {atMs: nowMs + ms, run};
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    advance(untilMs: number) {
      for (; nowMs < untilMs; nowMs++) {
        const due = timers.filter(timer => timer.atMs <= nowMs);
        timers = timers.filter(timer => timer.atMs > nowMs);
        for (const timer of due) timer.run();
      }
    },
  };
  return thread;
}

function createThrottle() {
  const thread = createThread();
  const asked: true[] = [];
  const throttle = createPartialThrottle(() => asked.push(true), thread);
  return {thread, throttle, asked};
}

test('the next partial is asked for when the last one has taken a twentieth of the time', () => {
  const {thread, throttle, asked} = createThrottle();
  throttle.noteShown();
  thread.busyMs += 10;
  thread.advance(189);
  expect(asked).toHaveLength(0);
  thread.advance(192);
  expect(asked).toHaveLength(1);
  thread.advance(5000);
  expect(asked).toHaveLength(1);
});

test('one that costs nothing is followed by another as soon as it is drawn', () => {
  const {thread, throttle, asked} = createThrottle();
  throttle.noteShown();
  thread.advance(53);
  expect(asked).toHaveLength(1);
});

test('nothing is asked for after the end', () => {
  const {thread, throttle, asked} = createThrottle();
  throttle.noteShown();
  throttle.stop();
  thread.advance(1000);
  throttle.noteShown();
  thread.advance(1052);
  throttle.stop();
  thread.advance(5000);
  expect(asked.length).toBe(1);
});
