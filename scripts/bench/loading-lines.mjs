// What keys cost while a capture is still being read, and for how long the screen's thread is busy at a time.
import {readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {ensureCapture, log, program} from './environment.mjs';
import {createLine, formatMs, median, quantile} from './table.mjs';
import {getWalkKey, openSession} from './terminal-session.mjs';

const LAG_GOAL_MS = 16;
const ROUNDS = 5;
const PAUSE_MS = 30;
/** An answer that takes longer counts as this. */
const LONGEST_MS = 300;
/** A frame that moves the cursor holds its mark. */
const MARK = '❯';
/** While reading goes on, progress is reported every 100 ms. */
const OVER_MS = 400;

/** The lines of a capture that takes some seconds to read. */
export async function measureKeysWhileReading(size) {
  const label = `${size.columns} × ${size.rows}`;
  log(`${label}: keys while 50 M records are read`);
  const walks = [];
  for (let round = 0; round < ROUNDS; round++)
    walks.push(await walkWhileReading(ensureCapture('mixed-50m'), size));
  const answersMs = walks.flatMap(walk => walk.answersMs);
  const what = `key → its frame while 50 M records are read, ${label}`;
  const ours = `${answersMs.length} keys`;
  return [
    createLine({
      what: `${what}, median`,
      ours,
      value: quantile(answersMs, 0.5),
      goal: size.medianGoalMs,
      format: formatMs,
    }),
    createLine({
      what: `${what}, 95 %`,
      value: quantile(answersMs, 0.95),
      goal: size.slowGoalMs,
      format: formatMs,
    }),
    createLine({
      what: `longest work at a time meanwhile (CPU), ${label}`,
      value: median(walks.map(walk => walk.lagMs)),
      goal: LAG_GOAL_MS,
      format: formatMs,
    }),
  ];
}

async function walkWhileReading(capture, size) {
  const file = join(tmpdir(), `loop-probe-${process.pid}.txt`);
  const probe = `${new URL('loop-probe.mjs', import.meta.url)}?${encodeURIComponent(file)}`;
  const readingMs = await measureReading([process.execPath, program, capture], size);
  const session = openSession([process.execPath, `--import=${probe}`, program, capture], size);
  await session.waitForChunk(text => text.includes('<ROOT>'));
  const startMs = Date.now();
  const answersMs = [];
  for (let i = 0; Date.now() - startMs < readingMs; i++) {
    answersMs.push(await pressWhileReading(session, getWalkKey(i)));
    await wait(PAUSE_MS);
  }
  await session.close();
  const stretches = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(file);
  // The first frame is over; what follows while nothing is read any more is short.
  const later = stretches
    .map(line => line.split(' ').map(Number))
    .filter(([endMs, ms]) => endMs - ms > startMs);
  return {answersMs, lagMs: Math.max(0, ...later.map(([, ms]) => ms))};
}

/** Until the frame that moves the cursor. Frames of partial results come in between. */
async function pressWhileReading(session, key) {
  const first = session.chunks.length;
  const sentMs = performance.now();
  session.write(key);
  for (;;) {
    const answer = session.chunks.slice(first).find(({text}) => text.includes(MARK));
    if (answer !== undefined) return answer.ms - sentMs;
    if (performance.now() - sentMs > LONGEST_MS) return LONGEST_MS;
    await wait(1);
  }
}

/** From the first row to the end of the reading. */
async function measureReading(command, size) {
  const session = openSession(command, size);
  const firstMs = await session.waitForChunk(text => text.includes('<ROOT>'));
  await session.settle(OVER_MS);
  await session.close();
  const lastMs =
    session.chunks.findLast(({ms, text}) => ms >= firstMs && text.includes('\u001b[?2026l'))?.ms ?? firstMs;
  return lastMs - firstMs;
}
