// `npm run bench:short`: less than a minute; fails only where a ratio to memray is worse than twice its goal.
// Both programs run in turn, so that other work on the machine slows both down.
import {describeMachine, ensureVenv} from './environment.mjs';
import {compareReading, readerGoals} from './reader-lines.mjs';
import {compareScreens, screenSizes} from './screen-lines.mjs';
import {compareSmallStart} from './start-up.mjs';
import {formatTable} from './table.mjs';

const ROUNDS = 3;
const PRESSES = 30;
const MAX_EXCESS = 2;
const captures = ['mixed-1m', 'mixed-10m', 'deep-10m'];

try {
  ensureVenv();
} catch (error) {
  // Without Python or its packages there is nobody to compare with, which says nothing about the speed.
  process.stdout.write(`not compared: memray cannot be installed here (${error.message})\n`);
  process.exit(0);
}
const machine = describeMachine();
const readings = readerGoals
  .filter(({name}) => captures.includes(name))
  .map(goal => compareReading(goal, goal.name === 'deep-10m' ? 1 : ROUNDS).line);
const start = await compareSmallStart(ROUNDS);
// Only the median: of so few keys the slow ones say little.
const [medianKey] = await compareScreens(screenSizes[0], PRESSES);
const lines = [...readings, ...start, medianKey];
process.stdout.write(`${machine}\n\n${formatTable(lines)}`);
const bad = lines.filter(line => line.excess > MAX_EXCESS);
for (const line of bad) process.stdout.write(`more than ${MAX_EXCESS} times its goal: ${line.cells[0]}\n`);
process.exitCode = bad.length === 0 ? 0 : 1;
