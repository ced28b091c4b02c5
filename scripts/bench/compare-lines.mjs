// What comparisons cost: two captures beside one plain reading, and a thousand captures side by side.
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ensureCapture, log, program, root} from './environment.mjs';
import {measure} from './measure.mjs';
import {createLine, formatBytes, formatMs, median} from './table.mjs';

/** Captures of the tests and examples, of different programs, and one of some MB. */
const FLEET = [
  '__tests__/fixtures/captures/imports.bin',
  'examples/newsroom/newsroom.bin',
  'examples/newsroom/fixed.bin',
].map(path => `${root}${path}`);
const FLEET_SIZE = 1000;

export function compareCaptures(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-compare-'));
  try {
    return [
      ...['mixed-10m', 'live-10m'].map(name => comparePair(name, folder, rounds)),
      ...compareFleet(folder),
    ];
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const run = (...words) => measure([process.execPath, program, '--json', ...words]);

function comparePair(name, folder, rounds) {
  const capture = ensureCapture(name);
  const other = join(folder, `${name}.bin`);
  copyFileSync(capture, other);
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    log(`${name}: two captures and one, ${round + 1} of ${rounds}`);
    runs.push({both: run('--diff', other, capture).cpuMs, one: run(capture).cpuMs});
  }
  return createLine({
    what: `CPU of a comparison of two captures to a plain reading, ${name}`,
    ours: `${formatMs(median(runs.map(({both}) => both)))} : ${formatMs(median(runs.map(({one}) => one)))}`,
    value: median(runs.map(({both, one}) => both / one)),
    goal: 2.2,
  });
}

function compareFleet(folder) {
  const files = [...FLEET, ensureCapture('mixed-1m')];
  const fleet = join(folder, 'fleet');
  mkdirSync(fleet);
  const paths = Array.from({length: FLEET_SIZE}, (_, index) => join(fleet, `${index}.bin`));
  for (const [index, path] of paths.entries()) symlinkSync(files[index % files.length], path);
  log(`${FLEET_SIZE} captures side by side`);
  const {wallMs, peakBytes} = run('--compare', ...paths);
  const what = `${FLEET_SIZE} captures side by side`;
  return [
    createLine({what, value: wallMs, goal: 60_000, format: formatMs}),
    createLine({what: `${what}, peak memory`, value: peakBytes, goal: 500e6, format: formatBytes}),
  ];
}
