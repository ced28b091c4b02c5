import type {ReadStream} from 'node:tty';
import {expect, test, vi} from 'vitest';
import {openControllingTty, type TtyEdge} from '../../../bin/terminal/controlling-tty.js';
import {getPlatform} from '../../../src/platform/platform.js';

const stream = {} as ReadStream;

function createEdge(edge: Partial<TtyEdge> = {}) {
  return {open: vi.fn(() => 7), isatty: () => true, close: vi.fn(), createStream: () => stream, ...edge};
}

test('opens the terminal of the process', () => {
  const edge = createEdge();
  expect(openControllingTty(edge, getPlatform('linux'))).toBe(stream);
  expect(edge.open).toHaveBeenCalledWith('/dev/tty');
  expect(edge.close).not.toHaveBeenCalled();
  expect(openControllingTty(edge, getPlatform('win32'))).toBe(stream);
  expect(edge.open).toHaveBeenCalledWith('\\\\.\\CONIN$');
});

const fail = (): never => {
  throw new Error('ENXIO');
};

test.each<[string, Partial<TtyEdge>, number]>([
  ['no terminal', {open: fail}, 0],
  ['something else', {isatty: () => false}, 1],
  ['a stream that cannot be made', {createStream: fail}, 1],
])('%s gives null and leaves nothing open', (_, part, closed) => {
  const edge = createEdge(part);
  expect(openControllingTty(edge, getPlatform('linux'))).toBeNull();
  expect(edge.close).toHaveBeenCalledTimes(closed);
});
