import {expect, test} from 'vitest';
import {guessBackground, readBackground} from '../../../bin/terminal/background.js';

test.each([
  ['rgb:ffff/ffff/ffff', 'light'],
  ['rgb:0000/0000/0000', 'dark'],
  ['rgb:fdfd/f6f6/e3e3', 'light'],
  ['rgb:00/2b/36', 'dark'],
  ['rgb:f/f/f', 'light'],
  ['rgba:ffff/ffff/ffff/8000', 'light'],
  ['#fdf6e3', 'light'],
  ['#1e1e1e', 'dark'],
  ['rgb:ffff/ffff', null],
  ['white', null],
  ['', null],
])('%j is %s', (color, background) => {
  expect(readBackground(color)).toBe(background);
});

test.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;15', 'light'],
  ['0;7', 'light'],
  ['7;8', 'dark'],
  ['12;8', 'dark'],
  ['0;default', null],
  ['', null],
])('COLORFGBG=%j is %s', (colors, background) => {
  expect(guessBackground({COLORFGBG: colors})).toBe(background);
});
