import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ESCAPE_KEY, endInput, type InputPart, splitInput} from '../../../bin/terminal/terminal-input.js';
import type {TerminalEvent} from '../../../bin/terminal/terminal-reports.js';

/** The keys as one text, and the events. */
function collect(parts: readonly InputPart[]): {text: string; events: TerminalEvent[]} {
  const events = parts.flatMap(part => (part.kind === 'keys' ? [] : [part]));
  return {text: parts.map(part => (part.kind === 'keys' ? part.text : '')).join(''), events};
}

/** What the whole of an input is made of. */
function split(input: string): {text: string; events: TerminalEvent[]; rest: string} {
  const {parts, rest} = splitInput(input);
  return {...collect(parts), rest};
}

/** Feeds pieces one after another, as a stream does. */
function feed(pieces: readonly string[]): {text: string; events: TerminalEvent[]; rest: string} {
  let rest = '';
  const parts: InputPart[] = [];
  for (const piece of pieces) {
    const {parts: more, rest: left} = splitInput(rest + piece);
    parts.push(...more);
    rest = left;
  }
  return {...collect(parts), rest};
}

describe('reports', () => {
  test.each<[string, TerminalEvent]>([
    ['\u001b[<0;1;1M', {kind: 'press', button: 'left', column: 0, row: 0}],
    ['\u001b[<0;12;34m', {kind: 'release', button: 'left', column: 11, row: 33}],
    ['\u001b[<1;3;4M', {kind: 'press', button: 'middle', column: 2, row: 3}],
    ['\u001b[<2;300;400M', {kind: 'press', button: 'right', column: 299, row: 399}],
    ['\u001b[<20;3;4M', {kind: 'press', button: 'left', column: 2, row: 3}],
    ['\u001b[<64;3;4M', {kind: 'wheel', direction: -1, column: 2, row: 3}],
    ['\u001b[<65;3;4M', {kind: 'wheel', direction: 1, column: 2, row: 3}],
    ['\u001b[<69;3;4M', {kind: 'wheel', direction: 1, column: 2, row: 3}],
  ])('%j', (input, event) => {
    expect(split(input)).toEqual({text: '', events: [event], rest: ''});
  });

  test.each([['\u001b[<35;3;4M'], ['\u001b[<32;3;4M'], ['\u001b[<66;3;4M'], ['\u001b[<3;3;4M']])(
    '%j is of no use and goes',
    input => {
      expect(split(input)).toEqual({text: '', events: [], rest: ''});
    },
  );
});

test.each([['abc'], ['\u001b[A'], ['\u001bOP'], ['\u001b[1;2A'], ['名前🎉'], ['[<0;1;1M']])(
  '%j passes',
  input => {
    expect(split(input)).toEqual({text: input, events: [], rest: ''});
  },
);

test.each([
  ['\u001b'],
  ['\u001b['],
  ['\u001bO'],
  ['\u001b]11'],
  ['\u001b[<'],
  ['\u001b[<0;1'],
  ['\u001b[<0;12;34'],
  ['\u001b[1;2'],
  ['\u001b[200'],
  ['\u001b]11;rgb:00'],
  ['\u001b]11;#00ff'],
])('%j may go on', input => {
  expect(split(`x${input}`)).toEqual({text: 'x', events: [], rest: input});
});

test.each([
  ['\u001b[<0;1'],
  ['\u001b[<0;999999;'],
  ['\u001b[200'],
  ['\u001b[1;2'],
  ['\u001bO1;'],
  ['\u001b]11;'],
  ['\u001b]11;r'],
  ['\u001b]11;rgb:'],
  ['\u001b]11;rgb:00'],
  ['\u001b]11;#00'],
  [`\u001b[<${'1'.repeat(31)}`],
])('q and Ctrl+C end %j, which is dropped', input => {
  expect(split(`${input}q`)).toEqual({text: 'q', events: [], rest: ''});
  expect(split(`${input}\u0003`)).toEqual({text: '\u0003', events: [], rest: ''});
  expect(split(`${input}\u001b[A`)).toEqual({text: '\u001b[A', events: [], rest: ''});
  expect(collect(endInput(input))).toEqual({text: '', events: []});
});

