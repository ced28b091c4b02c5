import {expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;

/** Sizes of every layout, and the way back. */
const SIZES = [
  [140, 50],
  [100, 24],
  [85, 40],
  [60, 15],
  [59, 30],
  [30, 8],
  [10, 3],
  [1, 1],
  [200, 12],
  [80, 24],
  [120, 40],
] as const;

async function openIn(columns: number, rows: number): Promise<Terminal> {
  const terminal = openTerminal([nested], {columns, rows});
  await terminal.waitFor(screen => (columns < 20 ? screen.trim() !== '' : / 3\.66\d?MB/.test(screen)));
  return terminal;
}

/** Both may still be drawing. */
async function expectSameScreen(terminal: Terminal, fresh: Terminal): Promise<void> {
  const isSame = () => terminal.screen() === fresh.screen();
  await Promise.any([terminal.waitFor(isSame), fresh.waitFor(isSame)]).catch(() => {
    expect(terminal.screen()).toBe(fresh.screen());
  });
  fresh.dispose();
}

it('draws the same after a resize as when opened in that size, whatever was there before', async () => {
  const resized = await openIn(120, 40);
  for (const [columns, rows] of SIZES) {
    resized.resize(columns, rows);
    await expectSameScreen(resized, await openIn(columns, rows));
  }
  // Nothing scrolled out above: no frame was ever higher than the terminal.
  expect(resized.emulator.buffer.active.baseY).toBe(0);
  resized.press('q');
  expect((await resized.exited).code).toBe(0);
  resized.dispose();
});

it('keeps up with many resizes in a row', async () => {
  const terminal = await openIn(120, 40);
  for (let columns = 119; columns > 40; columns -= 3) terminal.resize(columns, 10 + (columns % 20));
  terminal.resize(90, 25);
  await expectSameScreen(terminal, await openIn(90, 25));
  terminal.dispose();
});

it('searches on a screen of a few columns', async () => {
  const terminal = openTerminal([nested], {columns: 15, rows: 12});
  await terminal.waitFor('<ROOT>');
  terminal.type('/ a b');
  await terminal.waitFor('a b▏');
  terminal.resize(7, 4);
  terminal.press('backspace', 'enter', 'down', 'E', 'end');
  await terminal.waitFor(/^❯/m);
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  expect(terminal.output()).not.toMatch(/rror/);
  terminal.dispose();
});
