import {expect, test} from 'vitest';
import {copyToClipboard} from '../../../bin/terminal/clipboard.js';

const PLAIN = '\u001b]52;c;YcOpIDM=\u0007';

test('asks the terminal by OSC 52', () => {
  expect(copyToClipboard('aé 3', {TERM: 'xterm-256color'})).toBe(PLAIN);
});

test.each([{TMUX: '/tmp/tmux-1000/default,1,0'}, {TERM: 'tmux-256color'}])(
  'asks tmux, and the terminal around it: %j',
  env => {
    const wrapped = '\u001bPtmux;\u001b\u001b]52;c;YcOpIDM=\u0007\u001b\\';
    expect(copyToClipboard('aé 3', env)).toBe(PLAIN + wrapped);
  },
);

test('asks the terminal around GNU screen, in pieces that it takes', () => {
  const text = 'x'.repeat(1500);
  const pieces = copyToClipboard(text, {STY: '1.pts', TERM: 'screen'}).split('\u001b\\');
  expect(pieces.pop()).toBe('');
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) {
    expect(piece.startsWith('\u001bP')).toBe(true);
    expect(piece.length).toBeLessThan(768);
  }
  expect(pieces.map(piece => piece.slice(2)).join('')).toBe(copyToClipboard(text, {}));
});
