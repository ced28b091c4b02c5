import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {python, tell, treeCommand} from './environment.mjs';
import {median} from './table.mjs';

const runner = fileURLToPath(new URL('measure.py', import.meta.url));

/** CPU time (user and system), wall time and peak resident memory of one run of a command. */
export function measure(command) {
  return JSON.parse(execFileSync(python, [runner, ...command], {encoding: 'utf8'}));
}

/** Medians of {cpuMs, wallMs, peakBytes} until the tree of a capture is known, ours and memray's in turn. */
export function compareReaders(name, capture, rounds) {
  const runs = {ours: [], memray: []};
  // Not counted: it brings the capture and both programs into the page cache.
  measure(treeCommand.ours(capture));
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'memray']) {
      tell(`${name}: ${who}, ${round + 1} of ${rounds}`);
      runs[who].push(measure(treeCommand[who](capture)));
    }
  }
  return {ours: mediansOf(runs.ours), memray: mediansOf(runs.memray)};
}

/** Medians of our runs alone. */
export function measureOurs(name, capture, rounds) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    tell(`${name}: ours, ${round + 1} of ${rounds}`);
    runs.push(measure(treeCommand.ours(capture)));
  }
  return mediansOf(runs);
}

function mediansOf(runs) {
  const pick = key => median(runs.map(run => run[key]));
  return {cpuMs: pick('cpuMs'), wallMs: pick('wallMs'), peakBytes: pick('peakBytes')};
}
