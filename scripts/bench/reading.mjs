// `npm run bench`: reading, start and memory against memray, interleaved, as one table with the goals.
// Options: --rounds N, --50m (50 M records too, about 3 minutes), --100m (linear growth), --only WORD (lines of one kind).
import {parseArgs} from 'node:util';
import {describeMachine, ensureCapture, ensureVenv} from './environment.mjs';
import {compareReaders, measureOurs} from './measure.mjs';
import {compareStartUp, measureOpenScreen} from './start-up.mjs';
import {createLine, createRatioLine, formatBytes, formatMs, formatTable} from './table.mjs';
import {keys} from './terminal-session.mjs';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    '50m': {type: 'boolean'},
    '100m': {type: 'boolean'},
    only: {type: 'string'},
  },
});
const rounds = Number(values.rounds);
const isWanted = what => values.only === undefined || what.includes(values.only);
const lines = [];
/** Medians of a capture's readings, by name. */
const readings = new Map();

const readerGoals = [
  ['mixed-1m', '1 M records, mixed', 0.25],
  ['mixed-10m', '10 M records, mixed', 0.16],
  ['threads-10m', '10 M records, 8 threads', 0.16],
  ['live-10m', '10 M records, 1.5 M live', 0.16],
  ['deep-10m', '10 M records, deep recursion', 0.2],
  ...(values['50m'] ? [['mixed-50m', '50 M records, mixed', 0.15]] : []),
];

ensureVenv();
const machine = describeMachine();
if (isWanted('cpu')) compareAllReaders();
if (isWanted('linear') && values['100m']) addLinearLine();
if (isWanted('memory')) await addMemoryLines();
if (isWanted('start')) await addStartLines();
process.stdout.write(`${machine}; medians of ${rounds}\n\n${formatTable(lines)}`);
process.exitCode = lines.every(line => line.isMet) ? 0 : 1;

function compareAllReaders() {
  for (const [name, label, goal] of readerGoals) {
    const {ours, memray} = compareReaders(name, ensureCapture(name), name.endsWith('50m') ? 3 : rounds);
    readings.set(name, ours);
    lines.push(
      createRatioLine({what: `CPU to the tree, ${label}`, ours: ours.cpuMs, memray: memray.cpuMs, goal}),
    );
  }
}

function getReading(name) {
  if (!readings.has(name)) readings.set(name, measureOurs(name, ensureCapture(name), 3));
  return readings.get(name);
}

function addLinearLine() {
  const [small, large] = ['mixed-10m', 'mixed-100m'].map(getReading);
  lines.push(
    createLine({
      what: 'CPU, 100 M records to 10 M',
      ours: `${formatMs(large.cpuMs)} : ${formatMs(small.cpuMs)}`,
      value: large.cpuMs / small.cpuMs,
      goal: 11,
    }),
  );
}

async function addMemoryLines() {
  const few = ['mixed-10m', ...(values['50m'] ? ['mixed-50m'] : [])];
  for (const name of few) addBytesLine(`peak memory, JSON, ${name}`, getReading(name).peakBytes, 100e6);
  for (const name of few) {
    const memory = await measureOpenScreen(ensureCapture(name), keys.down);
    if (memory === null) continue;
    addBytesLine(`memory with the screen open, ${name}`, memory.residentBytes, 150e6, memory.peakBytes);
  }
  const perMillion = (getReading('live-10m').peakBytes - getReading('mixed-10m').peakBytes) / 1.5;
  addBytesLine('memory per million live allocations', perMillion, 64e6);
}

function addBytesLine(what, value, goal, peakBytes) {
  const ours = peakBytes ? `at most ${formatBytes(peakBytes)}` : '';
  lines.push(createLine({what, ours, value, goal, format: formatBytes}));
}

async function addStartLines() {
  const small = await compareStartUp('small', ensureCapture('small'), 2 * rounds);
  const first = 'launch → first row';
  lines.push(
    createRatioLine({
      what: `${first}, small file`,
      ours: small.ours.firstRowMs,
      memray: small.memray.firstRowMs,
      goal: 0.4,
    }),
  );
  const large = await compareStartUp('10 M records', ensureCapture('mixed-10m'), rounds);
  lines.push(
    createRatioLine({
      what: 'launch → whole tree, 10 M records',
      ours: large.ours.wholeTreeMs,
      memray: large.memray.firstRowMs,
      goal: 0.2,
    }),
    createLine({
      what: `${first} of the tree so far, 10 M records`,
      ours: '',
      value: large.ours.firstRowMs,
      goal: 500,
      format: formatMs,
    }),
  );
}
