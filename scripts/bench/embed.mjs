// `npm run bench:embed`: what a key costs a host of TreeView, beside the command line with the same capture in a
// terminal of the same size, and what memory the host takes. Options: --rounds N, --presses N (a round).
import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {describeMachine, ensureShape, ensureVenv, log, program} from './environment.mjs';
import {screenSizes} from './screen-lines.mjs';
import {formatBytes, formatMs, formatRows, median} from './table.mjs';
import {keys, openSession} from './terminal-session.mjs';

/** The processor time of a key at most, as a multiple of the command line's; resident memory at most. */
const MAX_RATIO = 1.5;
const MAX_BYTES = 150e6;
/** Less costs twice the time: what belongs to a frame would outlive it. */
const LIMITED = '--max-semi-space-size=16';
/** Keys after which V8 has compiled what there is to compile. */
const WARM_UP = 60;
/** Ink draws no more than 30 frames a second unless it is told to. */
const FRAME_MS = 40;
const FIRST_ROWS = 10;

const host = fileURLToPath(new URL('embed-host.mjs', import.meta.url));
const {values} = parseArgs({
  options: {rounds: {type: 'string', default: '5'}, presses: {type: 'string', default: '20'}},
});
const rounds = Number(values.rounds);
const presses = Number(values.presses);

ensureVenv();
// Its sources are on no machine: the command line shows a message beside the tree, and highlights nothing.
const capture = ensureShape('calls-100k');

const inHost = (shown, {flags = [], writing = 'whole'} = {}) => [
  ...[process.execPath, ...flags, host, capture, shown, writing],
];
const programs = [
  {what: 'command line', command: [process.execPath, program, '-b', '1000000', capture]},
  {what: 'host, tree as large as that of the command line', command: inHost('pane'), isJudged: true},
  {
    what: 'the same, render(…, {incrementalRendering: true})',
    command: inHost('pane', {writing: 'incremental'}),
  },
  {what: 'as large, React for development', command: inHost('pane'), env: 'development'},
  {what: 'host, tree fills the terminal', command: inHost('full')},
  {what: `the same, node ${LIMITED}`, command: inHost('full', {flags: [LIMITED]}), isLimited: true},
  {what: 'host, two trees of half the width', command: inHost('two')},
  {what: 'host without TreeView: Ink with a list of such rows', command: inHost('list')},
];

/** The processor time of a session's threads so far, exact to nanoseconds (Linux only). */
function readCpuMs({pid}) {
  const tasks = `/proc/${pid}/task`;
  const times = readdirSync(tasks).map(
    task => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}

async function open({command, env = 'production'}, size) {
  process.env.NODE_ENV = env;
  const session = openSession(command, size);
  delete process.env.NODE_ENV;
  await session.waitForChunk(text => text.includes('<ROOT>'));
  await session.settle(1500);
  await session.press('E');
  // Down to the last row in sight and on, so that every row scrolls.
  for (let i = 0; i < size.rows + WARM_UP; i++) {
    session.write(keys.down);
    await wait(FRAME_MS);
  }
  await session.settle();
  return session;
}

/** Milliseconds of a key, median of the turns of each session. */
async function measureTurns(sessions, getKey) {
  const turns = sessions.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, session] of sessions.entries()) {
      const startMs = readCpuMs(session);
      for (let i = 0; i < presses; i++) await session.press(getKey(i));
      turns[index].push((readCpuMs(session) - startMs) / presses);
    }
  }
  const first = turns[0];
  return turns.map(ms => ({ms: median(ms), ratio: median(ms.map((value, round) => value / first[round]))}));
}

/** The rows of the table for a size of the terminal, and whether they keep the goals. */
async function measureSize(size) {
  const label = `${size.columns} × ${size.rows}`;
  const sessions = [];
  for (const each of programs) {
    log(`${label}: ${each.what}`);
    sessions.push(await open(each, size));
  }
  log(`${label}: scrolling`);
  const scrolled = await measureTurns(sessions, () => keys.down);
  for (const session of sessions) for (const key of ['g', keys.pageUp]) await session.press(key);
  log(`${label}: moving`);
  const moved = await measureTurns(sessions, i => (i % (2 * FIRST_ROWS) < FIRST_ROWS ? keys.down : keys.up));
  const peaks = sessions.map(session => session.readMemory().peakBytes);
  for (const session of sessions) await session.close();
  return programs.map(({what, isJudged, isLimited}, index) => {
    const figures = [scrolled[index], moved[index]];
    const isMet =
      (!isJudged || figures.every(({ratio}) => ratio <= MAX_RATIO)) &&
      (!isLimited || peaks[index] <= MAX_BYTES);
    const cells = figures.flatMap(({ms, ratio}) => [formatMs(ms), ratio.toFixed(2)]);
    const mark = isJudged || isLimited ? (isMet ? '✓' : '✗') : '';
    return {cells: [`${what}, ${label}`, ...cells, formatBytes(peaks[index]), mark], isMet};
  });
}

const machine = describeMachine();
const lines = [];
for (const size of screenSizes) lines.push(...(await measureSize(size)));
const header = ['what', 'scrolling', 'ratio', 'moving', 'ratio', 'peak memory', ''];
process.stdout.write(
  `${machine}; ${rounds} rounds of ${presses} presses\n\n${formatRows(header, lines)}\n` +
    `Goals: at most ${MAX_RATIO} times the command line's processor time where the tree is as large, ` +
    `${formatBytes(MAX_BYTES)} with ${LIMITED}.\n`,
);
process.exitCode = lines.every(({isMet}) => isMet) ? 0 : 1;
