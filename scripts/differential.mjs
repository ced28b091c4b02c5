// `npm run differential`: random valid captures, written and read by memray 1.20.0 itself, must give the same
// here: all locations in the same order, peak and number of records. Needs Python 3 with venv (PYTHON names
// another one), and the network at the first time, to install memray.
//   --count N (500)      --seed N   another series (random)      --first N   begin the series there
//   --memray RELEASE     an older one: 1.0.3, 1.1.0, 1.3.1, 1.6.0, 1.10.0 or 1.18.0, which need Python 3.10. Those
//                        cannot write what they are given; so we write, and they read. Before 1.20
//                        equals came in any order.
import {spawn} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual, parseArgs} from 'node:util';
import {cache, ensureMemray} from './memray-environment.mjs';
import './typescript.mjs';

const {readSnapshot, toPlainLocations} = await import('../__tests__/helpers/read-snapshot.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');
const {createSoundCapture} = await import('../__tests__/helpers/fuzzing/random-records.ts');

const NEWEST = '1.20.0';
/** The header versions that older releases read. */
const HEADERS = {'1.0.3': 6, '1.1.0': 7, '1.3.1': 8, '1.6.0': 9, '1.10.0': 10, '1.18.0': 11};

const text = {type: 'string'};
const {values} = parseArgs({options: {count: text, seed: text, first: text, memray: text}});
const {
  count = '500',
  first = '0',
  seed = String(Math.floor(Math.random() * 2 ** 31)),
  memray = NEWEST,
} = values;
if (memray !== NEWEST && HEADERS[memray] === undefined)
  throw new Error(`no --memray ${memray} is known here`);

const folder = `${cache}/differential`;

/** "temporary 3" → the view. */
function parseView(name) {
  const [kind, threshold] = name.split(' ');
  return threshold === undefined ? {kind} : {kind, threshold: Number(threshold)};
}

/** memray adds 1 for every further aggregated record that it merges, instead of its count. */
function withoutCount(location, {isAggregated}) {
  return isAggregated ? {...location, allocations: 0} : location;
}

/** Locations in an order that can be compared. */
function arrange(locations) {
  if (memray === NEWEST) return locations;
  return locations.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Starts memray; the captures that it prints lie in the folder. */
function startMemray(python) {
  const pathOf = name => fileURLToPath(new URL(name, import.meta.url));
  if (memray === NEWEST) {
    const args = [pathOf('differential.py'), folder, seed, first, count];
    return spawn(python, args, {stdio: ['ignore', 'pipe', 'inherit']});
  }
  const reader = spawn(python, [pathOf('differential-read.py')], {stdio: ['pipe', 'pipe', 'inherit']});
  for (let index = Number(first); index < Number(first) + Number(count); index++) {
    const path = `${folder}/${seed}-${index}.bin`;
    writeFileSync(path, createSoundCapture(HEADERS[memray], createRandom(Number(seed), index)));
    reader.stdin.write(`${path}\n`);
  }
  reader.stdin.end();
  return reader;
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
    const ours = arrange(toPlainLocations(snapshot));
    if (ours.length !== locations.length)
      return `${name}: ${ours.length} locations instead of ${locations.length}`;
    const expected = locations.map(([thread, bytes, allocations, stack]) => {
      return {thread, bytes, allocations, stack: stack.map(frame => frames[frame])};
    });
    for (const [i, location] of arrange(expected).entries()) {
      const [a, b] = [ours[i], location].map(location => withoutCount(location, theirs));
      if (!isDeepStrictEqual(a, b))
        return `${name}, location ${i}: ${JSON.stringify(a)}\ninstead of ${JSON.stringify(b)}`;
    }
  }
  return null;
}

const python = ensureMemray(memray);
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
process.stdout.write(`comparing ${count} captures with memray ${memray}, --seed ${seed}\n`);
const other = startMemray(python);
const exited = new Promise(resolve => other.on('close', resolve));

const shapes = new Map();
let locations = 0;
let differing = 0;
for await (const line of createInterface({input: other.stdout})) {
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
