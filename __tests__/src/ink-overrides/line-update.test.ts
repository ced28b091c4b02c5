import unicode11 from '@xterm/addon-unicode11';
import headless, {type IBufferCell, type Terminal} from '@xterm/headless';
import fc from 'fast-check';
import {afterAll, describe, expect, test} from 'vitest';
import getUpdate from '../../../src/ink-overrides/ink-line-update.js';
import {updateInkLine as updateLine} from '../../../src/ink-overrides/originals.js';

const COLUMNS = 16;
const PIECES = [
  ...['a', 'b', 'c', ' ', ' ', '   ', '1', '─', '…', 'é', '漢', '📂', '❯', '▾'],
  ...[
    '1',
    '2',
    '3',
    '4',
    '7',
    '9',
    '22',
    '23',
    '24',
    '27',
    '29',
    '31',
    '94',
    '39',
    '42',
    '49',
    '0',
    '',
    '1;2;36',
  ]
    .concat('38;5;9', '48;2;1;22;255', '38;2;4;4;4;1')
    .map(codes => `\u001b[${codes}m`),
];
const END = '\u001b[0m';
const line = fc.string({unit: fc.constantFrom(...PIECES), maxLength: 14}).map(text => text + END);

function openScreen(): Terminal {
  const terminal = new headless.Terminal({cols: COLUMNS, rows: 3, allowProposedApi: true});
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  return terminal;
}

const screens = [openScreen(), openScreen()] as const;
afterAll(() => {
  for (const screen of screens) screen.dispose();
});

/** What is seen of the second row after this has been written there. */
async function look(terminal: Terminal, bytes: string): Promise<readonly string[]> {
  await new Promise<void>(resolve => terminal.write(`\u001bc\r\n${bytes}`, resolve));
  const row = terminal.buffer.active.getLine(1)!;
  return Array.from({length: COLUMNS}, (_, column) => describeCell(row.getCell(column)!));
}

function describeCell(cell: IBufferCell): string {
  const text = cell.getChars() || ' ';
  const ground = `${cell.getBgColorMode()}:${cell.getBgColor()} ${cell.isUnderline()} ${cell.isStrikethrough()}`;
  const ink = `${cell.getFgColorMode()}:${cell.getFgColor()} ${cell.isBold()} ${cell.isDim()} ${cell.isItalic()}`;
  // On a blank only the ground is seen, unless it is the ink that makes it.
  return text === ' ' && !cell.isInverse() ? ground : `${text} ${ground} ${ink} ${cell.isInverse()}`;
}

describe('a line made another one', () => {
  test('looks as if it were written again', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
    const fits = (text: string) => [...text.replace(/\u001b\[[\d;]*m/g, '')].length <= COLUMNS / 2;
    const whole = line.filter(fits);
    await fc.assert(
      fc.asyncProperty(whole, whole, async (previous, next) => {
        const update: string = getUpdate(previous, next, COLUMNS);
        const [changed, redrawn] = await Promise.all([
          look(screens[0], `${previous}\r${update}`),
          look(screens[1], next),
        ]);
        expect(changed).toEqual(redrawn);
      }),
      {numRuns: 2000},
    );
  });

  test('writes only what differs', () => {
    expect(getUpdate('one two three', 'one 2wo three', 40)).toBe('\u001b[5G2');
    expect(getUpdate('\u001b[1mab\u001b[22m cdefgh 1', '\u001b[1mab\u001b[22m Cdefgh 2', 40)).toBe(
      '\u001b[4GC\u001b[6C2',
    );
    expect(getUpdate('one', 'one', 40)).toBe('');
    expect(getUpdate('one two', 'one', 40)).toBe('\u001b[4G\u001b[K');
  });

  test('spends no colours on blanks, and short gaps are written again', () => {
    const next = '\u001b[34mab\u001b[39m \u001b[34mcd\u001b[39m';
    expect(getUpdate('xx   xx', next, 40)).toBe('\u001b[1G\u001b[34mab cd\u001b[0m\u001b[K');
    expect(getUpdate('abcabc', 'xbcxbc', 40)).toBe('\u001b[1Gxbcx');
  });

  test.each([
    ['a mark', 'e\u0301x', 'e\u0301y'],
    ['a joined sign', '👩\u200d👩\u200d👧 x', '👩\u200d👩\u200d👧 y'],
    ['a tab', '\tx', '\ty'],
    ['another sequence', '\u001b]8;;u\u0007x', '\u001b]8;;u\u0007y'],
    ['a look without a part', '\u001b[5mx\u001b[25m', '\u001b[5my\u001b[25m'],
    ['a look that stays', 'x\u001b[1m', 'y\u001b[1m'],
    ['more cells than the screen has', 'x'.repeat(50), 'y'.repeat(50)],
  ])("with %s is Ink's work", (_, previous, next) => {
    expect(getUpdate(previous, next, 40)).toBe(updateLine(previous, next, 40));
  });

  test("of an unknown width is Ink's work", () => {
    expect(getUpdate('one', 'two', undefined)).toBe(updateLine('one', 'two', undefined as unknown as number));
  });
});
