// What a key that changes the query costs, in a real pseudo-terminal.
import {ensureFanCapture, ensureShape, log} from './environment.mjs';
import {openOurs} from './screen-lines.mjs';
import {formatMs, median, quantile} from './table.mjs';
import {keys} from './terminal-session.mjs';

const NODES = 100_000;
const PRESSES = 12;
/** Of them: not counted. */
const WARM_UP = 2;
/** Presses of a key that goes round through five orders or levels, or two filters. */
const ROUND_PRESSES = 20;
const MEDIAN_GOAL_MS = 50;
const SLOW_GOAL_MS = 100;
/** Other work on the machine may hold an answer up. */
const NO_ANSWER_MS = 5000;
const BACKSPACE = '\u007f';
const REDO = '\u0012';
/** A step that is new each time: nothing of what follows it is known from before. */
const OTHER_STACKS = ['f', 'a', '\r'];
const ESCAPE = '\u001b';

/** Captures with about 100,000 nodes. `rows`: how far below the root a row with much below it is, and a small one. */
const captures = [
  {label: 'fan', open: () => ensureFanCapture(NODES), rows: {large: 1, small: 5}},
  {label: 'calls', open: () => ensureShape('calls-100k'), rows: {large: 4, small: 30}},
];

/**
 * The keys that are measured. `once` is pressed before all, `before` and `after` around each; `row` is where the cursor
 * is. Keys without `after` go round, and come back by themselves.
 */
const trials = [
  {what: 'f a', key: 'a', before: ['f'], after: [ESCAPE]},
  {what: 'z', key: 'z', after: [BACKSPACE]},
  {what: 'Z', key: 'Z', after: [BACKSPACE]},
  {what: 'D, few stacks', key: 'D', row: 'small', after: [BACKSPACE]},
  {what: 'm', key: 'm', after: [BACKSPACE]},
  {what: 'c', key: 'c', after: [BACKSPACE]},
  {what: 'r', key: 'r', after: [BACKSPACE]},
  {what: 'b', key: 'b', after: [BACKSPACE]},
  {what: '2 of other stacks', key: '2', before: OTHER_STACKS, after: ['0']},
  {what: '2 again', key: '2', after: [BACKSPACE]},
  {what: '3 of other stacks', key: '3', before: OTHER_STACKS, after: ['0']},
  {what: '3 again', key: '3', after: [BACKSPACE]},
  {what: '4', key: '4', after: [BACKSPACE]},
  {what: '5', key: '5', after: [BACKSPACE]},
  {what: 's, each order', key: 's'},
  {what: 's, each order, inverted', key: 's', once: ['2']},
  {what: 'L, each level', key: 'L'},
  {what: 'Backspace after Z', key: BACKSPACE, before: ['Z'], after: []},
  {what: 'Backspace after 2', key: BACKSPACE, before: ['2'], after: []},
  {what: 'Ctrl+R after Z', key: REDO, before: ['Z', BACKSPACE], after: [BACKSPACE]},
  {what: '0 after m', key: '0', before: ['m'], after: [BACKSPACE, BACKSPACE]},
  {what: 'i', key: 'i'},
  {what: 'u', key: 'u'},
  {what: 'i after m', key: 'i', once: ['m']},
];

/** A line for each key and capture at one size of the screen. */
export async function measureQueryKeys(size) {
  const lines = [];
  for (const {label, open, rows} of captures) {
    const where = `${label}, ${size.columns} × ${size.rows}`;
    log(`${where}: keys that change the query of ${NODES} nodes`);
    const session = await openOurs(open(), size, ['-b', String(2 * NODES)]);
    for (const trial of trials) {
      const answers = await runTrial(session, trial, rows[trial.row ?? 'large']);
      lines.push(createKeyLine(`${trial.what} → frame, ${where}`, answers));
    }
    await session.close();
  }
  return lines;
}

/** Times to the first frame, and the CPU time of each key, which other work on the machine changes less. A key that nothing answers counts as one that is never answered. */
async function runTrial(session, {key, once = [], before = [], after}, row) {
  const pressAll = async list => {
    for (const other of list) await session.press(other);
  };
  await pressAll(['g', ...Array(row).fill(keys.down), ...once]);
  const frameMs = [];
  let cpuMs = 0;
  for (let i = 0; i < (after === undefined ? ROUND_PRESSES : PRESSES); i++) {
    await pressAll(before);
    const startCpuMs = session.readCpuMs();
    const answer = await session.press(key, NO_ANSWER_MS);
    if (i >= WARM_UP) {
      frameMs.push(answer?.frameMs ?? NO_ANSWER_MS);
      cpuMs += session.readCpuMs() - startCpuMs;
    }
    await pressAll(after ?? []);
  }
  if (after === undefined) await session.press('0');
  return {frameMs, cpuMs: cpuMs / frameMs.length};
}

function createKeyLine(what, {frameMs, cpuMs}) {
  const [middleMs, slowMs] = [median(frameMs), quantile(frameMs, 0.95)];
  const isMet = middleMs <= MEDIAN_GOAL_MS && slowMs <= SLOW_GOAL_MS;
  const figure = `${formatMs(middleMs)} / ${formatMs(slowMs)}`;
  return {
    cells: [
      `${what}, median / 95 %`,
      `CPU ${formatMs(cpuMs)} a key`,
      '',
      figure,
      `≤ ${MEDIAN_GOAL_MS} / ${SLOW_GOAL_MS} ms`,
      isMet ? '✓' : '✗',
    ],
    isMet,
    excess: Math.max(middleMs / MEDIAN_GOAL_MS, slowMs / SLOW_GOAL_MS),
  };
}
