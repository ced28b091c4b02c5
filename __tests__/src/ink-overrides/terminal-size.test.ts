import {afterEach, expect, test, vi} from 'vitest';
import getTerminalSize from '../../../src/ink-overrides/terminal-size.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const tty = (columns: number, rows: number) => ({columns, rows});

test.each([
  [tty(100, 30), tty(1, 2), {}, tty(100, 30)],
  [tty(0, 0), tty(90, 20), {}, tty(90, 20)],
  [{}, {}, {COLUMNS: '70', LINES: '10'}, tty(70, 10)],
  [tty(0, 0), {}, {COLUMNS: '-5', LINES: 'x'}, tty(80, 24)],
  [{}, {}, {COLUMNS: '70'}, tty(80, 24)],
])('of the output %j, standard error %j, variables %j: %j', (stdout, stderr, env, size) => {
  vi.stubGlobal('process', {stdout, stderr, env});
  expect(getTerminalSize()).toEqual(size);
});
