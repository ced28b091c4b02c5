// `npm run bench`: reading, start and memory against memray, interleaved, as one table with the goals.
// Options: --rounds N, --50m (50 M records too, about 3 minutes), --100m (linear growth),
// --only cpu|linear|memory|start|partials|blocks|compare.
// --shapes: synthetic captures of unusual shapes instead; --shape NAME only those whose name begins like
// this.
import {parseArgs} from 'node:util';
import {compareBlocks} from './block-lines.mjs';
import {compareCaptures} from './compare-lines.mjs';
import {describeMachine, ensureCapture, ensureVenv} from './environment.mjs';
import {measureOurs} from './measure.mjs';
import {comparePartials} from './partial-lines.mjs';
import {compareReading, longReaderGoal, readerGoals} from './reader-lines.mjs';
import {compareShapes} from './shapes.mjs';
import {compareLargeStart, compareSmallStart, measureOpenScreen} from './start-up.mjs';
import {createLine, formatBytes, formatMs, formatTable} from './table.mjs';
import {keys} from './terminal-session.mjs';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    '50m': {type: 'boolean'},
    '100m': {type: 'boolean'},
    only: {type: 'string'},
    shapes: {type: 'boolean'},
    shape: {type: 'string', default: ''},
  },
});
const rounds = Number(values.rounds);
const isWanted = what => values.only === undefined || what === values.only;
const lines = [];
/** Medians of a capture's readings, by name. */
const readings = new Map();

ensureVenv();
const machine = describeMachine();
if (values.shapes || values.shape) lines.push(...compareShapes(values.shape, rounds));
else await comparePrograms();
process.stdout.write(
  `${machine}; medians of ${rounds} runs each (small file in a terminal ${2 * rounds}; 50 M records, and where only ours runs, 3)\n\n${formatTable(lines)}`,
);
process.exitCode = lines.every(line => line.isMet) ? 0 : 1;

async function comparePrograms() {
  if (isWanted('cpu')) compareAllReaders();
  if (isWanted('linear') && values['100m']) addLinearLine();
  if (isWanted('memory')) await addMemoryLines();
  if (isWanted('start'))
    lines.push(...(await compareSmallStart(2 * rounds)), ...(await compareLargeStart(rounds)));
  if (isWanted('partials')) lines.push(...comparePartials(rounds, values['50m']));
  if (isWanted('blocks')) lines.push(...compareBlocks(rounds));
  if (isWanted('compare')) lines.push(...compareCaptures(rounds));
}

function compareAllReaders() {
  for (const goal of [...readerGoals, ...(values['50m'] ? [longReaderGoal] : [])]) {
    const {line, ours} = compareReading(goal, goal === longReaderGoal ? Math.min(rounds, 3) : rounds);
    readings.set(goal.name, ours);
    lines.push(line);
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
