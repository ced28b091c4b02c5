// Writes what comes beside the command: completions for shells, and its manual page.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import '../typescript.mjs';

const {formatBash, formatFish, formatZsh} = await import('./shell/completions.ts');
const {formatManPage} = await import('./shell/man-page.ts');

const root = fileURLToPath(new URL('../..', import.meta.url));
const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** The date of the newest release in the changelog; the present one has none yet. */
function readReleaseDate() {
  return /^## .*\b(\d{4}-\d{2}-\d{2})/m.exec(readFileSync(`${root}CHANGELOG.md`, 'utf8'))?.[1] ?? '';
}

const files = {
  'completions/memray-tree-ink.bash': formatBash(),
  'completions/_memray-tree-ink': formatZsh(),
  'completions/memray-tree-ink.fish': formatFish(),
  'man/memray-tree-ink.1': formatManPage(version, readReleaseDate()),
};
for (const folder of ['completions', 'man']) mkdirSync(`${root}dist/${folder}`, {recursive: true});
for (const [name, text] of Object.entries(files)) writeFileSync(`${root}dist/${name}`, text);
