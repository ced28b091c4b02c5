// `npm run bench -- --shapes`: captures of unusual shapes, with their goals.
import {ensureShape} from './environment.mjs';
import {compareReaders, measureOurs} from './measure.mjs';
import {createLine, createRatioLine, formatBytes, formatMs} from './table.mjs';

/**
 * The capture of a line, how many locations its tree has, and its goals: `ratio` of the CPU times, ours to
 * memray's; or
 * `ms` of ours alone, where memray takes more than a minute; `bytes` of memory.
 */
const shapes = [
  {capture: 'codes-100k', label: '100,000 code objects', ratio: 0.5},
  {capture: 'codes-1m', label: '1 M code objects, siblings', ratio: 0.6, bytes: 470e6},
  {capture: 'codes-1m', biggest: 2_000_000, label: '1 M code objects, siblings', ratio: 1},
  {capture: 'codes-1.1m', label: '1.1 M code objects', ratio: 0.6},
  {capture: 'native-100k', label: '100,000 native stacks', ratio: 0.5},
  {capture: 'native-100k', biggest: 5000, label: '100,000 native stacks', ratio: 1},
  {capture: 'native-100k', biggest: 100_000, label: '100,000 native stacks', ratio: 1},
  {capture: 'native-paired-100k', label: '100,000 native stacks with a loop', ratio: 0.5},
  {capture: 'native-paired-100k', biggest: 5000, label: '100,000 native stacks with a loop', ratio: 0.7},
  {
    capture: 'native-paired-100k',
    biggest: 100_000,
    label: '100,000 native stacks with a loop',
    ratio: 0.3,
    bytes: 500e6,
  },
  {capture: 'aggregated-100k', label: 'aggregated, 100,000 locations', ratio: 1},
  {capture: 'aggregated-100k', biggest: 2_000_000, label: 'aggregated, 100,000 locations', ratio: 1},
  {capture: 'aggregated-1m', label: 'aggregated, 1 M locations', ratio: 1, bytes: 512e6},
  {capture: 'aggregated-1m', biggest: 2_000_000, label: 'aggregated, 1 M locations', ratio: 1},
  {capture: 'labels-1m', label: '1 M threads with names', ratio: 0.4, bytes: 572e6},
  {capture: 'live-5m', label: '5 M live, nothing freed', ratio: 0.4},
  {capture: 'nodes-11m', label: '11 M stack nodes', ms: 20_000},
  {capture: 'threads-200k', label: '12 M stack nodes in 200,000 threads', ms: 15_000},
  {capture: 'maps-overlapping', label: '20,000 holes in 20,000 equal maps', ms: 2000, bytes: 200e6},
  {capture: 'maps-with-holes', label: '3,000 holes in 3,000 nested maps', ms: 2000, bytes: 200e6},
  {capture: 'maps-1m', label: '1 M maps, unmapped at random', ms: 3000, bytes: 200e6},
];

/** The lines of all shapes whose name begins with `start`. */
export function compareShapes(start, rounds) {
  return shapes
    .filter(({capture}) => capture.startsWith(start))
    .flatMap(shape => compareShape(shape, rounds));
}

function compareShape({capture: name, biggest = 200, label, ratio, ms, bytes}, rounds) {
  const capture = ensureShape(name);
  const isAlone = ratio === undefined;
  const compared = isAlone
    ? {ours: measureOurs(name, capture, rounds, biggest)}
    : compareReaders(name, capture, rounds, biggest);
  const what = `${label}, -b ${biggest}`;
  const lines = [isAlone ? createMsLine(what, compared.ours, ms) : createCompared(what, compared, ratio)];
  if (bytes === undefined) return lines;
  const {peakBytes} = compared.ours;
  return [
    ...lines,
    createLine({what: `${what}: memory`, value: peakBytes, goal: bytes, format: formatBytes}),
  ];
}

function createMsLine(what, {cpuMs, stopped}, goal) {
  const line = createLine({what, value: cpuMs, goal, format: formatMs});
  return stopped ? {...line, isMet: false} : line;
}

function createCompared(what, {ours, memray}, goal) {
  const line = createRatioLine({what, ours: ours.cpuMs, memray: memray.cpuMs, goal});
  if (memray.stopped) line.cells[2] = `> ${line.cells[2]}`;
  return ours.stopped ? {...line, isMet: false} : line;
}
