import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {pathToFileURL} from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine: `CHROME_PATH`, else one on PATH, else null. */
export function findChromium(): string | null {
  const {CHROME_PATH, PATH = ''} = process.env;
  if (CHROME_PATH) return CHROME_PATH;
  const folders = [...PATH.split(delimiter), '/usr/bin'];
  return folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(existsSync) ?? null;
}

/** Loads a page in headless Chromium and returns its document after its scripts have run. */
export function loadPage(chromium: string, html: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-chromium-'));
  try {
    const page = join(folder, 'page.html');
    writeFileSync(page, html);
    const args = [...FLAGS, `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=10000'];
    const {status, stdout, stderr} = spawnSync(chromium, [...args, '--dump-dom', pathToFileURL(page).href], {
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    if (status !== 0) throw new Error(`${chromium} failed (${status}):\n${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  }
}
