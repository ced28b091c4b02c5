import {expect, test} from 'vitest';
import {getColorDepth} from '../../../bin/terminal/color-depth.js';
import {getPlatform} from '../../../src/platform/platform.js';
import type {ColorDepth} from '../../../src/style/tokens.js';

const terminal = {isTTY: true};
const pipe = {isTTY: false};

test.each<[Record<string, string>, ColorDepth, ColorDepth]>([
  [{TERM: 'xterm-256color'}, '256', 'none'],
  [{TERM: 'xterm'}, '16', 'none'],
  [{TERM: 'linux'}, '16', 'none'],
  [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'truecolor', 'none'],
  [{TERM: 'xterm-kitty'}, 'truecolor', 'none'],
  [{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none', 'none'],
  [{TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3'}, 'none', 'none'],
  [{TERM: 'xterm-256color', NO_COLOR: ''}, '256', 'none'],
  [{TERM: 'xterm', FORCE_COLOR: '3'}, 'truecolor', 'truecolor'],
  [{TERM: 'xterm', FORCE_COLOR: '2'}, '256', '256'],
  [{TERM: 'xterm-256color', FORCE_COLOR: '1'}, '16', '16'],
  [{TERM: 'xterm-256color', FORCE_COLOR: '0'}, 'none', 'none'],
  [{TERM: 'xterm-256color', FORCE_COLOR: 'true'}, '256', '256'],
  [{TERM: 'xterm', CLICOLOR_FORCE: '1'}, '16', '16'],
  [{TERM: 'xterm', CLICOLOR_FORCE: '0'}, '16', 'none'],
  [{TERM: 'xterm', CLICOLOR_FORCE: ''}, '16', 'none'],
  [{TERM: 'xterm-256color', CLICOLOR: '0'}, 'none', 'none'],
  [{TERM: 'xterm-256color', CLICOLOR: '1'}, '256', 'none'],
  [{TERM: 'xterm-256color', CLICOLOR: '0', CLICOLOR_FORCE: '1'}, '256', '256'],
  [{TERM: 'xterm', FORCE_COLOR: '0', CLICOLOR_FORCE: '1'}, 'none', 'none'],
  [{TERM: 'xterm', NO_COLOR: '1', CLICOLOR_FORCE: '1'}, 'none', 'none'],
  [{}, '16', 'none'],
])('%j', (env, onTerminal, onPipe) => {
  expect(getColorDepth(env, terminal, getPlatform('linux'))).toBe(onTerminal);
  expect(getColorDepth(env, pipe, getPlatform('linux'))).toBe(onPipe);
});

test('a Windows console', () => {
  expect(getColorDepth({}, terminal, getPlatform('win32'))).toBe('truecolor');
});
