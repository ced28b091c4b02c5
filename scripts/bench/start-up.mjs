// From the launch to the tree on the screen, in a real pseudo-terminal.
import {ensureCapture, log, memray, program} from './environment.mjs';
import {createLine, createRatioLine, formatMs, median} from './table.mjs';
import {openSession, replayScreens} from './terminal-session.mjs';

const ROOT_ROW = '<ROOT>';
/** Stands on our screen while reading goes on. */
const RATE = 'MB/s';

const commands = {
  ours: capture => [process.execPath, program, capture],
  memray: capture => [memray, 'tree', capture],
};

/** The line of a small file. */
export async function compareSmallStart(rounds) {
  const {ours, memray} = await compareStartUp('small', ensureCapture('small'), rounds);
  const what = 'launch → first row, small file';
  return [createRatioLine({what, ours: ours.firstRowMs, memray: memray.firstRowMs, goal: 0.4})];
}

/** The lines of 10 M records: the whole tree, and the first tree so far. */
export async function compareLargeStart(rounds) {
  const {ours, memray} = await compareStartUp('10 M records', ensureCapture('mixed-10m'), rounds);
  const what = 'launch → whole tree, 10 M records';
  const soFar = 'launch → first row of the tree so far, 10 M records';
  return [
    createRatioLine({what, ours: ours.wholeTreeMs, memray: memray.firstRowMs, goal: 0.2}),
    createLine({what: soFar, value: ours.firstRowMs, goal: 500, format: formatMs}),
  ];
}

/** Medians of {firstRowMs, wholeTreeMs} of both programs, run in turn. */
async function compareStartUp(name, capture, rounds) {
  const runs = {ours: [], memray: []};
  await start(commands.ours(capture));
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'memray']) {
      log(`${name} in a terminal: ${who}, ${round + 1} of ${rounds}`);
      runs[who].push(await start(commands[who](capture)));
    }
  }
  return {ours: mediansOf(runs.ours), memray: mediansOf(runs.memray)};
}

function mediansOf(runs) {
  return {
    firstRowMs: median(runs.map(run => run.firstRowMs)),
    wholeTreeMs: median(runs.map(run => run.wholeTreeMs)),
  };
}

async function start(command) {
  const session = openSession(command);
  const firstRowMs = await session.waitForChunk(text => text.includes(ROOT_ROW));
  await session.settle(400);
  const screens = await replayScreens(session);
  const lastReading = screens.findLastIndex(({text}) => text.includes(RATE));
  const whole = lastReading < 0 ? null : screens[lastReading + 1];
  await session.close();
  return {
    firstRowMs: firstRowMs - session.startedMs,
    wholeTreeMs: Math.max(firstRowMs, whole?.ms ?? 0) - session.startedMs,
  };
}

/**
 * Resident bytes of our program with a capture on the screen, after some keys: {residentBytes, peakBytes}.
 */
export async function measureOpenScreen(capture, key) {
  const session = openSession(commands.ours(capture));
  await session.waitForChunk(text => text.includes(ROOT_ROW));
  await session.settle(1000);
  for (let i = 0; i < 20; i++) await session.press(key);
  const memory = session.readMemory();
  await session.close();
  return memory;
}