test.each([
  ['\u001b[<0;999999;1M'],
  ['\u001b[?2026;2$y'],
  ['\u001b[200~'],
  ['\u001b[201~'],
  ['\u001b]10;rgb:0/0/0\u0007'],
  [`\u001b]11;${'f'.repeat(3000)}\u0007`],
  ['\u001bP>|xterm(388)\u001b\\'],
  ['\u001b_x\u001b\\'],
])('%j is no key', input => {
  expect(split(`a${input}b`)).toEqual({text: 'ab', events: [], rest: ''});
});

test.each([
  ['\u001bq', `${ESCAPE_KEY}q`],
  ['\u001b\u0003', `${ESCAPE_KEY}\u0003`],
  ['\u001b\u001b[A', `${ESCAPE_KEY}\u001b[A`],
  ['\u001b\u001bx', `${ESCAPE_KEY}${ESCAPE_KEY}x`],
  ['\u001b]x', `${ESCAPE_KEY}]x`],
  ['\u001b[\u0003', `${ESCAPE_KEY}[\u0003`],
  ['\u001b[q', `${ESCAPE_KEY}[q`],
  ['\u001b\u007f', '\u001b\u007f'],
])('of %j the ESC is a key, unless Backspace follows', (input, text) => {
  expect(split(input)).toEqual({text, events: [], rest: ''});
});

test.each([
  ['\u001b', ESCAPE_KEY],
  ['\u001b[', `${ESCAPE_KEY}[`],
  ['\u001b]11', `${ESCAPE_KEY}]11`],
  ['\u001b]11;rgb:00\u001b', ESCAPE_KEY],
])('%j at the end is the Esc key and what follows it', (input, text) => {
  expect(collect(endInput(input))).toEqual({text, events: []});
});

test('whatever comes, no more than a little is held, and Ctrl+C and q never', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\u001b',
      '\u001b[',
      '\u001bO',
      '\u001b[<',
      '\u001b]11;',
      'rgb:',
      '\u001bP',
      '\u001b[200~',
      '\u001b\\',
    ),
    fc.string({maxLength: 3}),
    fc.constantFrom(...';/1fM~$ \u0007'),
  );
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      const {rest} = feed(pieces);
      expect(rest.length).toBeLessThanOrEqual(64);
      expect(feed([...pieces, '\u0003']).text.at(-1)).toBe('\u0003');
      expect(feed([...pieces, 'q']).text.at(-1)).toBe('q');
    }),
  );
});

test('input may be cut anywhere', () => {
  const key = fc.constantFrom('a', 'q', '\u001b[A', '\u001b[1;2B', '\r', '名', '🎉', '[', 'M');
  const report = fc
    .tuple(
      fc.nat(70),
      fc.integer({min: 1, max: 500}),
      fc.integer({min: 1, max: 500}),
      fc.constantFrom('M', 'm'),
    )
    .map(([bits, column, row, end]) => `\u001b[<${bits};${column};${row}${end}`);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(key, report)),
      fc.infiniteStream(fc.integer({min: 1, max: 4})),
      (parts, sizes) => {
        const input = parts.join('');
        const whole = feed([input]);
        const pieces: string[] = [];
        for (let at = 0; at < input.length; ) {
          const {value: size} = sizes.next();
          pieces.push(input.slice(at, at + size));
          at += size;
        }
        expect(feed(pieces)).toEqual(whole);
        expect(whole.text).toBe(parts.filter(part => !part.startsWith('\u001b[<')).join(''));
      },
    ),
  );
});

test.each(['\u001b]11;rgb:ffff/ffff/ffff\u0007', '\u001b]11;rgb:ffff/ffff/ffff\u001b\\'])(
  'the answer to the question for the background, cut anywhere: %j',
  answer => {
    const events = [{kind: 'background', color: 'rgb:ffff/ffff/ffff'}];
    expect(split(`a${answer}b`)).toEqual({text: 'ab', events, rest: ''});
    for (let cut = 1; cut < answer.length; cut++) {
      const start = split(answer.slice(0, cut));
      expect(start).toEqual({text: '', events: [], rest: answer.slice(0, cut)});
      expect(split(start.rest + answer.slice(cut))).toEqual({text: '', events, rest: ''});
    }
  },
);
