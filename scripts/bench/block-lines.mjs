// What the second reading costs that `places` and other views of single blocks take: its CPU time beside that of a
// reading without blocks, and the memory of both in one process.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {ensureCapture, log} from './environment.mjs';
import {measure} from './measure.mjs';
import {createLine, formatBytes, formatMs, median} from './table.mjs';

const reader = fileURLToPath(new URL('read-blocks.mjs', import.meta.url));
const program = fileURLToPath(new URL('../../dist/bin/memray-tree-ink.js', import.meta.url));
const captures = ['mixed-10m', 'live-10m', 'deep-10m', 'threads-10m'];

export function compareBlocks(rounds) {
  return [...captures.map(name => compareReadings(name, rounds)), measureMemory(rounds)];
}

function compareReadings(name, rounds) {
  const capture = ensureCapture(name);
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    log(`${name}: with blocks and without, ${round + 1} of ${rounds}`);
    runs.push(JSON.parse(execFileSync(process.execPath, [reader, capture], {encoding: 'utf8'})));
  }
  const times = kind => formatMs(median(runs.map(run => run[kind])));
  return createLine({
    what: `CPU of a reading with blocks to one without, ${name}`,
    ours: `${times('blocks')} : ${times('plain')}`,
    value: median(runs.map(({blocks, plain}) => blocks / plain)),
    goal: 1.3,
  });
}

function measureMemory(rounds) {
  const command = [process.execPath, program, '--json', '--places', ensureCapture('mixed-10m')];
  const value = median(Array.from({length: rounds}, () => measure(command).peakBytes));
  return createLine({what: 'peak memory, places, mixed-10m', value, goal: 110e6, format: formatBytes});
}
