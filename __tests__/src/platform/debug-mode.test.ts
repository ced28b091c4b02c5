import {afterEach, describe, expect, test, vi} from 'vitest';
import {formatUnexpectedError} from '../../../bin/unexpected-error.js';
import {isDebugMode} from '../../../src/platform/debug-mode.js';
import {toFailure} from '../../../src/reader/failure.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each([
  [undefined, false],
  ['', false],
  ['0', false],
  ['false', false],
  ['1', true],
  ['yes', true],
])('MEMRAY_TREE_DEBUG=%s', (value, isOn) => {
  test(`is ${isOn ? 'on' : 'off'} wherever an error is reported`, () => {
    vi.stubEnv('MEMRAY_TREE_DEBUG', value);
    const error = new Error('broken');
    expect(isDebugMode(process.env)).toBe(isOn);
    expect(formatUnexpectedError(error, process.env).includes('debug-mode.test')).toBe(isOn);
    expect(toFailure(error).message.includes('debug-mode.test')).toBe(isOn);
  });
});
