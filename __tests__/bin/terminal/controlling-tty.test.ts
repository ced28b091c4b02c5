import type {ReadStream} from 'node:tty';
import {expect, test, vi} from 'vitest';
import {openControllingTty, type TtyHost} from '../../../bin/terminal/controlling-tty.js';
import {getPlatform} from '../../../src/platform/platform.js';

const stream = {} as ReadStream;

function createHost(host: Partial<TtyHost> = {}) {
  return {open: vi.fn(() => 7), isatty: () => true, close: vi.fn(), createStream: () => stream, ...host};
}

test('opens the terminal of the process', () => {
  const host = createHost();
  expect(openControllingTty(host, getPlatform('linux'))).toBe(stream);
  expect(host.open).toHaveBeenCalledWith('/dev/tty');
  expect(host.close).not.toHaveBeenCalled();
  expect(openControllingTty(host, getPlatform('win32'))).toBe(stream);
  expect(host.open).toHaveBeenCalledWith('\\\\.\\CONIN$');
});

const fail = (): never => {
  throw new Error('ENXIO');
};

test.each<[string, Partial<TtyHost>, number]>([
  ['no terminal', {open: fail}, 0],
  ['something else', {isatty: () => false}, 1],
  ['a stream that cannot be made', {createStream: fail}, 1],
])('%s gives null and leaves nothing open', (_, part, closed) => {
  const host = createHost(part);
  expect(openControllingTty(host, getPlatform('linux'))).toBeNull();
  expect(host.close).toHaveBeenCalledTimes(closed);
});
