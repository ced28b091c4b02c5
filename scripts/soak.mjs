// `npm run soak`: opens and closes captures in one process, which must not become larger; then presses random keys and
// types random queries on several captures, where each frame must be that of a fresh render of the same state.
//   --captures N   how many are opened (1,000)     --seconds N   how long keys are pressed (480)
//   --seed N       another series of keys (random)     FILE…   captures for the keys besides those of the fixtures
import {spawnSync} from 'node:child_process';
import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import './typescript.mjs';

const {fixturesDirectory, listCaptures} = await import('../__tests__/helpers/captures.ts');
const {CaptureError, deriveTree, readCapture, toJson, toText} = await import('../dist/headless.js');

const MAX_CAPTURE_BYTES = 100_000;
/** Opened before it counts, while code is compiled and the allocator takes what it keeps for later. */
const WARM_UP_CAPTURES = 1500;
const MAX_SPREAD = 0.05;

const text = {type: 'string'};
const {values, positionals} = parseArgs({
  options: {captures: text, seconds: text, seed: text},
  allowPositionals: true,
});
const files = positionals.map(path => resolve(path));
const captures = Number(values.captures ?? 1000);
const seconds = values.seconds ?? '480';
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

async function openAndClose(path) {
  try {
    const result = await readCapture(path, {allLocations: true});
    toText(result);
    toJson(await deriveTree(result, 'flat by:function sort:own'), {depth: 3});
    return true;
  } catch (error) {
    if (error instanceof CaptureError) return false;
    throw error;
  }
}

/** The size of the process, in bytes. Memory of wasm is given back some turns after it is garbage. */
async function measure() {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return process.memoryUsage().rss;
}

async function soakCaptures() {
  const paths = listCaptures(fixturesDirectory)
    .map(({path}) => path)
    .filter(path => statSync(path).size <= MAX_CAPTURE_BYTES);
  const samples = [];
  let shown = 0;
  for (let index = 0; index < WARM_UP_CAPTURES + captures; index++) {
    const isCounted = index >= WARM_UP_CAPTURES;
    const isShown = await openAndClose(paths[index % paths.length]);
    if (isShown && isCounted) shown++;
    // After each round, since the files are not of one size.
    if (isCounted && index % paths.length === paths.length - 1) samples.push(await measure());
  }
  const sorted = samples.toSorted((a, b) => a - b);
  const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const spread = Math.max(most / middle - 1, 1 - least / middle);
  const toMb = bytes => (bytes / 1e6).toFixed(1);
  process.stdout.write(
    `${captures} captures (${paths.length} files) opened after ${WARM_UP_CAPTURES} others, ${shown} shown: ` +
      `${toMb(least)} to ${toMb(most)} MB, ±${(100 * spread).toFixed(1)} % of ${toMb(middle)} MB\n`,
  );
  return spread <= MAX_SPREAD;
}

/** The same test as `npm test` has, for longer. */
function soakKeys() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const {status} = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', '__tests__/components/random-keys.test.tsx'],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        MEMRAY_TREE_SOAK_SECONDS: seconds,
        MEMRAY_TREE_SOAK_SEED: seed,
        ...(files.length > 0 && {MEMRAY_TREE_SOAK_FILES: files.join('\n')}),
      },
    },
  );
  return status === 0;
}

const isFlat = captures === 0 || (await soakCaptures());
process.stdout.write(isFlat ? '' : 'the process grows\n');
const isSame = Number(seconds) === 0 || soakKeys();
process.exitCode = isFlat && isSame ? 0 : 1;
