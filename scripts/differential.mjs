// `npm run differential`: random valid captures, written and read by memray 1.20.0 itself, must give the same here: all
// locations in the same order, peak and number of records. Needs Python 3 with venv (PYTHON names another one), and the
// network at the first time, to install memray.
//   --count N (500)      --seed N   another series (random)      --first N   begin the series there
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, rmSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual, parseArgs} from 'node:util';
import './typescript.mjs';

const {readSnapshot, toPlainLocations} = await import('../__tests__/helpers/read-snapshot.ts');

const MEMRAY = 'memray==1.20.0';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}node_modules/.cache`;
const environment = `${cache}/${MEMRAY.replace('==', '-')}-venv`;
const folder = `${cache}/differential`;

const text = {type: 'string'};
const {values} = parseArgs({options: {count: text, seed: text, first: text}});
const {count = '500', first = '0', seed = String(Math.floor(Math.random() * 2 ** 31))} = values;

/** Returns the path of a Python that has memray. */
function ensureMemray() {
  const python = `${environment}/bin/python`;
  if (existsSync(`${environment}/bin/memray`)) return python;
  execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', '--clear', environment], {stdio: 'inherit'});
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', MEMRAY], {stdio: 'inherit'});
  return python;
}

/** "temporary 3" → the view. */
function parseView(name) {
  const [kind, threshold] = name.split(' ');
  return threshold === undefined ? {kind} : {kind, threshold: Number(threshold)};
}

/** memray adds 1 for every further aggregated record that it merges, instead of its count. */
function withoutCount(location, {isAggregated}) {
  return isAggregated ? {...location, allocations: 0} : location;
}

/** What differs, as a line of text; null if nothing does. */
function compare(theirs) {
  const {frames, path, views} = theirs;
  for (const [name, locations] of Object.entries(views)) {
    const snapshot = readSnapshot(path, {view: parseView(name), biggestAllocs: Infinity});
    const {allocationRecords, damage, peakBytes} = snapshot.capture;
    if (damage !== null) return `damage: ${damage.message}`;
    if (peakBytes !== theirs.peakBytes) return `peak ${peakBytes} instead of ${theirs.peakBytes}`;
    if (allocationRecords !== theirs.allocationRecords) {
      return `${allocationRecords} records instead of ${theirs.allocationRecords}`;
    }
    const ours = toPlainLocations(snapshot);
    if (ours.length !== locations.length)
      return `${name}: ${ours.length} locations instead of ${locations.length}`;
    for (const [i, [thread, bytes, allocations, stack]] of locations.entries()) {
      const expected = {thread, bytes, allocations, stack: stack.map(frame => frames[frame])};
      const [a, b] = [ours[i], expected].map(location => withoutCount(location, theirs));
      if (!isDeepStrictEqual(a, b))
        return `${name}, location ${i}: ${JSON.stringify(a)}\ninstead of ${JSON.stringify(b)}`;
    }
  }
  return null;
}

const python = ensureMemray();
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
process.stdout.write(`comparing ${count} captures, --seed ${seed}\n`);
const script = fileURLToPath(new URL('differential.py', import.meta.url));
const writer = spawn(python, [script, folder, seed, first, count], {stdio: ['ignore', 'pipe', 'inherit']});
const exited = new Promise(resolve => writer.on('close', resolve));

const shapes = new Map();
let locations = 0;
let differing = 0;
for await (const line of createInterface({input: writer.stdout})) {
  const theirs = JSON.parse(line);
  shapes.set(theirs.shape, (shapes.get(theirs.shape) ?? 0) + 1);
  for (const view of Object.values(theirs.views)) locations += view.length;
  const difference = compare(theirs);
  if (difference === null) {
    rmSync(theirs.path);
  } else {
    differing++;
    process.stdout.write(`${theirs.path} (${theirs.shape}): ${difference}\n`);
  }
}
const compared = [...shapes.values()].reduce((sum, n) => sum + n, 0);
process.stdout.write(`${compared} captures with ${locations} locations compared; ${differing} differ\n`);
process.stdout.write(`${[...shapes].map(([shape, n]) => `${n} ${shape}`).join(', ')}\n`);
process.exitCode = (await exited) === 0 && differing === 0 && compared === Number(count) ? 0 : 1;
