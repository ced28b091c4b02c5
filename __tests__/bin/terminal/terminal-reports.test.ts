import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {splitReports, type TerminalEvent} from '../../../bin/terminal/terminal-reports.js';

/** Feeds pieces one after another, as a stream does. */
function reader(pieces: readonly string[]): {text: string; events: TerminalEvent[]; rest: string} {
  let rest = '';
  let text = '';
  const events: TerminalEvent[] = [];
  for (const piece of pieces) {
    const split = splitReports(rest + piece);
    text += split.text;
    events.push(...split.events);
    rest = split.rest;
  }
  return {text, events, rest};
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
    expect(splitReports(input)).toEqual({text: '', events: [event], rest: ''});
  });

  test.each([['\u001b[<35;3;4M'], ['\u001b[<32;3;4M'], ['\u001b[<66;3;4M'], ['\u001b[<3;3;4M']])(
    '%j is of no use and goes',
    input => {
      expect(splitReports(input)).toEqual({text: '', events: [], rest: ''});
    },
  );
});

test.each([
  ['abc'],
  ['\u001b[A'],
  ['\u001bOP'],
  ['\u001b[1;2A'],
  ['\u001b\u001bx'],
  ['名前🎉'],
  ['[<0;1;1M'],
])('%j passes', input => {
  expect(splitReports(input)).toEqual({text: input, events: [], rest: ''});
});

test.each([['\u001b'], ['\u001b['], ['\u001b[<'], ['\u001b[<0;1'], ['\u001b[<0;12;34']])(
  '%j may go on',
  input => {
    expect(splitReports(`x${input}`)).toEqual({text: 'x', events: [], rest: input});
  },
);

test('a report that is broken off is dropped, what follows is kept', () => {
  expect(splitReports('\u001b[<0;1q')).toEqual({text: 'q', events: [], rest: ''});
  expect(splitReports('\u001b[<0;999999;1Mq').text).toBe('Mq');
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
        const whole = reader([input]);
        const pieces: string[] = [];
        for (let at = 0; at < input.length; ) {
          const {value: size} = sizes.next();
          pieces.push(input.slice(at, at + size));
          at += size;
        }
        expect(reader(pieces)).toEqual(whole);
        expect(whole.text).toBe(parts.filter(part => !part.startsWith('\u001b[<')).join(''));
      },
    ),
  );
});

test.each(['\u001b]11;rgb:ffff/ffff/ffff\u0007', '\u001b]11;rgb:ffff/ffff/ffff\u001b\\'])(
  'the answer to the question for the background, cut anywhere: %j',
  answer => {
    const events = [{kind: 'background', color: 'rgb:ffff/ffff/ffff'}];
    expect(splitReports(`a${answer}b`)).toEqual({text: 'ab', events, rest: ''});
    for (let cut = 1; cut < answer.length; cut++) {
      const start = splitReports(answer.slice(0, cut));
      expect(start).toEqual({text: '', events: [], rest: answer.slice(0, cut)});
      expect(splitReports(start.rest + answer.slice(cut))).toEqual({text: '', events, rest: ''});
    }
  },
);

test('other sequences of an operating system command are keys', () => {
  for (const input of ['\u001b]x', '\u001b]10;rgb:0/0/0\u0007', `\u001b]11;${'x'.repeat(41)}\u0007`]) {
    expect(splitReports(input)).toEqual({text: input, events: [], rest: ''});
  }
});
