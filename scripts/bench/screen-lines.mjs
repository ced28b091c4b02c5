// What a key costs, in a real pseudo-terminal.
import {ensureCapture, ensureFanCapture, log, memray, program} from './environment.mjs';
import {createLine, formatBytes, formatMs, median, quantile} from './table.mjs';
import {getWalkKey, keys, openSession, replayScreens} from './terminal-session.mjs';

/** Presses that are not counted: the compiler of V8 and the caches of both programs settle. */
const WARM_UP = 40;
const MANY = 100_000;
const FEW = 200;
const EXPANSIONS = 10;
/** A held key at 30 a second. */
const HELD_PRESSES = 150;
const HELD_INTERVAL_MS = 1000 / 30;

export const screenSizes = [
  {columns: 120, rows: 40, medianGoalMs: 10, slowGoalMs: 16},
  {columns: 200, rows: 60, medianGoalMs: 14, slowGoalMs: 22},
];

/** Our program with a capture, ready for keys, with the rows of the first children open. */
export async function openOurs(capture, size, options = []) {
  const session = openSession([process.execPath, program, ...options, capture], size);
  await session.waitForChunk(text => text.includes('<ROOT>'));
  // So long that the reading is over as well: a tree of 100,000 rows takes a while between two partial ones.
  await session.settle(3000);
  return session;
}

async function openMemray(capture, size) {
  const session = openSession([memray, 'tree', capture], size);
  await session.waitForChunk(text => text.includes('<ROOT>'));
  await session.settle(1000);
  return session;
}

/** The lines of 100,000 open rows at one size of the screen. */
export async function measureManyRows(size, presses) {
  const lines = [];
  const label = `${size.columns} × ${size.rows}`;
  log(`${label}: ${MANY} rows`);
  const session = await openOurs(ensureFanCapture(MANY), size, ['-b', String(2 * MANY)]);
  // Down to the last row in sight, and on until V8 has compiled what there is to compile: from there on every
  // row scrolls.
  await pressMany([session], () => keys.down, size.rows + WARM_UP);
  const startCpuMs = session.readCpuMs();
  const [scrolled] = await pressMany([session], () => keys.down, presses);
  const cpu = formatCpu(startCpuMs, session.readCpuMs(), presses);
  lines.push(...createTimeLines(`key → last byte, every row scrolls, ${label}`, scrolled, cpu, size));
  lines.push(await createHeldLine(session, label));
  const memory = session.readMemory();
  log(
    `${label}: resident ${formatBytes(memory?.residentBytes ?? 0)}, at most ${formatBytes(memory?.peakBytes ?? 0)}`,
  );
  await session.close();
  return lines;
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

function createTimeLines(what, answers, cpu, {medianGoalMs, slowGoalMs}) {
  const frameMs = answers.map(answer => answer.frameMs);
  const lastMs = answers.map(answer => answer.lastMs);
  const bytes = formatBytes(median(answers.map(answer => answer.bytes)));
  return [
    {share: 0.5, name: 'median', goal: medianGoalMs, more: `; ${bytes}${cpu}`},
    {share: 0.95, name: '95 %', goal: slowGoalMs, more: ''},
  ].map(({share, name, goal, more}) =>
    createLine({
      what: `${what}, ${name}`,
      ours: `first frame ${formatMs(quantile(frameMs, share))}${more}`,
      value: quantile(lastMs, share),
      goal,
      format: formatMs,
    }),
  );
}

/** CPU time a key: the steadier figure on a machine that has other work too. */
function formatCpu(fromMs, toMs, count) {
  return fromMs === null ? '' : `; CPU ${formatMs((toMs - fromMs) / count)} a key`;
}

/**
 * Bytes of a step down in a pane that has room for more rows: alone, and where each line of source becomes
 * another one.
 */
export async function measureStillRows(size) {
  const label = `${size.columns} × ${size.rows}`;
  log(`${label}: one row down without scrolling`);
  const captures = {'': ensureCapture('mixed-1m'), ' where the source moves': ensureFanCapture(FEW)};
  const lines = [];
  for (const [where, capture] of Object.entries(captures)) {
    const session = await openOurs(capture, size);
    const [answers] = await pressMany([session], () => keys.down, size.rows - 12);
    await session.close();
    lines.push(
      createLine({
        what: `bytes of one row down without scrolling${where}, ${label}`,
        value: median(answers.slice(10).map(answer => answer.bytes)),
        goal: 2000,
        format: formatBytes,
      }),
    );
  }
  return lines;
}

/** The line of all nodes opened at once, after all were closed. */
export async function measureExpandAll(size) {
  const label = `${size.columns} × ${size.rows}`;
  log(`${label}: ${MANY} nodes opened`);
  const session = await openOurs(ensureFanCapture(MANY), size, ['-b', String(2 * MANY)]);
  const answersMs = [];
  for (let i = 0; i < EXPANSIONS; i++) {
    await session.press('g');
    await session.press('C');
    const answer = await session.press('E');
    answersMs.push(answer?.lastMs ?? Infinity);
  }
  await session.close();
  return [
    createLine({
      what: `E on ${MANY} nodes → last byte, ${label}, the slowest of ${EXPANSIONS}`,
      value: Math.max(...answersMs),
      goal: 50,
      format: formatMs,
    }),
  ];
}

/** Counts the frames of a held key by the newest row that each shows: every press brings one. */
async function createHeldLine(session, label) {
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
  const screens = await replayScreens(session);
  const newest = screens
    .filter(({ms}) => ms >= startMs)
    .map(({text}) => Math.max(-1, ...Array.from(text.matchAll(/leaf_(\d{6})/g), match => Number(match[1]))));
  const shown = newest.filter((row, index) => row > Math.max(-1, ...newest.slice(0, index))).length;
  return createLine({
    what: `frames shown of ${HELD_PRESSES} presses at 30/s, ${label}`,
    value: shown,
    goal: HELD_PRESSES - 2,
    format: String,
    isAtLeast: true,
  });
}

/** The lines of both screens on the same capture with the same keys, in turn. */
export async function compareScreens(size, presses) {
  const label = `${size.columns} × ${size.rows}`;
  log(`${label}: both screens, ${FEW} locations`);
  const capture = ensureFanCapture(FEW);
  const sessions = [await openOurs(capture, size), await openMemray(capture, size)];
  await pressMany(sessions, getWalkKey, WARM_UP);
  const startCpuMs = sessions.map(session => session.readCpuMs());
  const answers = await pressMany(sessions, getWalkKey, presses);
  const more = sessions.map((session, index) => {
    const cpu = formatCpu(startCpuMs[index], session.readCpuMs(), presses);
    return `; ${formatBytes(median(answers[index].map(answer => answer.bytes)))}${cpu}`;
  });
  for (const session of sessions) await session.close();
  return [
    {share: 0.5, name: 'median', texts: more},
    {share: 0.95, name: '95 %', texts: ['', '']},
  ].map(({share, name, texts}) => {
    const [first, last] = ['frameMs', 'lastMs'].map(key =>
      answers.map(list =>
        quantile(
          list.map(answer => answer[key]),
          share,
        ),
      ),
    );
    const [ours, theirs] = texts.map(
      (text, index) => `${formatMs(first[index])}, all frames ${formatMs(last[index])}${text}`,
    );
    return createLine({
      what: `key → first frame, ${FEW} locations, ${label}, ${name}`,
      ours,
      memray: theirs,
      value: first[0] / first[1],
      goal: 1,
    });
  });
}
