import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import {highlight} from 'cli-highlight';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {createHighlightTheme} from '../../../components/source-style.js';
import {getCharacterWidth} from '../../../src/ink-overrides/character-width.js';
import {highlight as highlightFast} from '../../../src/ink-overrides/cli-highlight.js';
import RowOutput from '../../../src/ink-overrides/ink-output.js';
import getSanitized from '../../../src/ink-overrides/ink-sanitize-ansi.js';
import {InkOutput as Output, sanitizeInkAnsi as sanitizeAnsi} from '../../../src/ink-overrides/originals.js';
import getWidth from '../../../src/ink-overrides/string-width.js';

const SGR = [
  '\u001b[1m',
  '\u001b[22m',
  '\u001b[2;36m',
  '\u001b[39m',
  '\u001b[38;2;1;22;255m',
  '\u001b[m',
  '\u001b[;m',
];
const SIGNS = [
  ...['a', 'Z', ' ', '1', '#', '~', '─', '…', '‹', '漢', 'ｱ', 'ﾞ', '한', '\u1100', '\u1161', '\u11a8'],
  ...['📂', '❤', '\ufe0f', '\u200d', '👩', '🏽', '🇩', '🇪', '\u20e3'],
  ...['\u0301', '\u0903', '\u0d4d', '\u0600', '\u06dd', '\u{110bd}', '\u0d4e', '\u00ad', '\u200b', '\ud800'],
];
const CONTROLS = [
  '\r',
  '\t',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u001b',
  '\u001b]8;;x\u0007',
  '\u001b[31;12345m',
  '\u001b[2K',
];

