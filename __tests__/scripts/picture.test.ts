import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import xterm from '@xterm/headless';
import {beforeEach, describe, expect, test} from 'vitest';
import {drawPicture} from '../../scripts/picture/draw-picture.js';
import {drawScreen} from '../../scripts/picture/draw-screen.js';
import {pictures} from '../../scripts/picture/pictures.js';
import {findChromium} from '../helpers/chromium.js';
import {readDrawnCells, readExpectedCells} from '../helpers/picture-cells.js';
import {projectRoot} from '../helpers/terminal.js';

// The pictures of the documents, as a browser shows them: every letter in its own cell, every space empty.

let chromium = '';

beforeEach(({skip}) => {
  const found = findChromium();
  if (found !== null) {
    chromium = found;
    return;
  }
  const message = 'needs Chromium: "apt-get install chromium", or CHROME_PATH=/path/to/chrome';
  // The checks of .ci/run install one, so there it must be.
  if (process.env.CI) throw new Error(message);
  skip(message);
});

/** Draws what a program writes to a terminal of 40 × 6 cells. */
async function draw(text: string): Promise<string> {
  const terminal = new xterm.Terminal({cols: 40, rows: 6, allowProposedApi: true});
  await new Promise<void>(resolve => terminal.write(text, resolve));
  return drawScreen(terminal, {columns: 40, rows: 6});
}

const SCREEN = [
  'one  two   three    four',
  '    four spaces first',
  '\u001b[1mbold  text\u001b[22m  \u001b[7m  inverse  \u001b[27m  <&>',
  '\u001b[31m17 \u001b[32m    return \u001b[2m  dim   \u001b[0m.',
  '├▾ │  └─ i.l  W.W',
].join('\r\n');

describe('the picture of a screen in Chromium', () => {
  test('has every letter in its cell and nothing where spaces are', async () => {
    const svg = await draw(SCREEN);
    const expected = readExpectedCells(svg);
    expect(expected[0]).toBe('###  ###   #####    ####');
    expect(expected[1]).toBe('    #### ###### #####');
    expect(readDrawnCells(chromium, [svg])).toEqual([expected]);
  });

  test('is seen to be wrong where spaces do not count', async () => {
    const svg = (await draw(SCREEN)).replace('white-space: pre', 'white-space: normal');
    expect(readDrawnCells(chromium, [svg])).not.toEqual([readExpectedCells(svg)]);
  });

  test('is right in each document', () => {
    const svgs = pictures.map(({file}) => readFileSync(join(projectRoot, file), 'utf8'));
    const expected = svgs.map(readExpectedCells);
    for (const lines of expected) expect(lines.filter(line => line !== '').length).toBeGreaterThan(20);
    const drawn = readDrawnCells(chromium, svgs);
    expect(drawn).toHaveLength(pictures.length);
    for (const [index, {file}] of pictures.entries())
      expect({file, cells: drawn[index]}).toEqual({file, cells: expected[index]});
  });
});

describe.concurrent('the pictures of the documents', () => {
  test.each(pictures)('$file is the screen of today', async picture => {
    expect(readFileSync(join(projectRoot, picture.file), 'utf8')).toBe(await drawPicture(picture));
  });
});
