import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {log, python, treeCommand} from './environment.mjs';
import {median} from './table.mjs';

const runner = fileURLToPath(new URL('measure.py', import.meta.url));

/** More CPU time than this is not waited for. */
const LIMIT_SECONDS = 60;

/**
 * CPU time (user and system), wall time and peak resident memory of one run of a command, and whether it was
 * stopped because it took too long.
 */
export function measure(command) {
  return JSON.parse(execFileSync(python, [runner, String(LIMIT_SECONDS), ...command], {encoding: 'utf8'}));
}

/**
 * Medians of {cpuMs, wallMs, peakBytes} until the tree of a capture is known, ours and memray's in turn, and the
 * median of the ratio of CPU times of runs that followed each other: on a machine whose speed changes it changes less.
 * @param biggest how many locations the tree is made of
 */
export function compareReaders(name, capture, rounds, biggest = 200) {
  const runs = {ours: [], memray: []};
  // Not counted: it brings the capture and both programs into the page cache.
  measure(treeCommand.ours(capture, biggest));
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'memray']) {
      log(`${name}: ${who}, ${round + 1} of ${rounds}`);
      runs[who].push(measure(treeCommand[who](capture, biggest)));
    }
  }
  const ratios = runs.ours.map(({cpuMs}, round) => cpuMs / runs.memray[round].cpuMs);
  return {ours: mediansOf(runs.ours), memray: mediansOf(runs.memray), cpuRatio: median(ratios)};
}

/** Medians of our runs alone. */
export function measureOurs(name, capture, rounds, biggest = 200) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    log(`${name}: ours, ${round + 1} of ${rounds}`);
    runs.push(measure(treeCommand.ours(capture, biggest)));
  }
  return mediansOf(runs);
}

function mediansOf(runs) {
  const pick = key => median(runs.map(run => run[key]));
  const stopped = runs.some(run => run.stopped);
  return {cpuMs: pick('cpuMs'), wallMs: pick('wallMs'), peakBytes: pick('peakBytes'), stopped};
}
