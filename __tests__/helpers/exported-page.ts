import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, beforeEach} from 'vitest';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {type Browser, openBrowser, type Page} from './browser.js';
import {findChromium} from './chromium.js';
import {exportAs} from './export-formats.js';

/** Opens exported pages in Chromium; the tests of a file are skipped, with a message, where there is none. */
export function prepareExportedPages() {
  const chromium = findChromium();
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-page-'));
  let browser: Browser;

  beforeAll(async () => {
    if (chromium !== null) browser = await openBrowser(chromium, ['--window-size=1400,1000']);
  });
  beforeEach(({skip}) => {
    if (chromium !== null) return;
    const message = 'needs Chromium: "apt-get install chromium", or CHROME_PATH=/path/to/chrome';
    // The checks of .ci/run install one, so there it must be.
    if (process.env.CI) throw new Error(message);
    skip(message);
  });
  afterAll(async () => {
    if (chromium !== null) await browser.close();
    rmSync(folder, {recursive: true, force: true});
  });

  function openPage(html: string): Promise<Page> {
    const file = join(folder, 'page.html');
    writeFileSync(file, html);
    return browser.open(pathToFileURL(file).href);
  }

  async function openExport(snapshot: Snapshot, written = ''): Promise<Page> {
    const page = await openPage(String(await exportAs('html', snapshot, written)));
    await page.evaluate(drawn('document.querySelectorAll("#flame .bar").length > 0'));
    return page;
  }

  return {openPage, openExport};
}

/** Waits until something is true of the page, looking at it after each frame. */
function drawn(condition: string): string {
  return `new Promise(resolve => {
    const look = () => (${condition}) ? resolve(true) : requestAnimationFrame(look);
    look();
  })`;
}

export const nextFrame =
  'new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))';

export const readRows = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('#tree .row')].map(row =>
      [row.ariaLevel, ...[...row.querySelectorAll('span:not(.twist)')].map(cell => cell.textContent)].join(' '))`,
  );

/** Of each bar its text, and how much of the graph it takes, in percent. */
export const readBars = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('#flame .bar')].map(bar =>
      bar.ariaLabel + ' ' + parseFloat(bar.style.width).toFixed(2))`,
  );

/** Which of the elements that selectors find take room, by their names. */
export const listShown = (page: Page, selectors: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selectors)})]
      .filter(element => element.getClientRects().length > 0).map(({localName}) => localName)`,
  );

/** A page without its script. */
export function withoutScript(html: string): string {
  return html.slice(0, html.lastIndexOf('<script>'));
}

/** Expands everything by its keys. */
export async function expandAll(page: Page): Promise<void> {
  await page.evaluate(`document.getElementById('tree').focus()`);
  for (
    let row = 0;
    row < (await page.evaluate<number>(`document.querySelectorAll('#tree .row').length`));
    row++
  ) {
    const isClosed = await page.evaluate<boolean>(
      `document.querySelector('#tree .selected').ariaExpanded === 'false'`,
    );
    if (isClosed) await page.press('ArrowRight');
    await page.evaluate(nextFrame);
    await page.press('ArrowDown');
    await page.evaluate(nextFrame);
  }
}
