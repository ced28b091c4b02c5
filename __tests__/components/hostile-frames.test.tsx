import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {App} from '../../components/App.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {SourceReader} from '../../src/source/source-reader.js';
import type {SourceResult} from '../../src/source/source-result.js';
import {hostileText, isForbidden} from '../helpers/hostile-text.js';
import {renderFrame} from '../helpers/render.js';
import {buildSnapshot} from '../helpers/snapshot-builder.js';

/**
 * The SGR sequences that we write: one colour or attribute each, none that blinks, hides or changes the font.
 */
const OWN_SEQUENCE = new RegExp(
  `${'\u001b'}\\[(?:0|[123479]|2[2-479]|3[0-79]|4[0-79]|9[0-7]|[34]8;5;\\d+|[34]8;2;\\d+;\\d+;\\d+)m`,
  'g',
);

/** What an attacker would write; some of it looks much like ours. */
const ATTACKS = [
  '\u001b[5m',
  '\u001b[1;31mred',
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u001b]52;c;aGk=\u001b\\',
  '\u001b]8;;http://x\u001b\\link',
  '\u009b2J',
  '\u001bP$q\u001b\\',
  '\u202egnp.exe',
  '"""\u001b[8m',
  "f'{\u001b[7m}'",
  '<b>&amp;&#27;[2J',
  '__proto__',
  '名前🎉'.repeat(30),
];
const text = fc.oneof(fc.constantFrom(...ATTACKS), hostileText);
const file = fc.oneof(
  text,
  text.map(name => `/app/${name}.py`),
);
const frame = fc.tuple(text, file, fc.integer({min: 0, max: 5}));

const screen = fc.record({
  locations: fc.array(
    fc.record({
      stack: fc.array(frame, {maxLength: 5}),
      bytes: fc.integer({min: 0, max: 10 ** 9}),
      thread: text,
    }),
    {minLength: 1, maxLength: 6},
  ),
  texts: fc.record({commandLine: text, name: text, query: text, note: text}),
  source: fc.array(text, {minLength: 1, maxLength: 8}),
  size: fc.constantFrom([140, 30], [100, 20], [70, 24], [40, 10], [12, 4]),
  colorBits: fc.constantFrom(4, 8, 24),
  keys: fc.array(fc.constantFrom('down', 'end', 'E', 'u', 'i', 'right', 'tab', '?', 'n'), {maxLength: 6}),
});
type Screen = typeof screen extends fc.Arbitrary<infer T> ? T : never;

function createReader(lines: readonly string[]): SourceReader {
  const result: SourceResult = {
    kind: 'text',
    path: `/real/${lines[0]}`,
    lines,
    firstLine: 1,
    totalLines: lines.length,
    language: 'python',
  };
  return {
    // One file is not there, and its name is shown.
    get: name => (name.startsWith('/app') ? result : {kind: 'not-found', tried: [name, `/x/${name}`]}),
    read: async () => result,
  };
}

async function checkScreen({locations, texts, source, size, colorBits, keys}: Screen): Promise<void> {
  const [columns, rows] = size;
  const snapshot = buildSnapshot(locations, {
    capture: {commandLine: texts.commandLine, notes: [texts.note]},
  });
  const store = createTreeStore({snapshot, name: texts.name});
  const app = renderFrame(<App store={store} sourceReader={createReader(source)} />, {
    columns,
    rows,
    colorBits: colorBits as 4 | 8 | 24,
  });
  const check = () => checkFrame(app.styledFrame(), columns, rows);
  await app.settle();
  check();
  for (const key of keys) {
    await app.press(key);
    check();
  }
  await app.press('/');
  await app.type(texts.query);
  check();
  app.unmount();
}

function checkFrame(styled: string, columns: number, rows: number): void {
  const lines = styled.replaceAll(OWN_SEQUENCE, '').split('\n');
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) {
    const forbidden = Array.from(line).filter(character => isForbidden(character.codePointAt(0)!));
    expect(forbidden, JSON.stringify(line)).toEqual([]);
    expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(columns);
  }
}

test('whatever names and sources hold, only our own sequences are on the screen, and nothing leaves it', async () => {
  await fc.assert(fc.asyncProperty(screen, checkScreen), {seed: 1, numRuns: 40});
});

test('the scan finds what is not ours', () => {
  for (const attack of ATTACKS.slice(0, 10)) {
    expect(() => checkFrame(`ab${attack}`, 80, 24), JSON.stringify(attack)).toThrow();
  }
  expect(() => checkFrame('\u001b[1m\u001b[38;2;1;2;3mab\u001b[39m\u001b[22m', 80, 24)).not.toThrow();
  expect(() => checkFrame('abc', 2, 1)).toThrow();
});
