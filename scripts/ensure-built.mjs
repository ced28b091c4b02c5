// Builds unless dist/ is there and newer than every source: what `npm start` and `npm test` begin with.
import {existsSync, readdirSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'bin',
  'components',
  'hooks',
  'src',
  'scripts',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.types.json',
];
const lastBuilt = `${root}dist/types`;

function getNewestMs(path) {
  if (path.endsWith('/generated')) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => getNewestMs(`${path}/${name}`)));
}

const isFresh =
  existsSync(lastBuilt) && sources.every(source => getNewestMs(root + source) < statSync(lastBuilt).mtimeMs);
if (!isFresh) await import('./build.mjs');
