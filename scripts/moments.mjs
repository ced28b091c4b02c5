// `npm run moments -- CAPTURE…`: every moment and range of captures must be what memray 1.20.0 has in the
// data of its `flamegraph --temporal`: `at:#i`, `peak:A..B` and `grown:A..B` between the memory records (of
// long runs some of the ranges), by sums and by each place that allocated; and the points of `--timeline`.
// Where they differ, a plain replay of memray's records has to say that we are right, and a model of
// memray's ways has to give what it has; else the exit code is 1.
// Folders are searched for captures. What ends in .gz is unpacked. Needs Python 3 with venv (PYTHON names
// another one), and the network at the first time, to install memray.
//   --seed N      the ranges of long runs (1)
//   --seconds N   how long memray may take for a capture (60)
//   --list        print each difference that is explained
import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {gunzipSync} from 'node:zlib';
import {cache, ensureMemray} from './memray-environment.mjs';
import './typescript.mjs';

const {compareCapture} = await import('./moments/compare.mjs');

const NEWEST = '1.20.0';
const MAX_OUTPUT_BYTES = 2 ** 30;

const text = {type: 'string'};
const options = {seed: text, seconds: text, list: {type: 'boolean'}};
const {values, positionals} = parseArgs({options, allowPositionals: true});
const {seed = '1', seconds = '60', list = false} = values;
const python = ensureMemray(NEWEST);
const folder = `${cache}/moments`;
mkdirSync(folder, {recursive: true});

/** Captures, with the name that is printed: the path below the argument. */
function listCaptures(argument) {
  if (!statSync(argument).isDirectory()) return [{name: argument, path: argument}];
  return readdirSync(argument, {recursive: true, encoding: 'utf8'})
    .filter(name => /\.bin(\.\d+)?(\.gz)?$/.test(name))
    .sort()
    .map(name => ({name, path: join(argument, name)}));
}

/** A path that memray can read, and the bytes. */
function unpack(path) {
  if (!path.endsWith('.gz')) return {path, bytes: readFileSync(path)};
  const bytes = gunzipSync(readFileSync(path));
  const unpacked = `${folder}/unpacked.bin`;
  writeFileSync(unpacked, bytes);
  return {path: unpacked, bytes};
}

/** What memray says of a capture; with a `reason` where it does not. */
function askMemray(path, ...options) {
  const script = fileURLToPath(new URL('moments-read.py', import.meta.url));
  const {status, signal, stdout, error} = spawnSync(python, [script, ...options, path], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: Number(seconds) * 1000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error?.code === 'ETIMEDOUT') return {reason: `memray takes more than ${seconds} s`};
  if (status !== 0) return {reason: `memray ends with ${signal ?? `exit code ${status}`}`};
  return JSON.parse(stdout);
}

const allExplained = [];
const sums = {captures: 0, compared: 0, leftOut: 0, comparisons: 0, equal: 0, problems: 0};

function describeKinds(explained) {
  const groups = [...Map.groupBy(explained, ({kind}) => kind)];
  return groups.map(([kind, members]) => `${members.length} ${kind}`).join(', ') || 'none';
}

/** A line for a capture, and one for each problem. */
function report(name, outcome) {
  const {reason, memoryRecords, ranges, comparisons, equal, explained, problems} = outcome;
  sums.captures++;
  sums[reason === null ? 'compared' : 'leftOut']++;
  sums.comparisons += comparisons;
  sums.equal += equal;
  allExplained.push(...explained);
  sums.problems += comparisons - equal - explained.length;
  const counts = `${comparisons} comparisons, ${equal} equal, explained: ${describeKinds(explained)}`;
  const left = `left out: ${reason}${comparisons > 0 ? ` Of its course: ${counts}` : ''}`;
  const what = reason === null ? `${memoryRecords} memory records, ${ranges} ranges, ${counts}` : left;
  process.stdout.write(`${name}: ${what}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  if (!list) return;
  for (const {view, kind, difference} of explained)
    process.stdout.write(`  ${view}: ${kind}: ${difference}\n`);
}

if (positionals.length === 0) throw new Error('name captures, or folders that hold some');
for (const {name, path} of positionals.flatMap(listCaptures)) {
  const capture = unpack(path);
  const ask = (...options) => askMemray(capture.path, ...options);
  report(name, await compareCapture(capture.bytes, ask, Number(seed)));
}
const {captures, compared, leftOut, comparisons, equal, problems} = sums;
process.stdout.write(`${captures} captures: ${compared} compared, ${leftOut} left out\n`);
process.stdout.write(
  `${comparisons} comparisons: ${equal} equal, ${allExplained.length} explained, ${problems} problems\n`,
);
process.stdout.write(`explained: ${describeKinds(allExplained)}\n`);
process.exitCode = problems > 0 ? 1 : 0;