test('widths are those of string-width', () => {
  const text = fc.string({
    unit: fc.constantFrom(...SIGNS, ...SIGNS, ...SGR, ...CONTROLS, '\n'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, value => {
      expect(getWidth(value)).toBe(stringWidth(value));
      expect(getWidth(value)).toBe(stringWidth(value));
    }),
    {numRuns: 5000},
  );
});

test('plain signs are as wide as string-width has them, alone and side by side', () => {
  const widths = Array.from({length: 0x20000}, (_, code): number => getCharacterWidth(code));
  const codes = [...widths.keys()].filter(code => widths[code]! > 0);
  const wrong = codes.filter(code => stringWidth(String.fromCodePoint(code)) !== widths[code]);
  expect(codes.length).toBeGreaterThan(20_000);
  expect(wrong).toEqual([]);
  const sign = fc.constantFrom(...codes).map(code => String.fromCodePoint(code));
  fc.assert(
    fc.property(fc.string({unit: sign}), text => {
      expect(getWidth(text)).toBe(stringWidth(text));
    }),
    {numRuns: 2000},
  );
});

test('options and what is no text go to string-width', () => {
  expect(getWidth('±', {ambiguousIsNarrow: false})).toBe(2);
  expect(getWidth('\u001b[1mx', {countAnsiEscapeCodes: true})).toBe(4);
  expect(getWidth(undefined as unknown as string)).toBe(0);
});

test('texts are checked as Ink checks them', () => {
  const unit = fc.constantFrom(...SIGNS, ...SIGNS, ...SGR, ...SGR, ...CONTROLS, '\n', '\u001b[4:3m');
  fc.assert(
    fc.property(fc.string({unit, maxLength: 8}), value => {
      expect(getSanitized(value)).toBe(sanitizeAnsi(value));
    }),
    {numRuns: 5000},
  );
});

interface Write {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const WIDTH = 24;
const HEIGHT = 4;

/**
 * The characters of each row with their styles. Rows may write the same look in other codes where two texts meet, and
 * a code between two characters ends a cell of which both would be a part.
 */
function paint(
  Painter: typeof Output,
  writes: readonly Write[],
  transform: (line: string, index: number) => string,
) {
  const output = new Painter({width: WIDTH, height: HEIGHT});
  for (const {x, y, text} of writes) output.write(x, y, text, {transformers: [transform]});
  const frame: {output: string; height: number} = output.get();
  const rows = frame.output
    .split('\n')
    .map(row =>
      styledCharsFromTokens(tokenize(row)).flatMap(({value, styles}) =>
        Array.from(value, character => [character, styles.map(({code}) => code)]),
      ),
    );
  return {height: frame.height, rows};
}

test('frames look as those of Ink, texts over each other as well', () => {
  const text = fc.string({unit: fc.constantFrom(...SIGNS, ...SGR, 'b', 'c', '\n'), maxLength: 12});
  const write = fc.record({
    x: fc.nat(WIDTH - 1),
    y: fc.integer({min: -1, max: HEIGHT}),
    text: fc.oneof(
      text,
      text.map(piece => `\u001b[7m${piece}\u001b[27m`),
    ),
  });
  const transform = fc.constantFrom<(line: string, index: number) => string>(
    line => line,
    (line, index) => `${index}\u001b[4m${line}\u001b[24m`,
  );
  fc.assert(
    fc.property(fc.array(write, {maxLength: 5}), transform, (writes, its) => {
      const expected = paint(Output, writes, its);
      expect(paint(RowOutput, writes, its)).toEqual(expected);
      expect(paint(RowOutput, writes, its)).toEqual(expected);
    }),
    {numRuns: 1000},
  );
});

test('blanks at the end of a row are dropped although a needless code follows them', () => {
  const painted = (Painter: typeof Output, text: string) => {
    const output = new Painter({width: WIDTH, height: 1});
    output.write(1, 0, text, {transformers: []});
    const frame: {output: string} = output.get();
    return frame.output;
  };
  const texts = ['a \u001b[39m', 'a\u001b[22m \u001b[39m ', ' \u001b[39m\u001b[22m', '\u001b[39m '];
  for (const text of texts) expect(painted(RowOutput, text)).toBe(painted(Output, text));
  expect(painted(RowOutput, '\u001b[7ma \u001b[27m')).toBe(' \u001b[7ma \u001b[27m');
});

test('texts side by side are put together without the grid of cells', () => {
  const output = new RowOutput({width: WIDTH, height: 2});
  Object.assign(output, {applyWriteOperation: () => expect.unreachable()});
  output.write(0, 0, 'left \u001b[1mbold\u001b[22m\nnext  ', {transformers: [(line: string) => line]});
  output.write(12, 0, '漢│', {transformers: []});
  expect(output.get()).toEqual({output: 'left \u001b[1mbold\u001b[22m   漢│\nnext', height: 2});
});

const CODE = [
  ...[
    'def f(a, b=1):\n',
    '@property\n',
    'class A(B):\n',
    'return ',
    'print(',
    ')',
    ' if a < b and b > a & 1:\n',
  ],
  ...[
    'f"{a + b[\'c\']}"',
    '"""doc >>> x"""',
    "'<b>&amp;'",
    '# TODO: &lt; it\n',
    '/* FIXME */',
    '// x\n',
    '0x1f',
    'None',
  ],
  ...['#include <vector>\n', 'template<typename T> int g(const T& t) {', '}\n', '\n', '    ', '漢', '"', "'"],
];

test('code gets the colours that cli-highlight gives it', () => {
  const theme = {...createHighlightTheme(), default: (text: string) => `(${text})`};
  const code = fc.string({unit: fc.constantFrom(...CODE), maxLength: 20});
  fc.assert(
    fc.property(code, fc.constantFrom('python', 'c', 'cpp'), (text, language) => {
      const expected = highlight(text, {language, theme});
      expect(highlightFast(text, {language, theme})).toBe(expected);
    }),
    {numRuns: 500},
  );
});

test.each([
  ['python', 'return f"{a:#x}"', 'return'],
  ['python', 'cdef int f() except? -1:\n    return 1', 'return'],
  ['cpp', 'int f(int a$b) { return 1; }', 'return'],
])('code in which the language %s sees an error has colours', (language, code, keyword) => {
  const theme = createHighlightTheme();
  expect(highlightFast(code, {language, theme})).toContain(`\u001b[35m${keyword}\u001b[39m`);
});
