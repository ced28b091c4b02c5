// What it costs that the tree is shown while a capture is read: CPU time of the same reading with partial
// trees and without.
import {fileURLToPath} from 'node:url';
import {ensureCapture, ensureFanCapture, log} from './environment.mjs';
import {measure} from './measure.mjs';
import {createLine, formatMs, median} from './table.mjs';

const reader = fileURLToPath(new URL('read-on-screen.mjs', import.meta.url));
/** Goals are for 5 % and, with 180,000 stack nodes or locations, for 10 % of the CPU time. */
const readings = [
  {name: 'mixed-10m', goal: 1.05},
  {name: 'live-10m', goal: 1.1},
  {name: 'deep-10m', goal: 1.1},
  {name: 'fan-100000', biggestAllocs: 100_000, goal: 1.1},
];
const longReading = {name: 'mixed-50m', goal: 1.05};

export function comparePartials(rounds, isLong) {
  // Ink and React are the installed ones here; those in the command line are built for production, and
  // faster.
  process.env.NODE_ENV = 'production';
  return [...readings, ...(isLong ? [longReading] : [])].map(({name, biggestAllocs = 200, goal}) => {
    const capture = name === 'fan-100000' ? ensureFanCapture(100_000) : ensureCapture(name);
    const runs = {partials: [], none: []};
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['partials', 'none']) {
        log(`${name} on a screen: ${kind}, ${round + 1} of ${rounds}`);
        runs[kind].push(measure([process.execPath, reader, capture, String(biggestAllocs), kind]).cpuMs);
      }
    }
    const ours = `${formatMs(median(runs.partials))} : ${formatMs(median(runs.none))}`;
    const value = median(runs.partials.map((partials, round) => partials / runs.none[round]));
    return createLine({what: `cost of partial trees, ${name}`, ours, value, goal});
  });
}
