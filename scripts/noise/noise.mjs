// `npm run noise`: tries the rule of src/query/compare/noise.ts on real recordings, in some minutes. Programs with
// natural noise are recorded 5 + 5 times: where both sides are the same, at most 5 % of the nodes may be marked;
// 2 MB that one function of one side holds must be found in every series.
//   --python PATH   one with memray (MEMRAY_PYTHON; otherwise that of the benchmarks, made if needed)
//   --folder PATH   for the recordings      --series N (20)   with something planted
import {mkdirSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {python as benchPython, ensureVenv, log, root} from '../bench/environment.mjs';
import '../typescript.mjs';
import {plantedFunction, programs, recordSides} from './record-runs.mjs';

const {findChanges} = await import('../../src/query/compare/noise.ts');
const {matchRuns} = await import('./match-runs.ts');

/** On each side. */
const RUNS = 5;
const AS_RECORDED = [...Array(2 * RUNS).keys()];
const MAX_FALSE_SHARE = 0.05;
const PLANTED_BYTES = 2_000_000;
const MAX_ERROR = 0.1;

const {values} = parseArgs({
  options: {
    python: {type: 'string', default: process.env.MEMRAY_PYTHON ?? ''},
    folder: {type: 'string', default: `${root}node_modules/.cache/memray-tree-ink-noise`},
    series: {type: 'string', default: '20'},
  },
});
const seriesCount = Number(values.series);
if (values.python === '') ensureVenv();
const python = values.python || benchPython;
mkdirSync(values.folder, {recursive: true});

const areSame = Object.keys(programs).map(compareSame);
const found = Array.from({length: seriesCount}, (_, series) => findPlanted(series));
const foundCount = found.filter(Boolean).length;
print(`planted ${PLANTED_BYTES} bytes: found in ${foundCount} of ${seriesCount} series`);
process.exitCode = areSame.every(Boolean) && foundCount === seriesCount ? 0 : 1;

/** Whether few nodes are marked in a program whose sides do not differ. */
function compareSame(name) {
  log(`recording ${name}`);
  const nodes = matchRuns(record(name, 'same', 0));
  const recorded = share(nodes, AS_RECORDED);
  // Any other division of the same runs is as good: together they say what is to be expected.
  const shares = listDivisions().map(order => share(nodes, order));
  const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
  const count = nodes.depth.length;
  const above = shares.filter(value => value > MAX_FALSE_SHARE).length;
  print(
    `${name}: ${count} nodes, ${countVarying(nodes)} of them vary; ${Math.round(recorded * count)} marked (${percent(recorded)}). ` +
      `All ${shares.length} divisions of the runs: ${percent(mean)} on average, ${percent(Math.max(...shares))} at most, ` +
      `${above} above ${percent(MAX_FALSE_SHARE)}`,
  );
  return recorded <= MAX_FALSE_SHARE && mean <= MAX_FALSE_SHARE;
}

function findPlanted(series) {
  const names = Object.keys(programs);
  const name = names[series % names.length];
  log(`recording series ${series + 1}: ${name}`);
  const nodes = matchRuns(record(name, `planted-${series}`, PLANTED_BYTES));
  const {isChanged, difference} = findIn(nodes, AS_RECORDED);
  const planted = nodes.names.indexOf(plantedFunction);
  const isFound = isChanged[planted] === 1 && Math.abs(difference[planted] / PLANTED_BYTES - 1) <= MAX_ERROR;
  const path = new Set();
  for (let node = planted; node >= 0; node = nodes.parent[node]) path.add(node);
  const others = isChanged.reduce((sum, changed, node) => sum + (path.has(node) ? 0 : changed), 0);
  print(
    `series ${series + 1}, ${name}: ${isFound ? 'found' : 'missed'}, ${difference[planted]} bytes more than ` +
      `${range(nodes, planted)} of the base; ` +
      `${others} of ${nodes.depth.length - path.size} nodes marked elsewhere`,
  );
  return isFound;
}

/** Nodes that could be marked at all: most of a tree may be the same in all runs. */
function countVarying({bytes}) {
  return bytes.filter(row => Math.max(...row) - Math.min(...row) > 4096).length;
}

function record(name, series, plantedBytes) {
  return recordSides({python, folder: values.folder, name, series, runs: RUNS, plantedBytes});
}

/** @param order which runs are the base, then which are new */
function findIn({depth, bytes}, order) {
  const readValues = (node, row) =>
    order.forEach((run, index) => {
      row[index] = bytes[node][run];
    });
  return findChanges({depth, baseRuns: RUNS, newRuns: RUNS, readValues});
}

function share(nodes, order) {
  return findIn(nodes, order).isChanged.reduce((sum, changed) => sum + changed, 0) / nodes.depth.length;
}

/** All ways to divide the runs into two equal sides, the first run always in the base. */
function listDivisions() {
  const divisions = [];
  for (let bits = 1; bits < 2 ** (2 * RUNS); bits += 2) {
    const base = AS_RECORDED.filter(index => (bits >> index) & 1);
    if (base.length === RUNS)
      divisions.push([...base, ...AS_RECORDED.filter(index => !base.includes(index))]);
  }
  return divisions;
}

/** The least and the most that the base runs hold in a node. */
function range({bytes}, node) {
  const base = bytes[node].subarray(0, RUNS);
  return `${Math.min(...base)} to ${Math.max(...base)}`;
}

function percent(value) {
  return `${(100 * value).toFixed(1)} %`;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
