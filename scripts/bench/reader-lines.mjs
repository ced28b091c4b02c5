import {ensureCapture} from './environment.mjs';
import {compareReaders} from './measure.mjs';
import {createLine, formatMs} from './table.mjs';

/** What is read against memray: capture, its name in the table, goal of the ratio of CPU times. */
export const readerGoals = [
  {name: 'mixed-1m', label: '1 M records, mixed', goal: 0.25},
  {name: 'mixed-10m', label: '10 M records, mixed', goal: 0.16},
  {name: 'threads-10m', label: '10 M records, 8 threads', goal: 0.16},
  {name: 'live-10m', label: '10 M records, 1.5 M live', goal: 0.16},
  {name: 'deep-10m', label: '10 M records, deep recursion', goal: 0.2},
];
export const longReaderGoal = {name: 'mixed-50m', label: '50 M records, mixed', goal: 0.15};

/** The line of one capture, and our medians. */
export function compareReading({name, label, goal}, rounds) {
  const {ours, memray, cpuRatio} = compareReaders(name, ensureCapture(name), rounds);
  const line = createLine({
    what: `CPU to the tree, ${label}`,
    ours: formatMs(ours.cpuMs),
    memray: formatMs(memray.cpuMs),
    value: cpuRatio,
    goal,
  });
  return {line, ours};
}
