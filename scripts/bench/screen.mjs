// `npm run bench:screen`: what a key costs, in a real pseudo-terminal. Options: --presses N, --only WORD.
import {parseArgs} from 'node:util';
import {describeMachine, ensureFanCapture, ensureVenv, memray, program, tell} from './environment.mjs';
import {createLine, formatBytes, formatMs, formatTable, median, quantile} from './table.mjs';
import {keys, openSession, splitFrames} from './terminal-session.mjs';

const {values} = parseArgs({options: {presses: {type: 'string', default: '100'}, only: {type: 'string'}}});
const presses = Number(values.presses);
const isWanted = what => values.only === undefined || what.includes(values.only);
/** Presses that are not counted: the compiler of V8 and the caches of both programs settle. */
const WARM_UP = 40;
const MANY = 100_000;
const FEW = 200;
const sizes = [
  {columns: 120, rows: 40, medianGoalMs: 10, slowGoalMs: 16},
  {columns: 200, rows: 60, medianGoalMs: 14, slowGoalMs: 22},
];
/** A held key at 30 a second. */
const HELD_PRESSES = 150;
const HELD_INTERVAL_MS = 1000 / 30;

ensureVenv();
const machine = describeMachine();
const lines = [];
for (const size of sizes) {
  if (isWanted('scroll')) await measureManyRows(size);
  if (isWanted('compare')) await compareScreens(size);
}
process.stdout.write(`${machine}; ${presses} presses a line, after ${WARM_UP}\n\n${formatTable(lines)}`);
process.exitCode = lines.every(line => line.isMet) ? 0 : 1;

/** Our program with a capture, ready for keys, with the rows of the first children open. */
async function openOurs(capture, size, options = []) {
  const session = openSession([process.execPath, program, ...options, capture], size);
  await session.waitForChunk(text => text.includes('<ROOT>'));
  await session.settle(600);
  return session;
}

async function openMemray(capture, size) {
  const session = openSession([memray, 'tree', capture], size);
  await session.waitForChunk(text => text.includes('<ROOT>'));
  await session.settle(1000);
  return session;
}

async function measureManyRows(size) {
  const label = `${size.columns} × ${size.rows}`;
  tell(`${label}: ${MANY} rows`);
  const session = await openOurs(ensureFanCapture(MANY), size, ['-b', String(2 * MANY)]);
  const walked = await pressMany([session], () => keys.down, size.rows - 12);
  const still = walked[0].slice(10);
  await pressMany([session], () => keys.down, WARM_UP);
  const [scrolled] = await pressMany([session], () => keys.down, presses);
  addTimeLines(`key → last byte, every row scrolls, ${label}`, scrolled, size);
  lines.push(
    createLine({
      what: `bytes of one row down without scrolling, ${label}`,
      ours: `scrolling ${formatBytes(median(scrolled.map(answer => answer.bytes)))}`,
      value: median(still.map(answer => answer.bytes)),
      goal: 2000,
      format: formatBytes,
    }),
  );
  await addHeldLine(session, label);
  const memory = session.readMemory();
  tell(
    `${label}: resident ${formatBytes(memory?.residentBytes ?? 0)}, at most ${formatBytes(memory?.peakBytes ?? 0)}`,
  );
  await session.close();
}

/** Presses keys in each session in turn. Resolves to the answers of each. */
async function pressMany(sessions, getKey, count) {
  const answers = sessions.map(() => []);
  for (let i = 0; i < count; i++) {
    for (const [index, session] of sessions.entries()) {
      const answer = await session.press(getKey(i));
      if (answer !== null) answers[index].push(answer);
    }
  }
  return answers;
}

function addTimeLines(what, answers, {medianGoalMs, slowGoalMs}) {
  const frameMs = answers.map(answer => answer.frameMs);
  const lastMs = answers.map(answer => answer.lastMs);
  const frames = median(answers.map(answer => answer.frames));
  for (const [share, name, goal] of [
    [0.5, 'median', medianGoalMs],
    [0.95, '95 %', slowGoalMs],
  ]) {
    lines.push(
      createLine({
        what: `${what}, ${name}`,
        ours: `first frame ${formatMs(quantile(frameMs, share))}; ${frames} a key`,
        value: quantile(lastMs, share),
        goal,
        format: formatMs,
      }),
    );
  }
}

/** Counts the frames of a held key by the newest row that each shows: every press brings one. */
async function addHeldLine(session, label) {
  const first = session.chunks.length;
  const startMs = performance.now();
  await new Promise(resolve => {
    let pressed = 0;
    const timer = setInterval(() => {
      while (pressed < HELD_PRESSES && performance.now() - startMs >= pressed * HELD_INTERVAL_MS) {
        session.write(keys.down);
        pressed++;
      }
      if (pressed < HELD_PRESSES) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
  await session.settle(300);
  const newest = splitFrames(session.chunks.slice(first)).map(frame =>
    Math.max(-1, ...Array.from(frame.text.matchAll(/leaf_(\d{6})/g), match => Number(match[1]))),
  );
  const shown = newest.filter((row, index) => row > Math.max(-1, ...newest.slice(0, index))).length;
  lines.push(
    createLine({
      what: `frames shown of ${HELD_PRESSES} presses at 30/s, ${label}`,
      ours: '',
      value: shown,
      goal: HELD_PRESSES - 2,
      format: String,
      isAtLeast: true,
    }),
  );
}

/** Down, some up, down again: rows scroll in a part of it. */
function getWalkKey(index) {
  return index % 10 < 7 ? keys.down : keys.up;
}

async function compareScreens(size) {
  const label = `${size.columns} × ${size.rows}`;
  tell(`${label}: both screens, ${FEW} locations`);
  const capture = ensureFanCapture(FEW);
  const ours = await openOurs(capture, size);
  const theirs = await openMemray(capture, size);
  await pressMany([ours, theirs], getWalkKey, WARM_UP);
  const answers = await pressMany([ours, theirs], getWalkKey, presses);
  const [ourMs, theirMs] = answers.map(list => list.map(answer => answer.frameMs));
  const [ourLastMs, theirLastMs] = answers.map(list => list.map(answer => answer.lastMs));
  for (const [share, name] of [
    [0.5, 'median'],
    [0.95, '95 %'],
  ]) {
    lines.push(
      createLine({
        what: `key → first frame, ${FEW} locations, ${label}, ${name}`,
        ours: `${formatMs(quantile(ourMs, share))} (all frames ${formatMs(quantile(ourLastMs, share))})`,
        memray: `${formatMs(quantile(theirMs, share))} (all frames ${formatMs(quantile(theirLastMs, share))})`,
        value: quantile(ourMs, share) / quantile(theirMs, share),
        goal: 1,
      }),
    );
  }
  const [ourBytes, theirBytes] = answers.map(list => median(list.map(answer => answer.bytes)));
  tell(`${label}: bytes a key ${formatBytes(ourBytes)}, memray ${formatBytes(theirBytes)}`);
  await ours.close();
  await theirs.close();
}
