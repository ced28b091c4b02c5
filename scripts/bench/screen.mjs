// `npm run bench:screen`: what a key costs. Options: --presses N (a line),
// --only scroll|still|compare|expand|query|loading.
import {parseArgs} from 'node:util';
import {describeMachine, ensureVenv} from './environment.mjs';
import {measureKeysWhileReading} from './loading-lines.mjs';
import {measureQueryKeys} from './query-lines.mjs';
import {
  compareScreens,
  measureExpandAll,
  measureManyRows,
  measureStillRows,
  screenSizes,
} from './screen-lines.mjs';
import {formatTable} from './table.mjs';

const {values} = parseArgs({options: {presses: {type: 'string', default: '100'}, only: {type: 'string'}}});
const presses = Number(values.presses);
const isWanted = what => values.only === undefined || what === values.only;

ensureVenv();
const machine = describeMachine();
const lines = [];
for (const size of screenSizes) {
  if (isWanted('scroll')) lines.push(...(await measureManyRows(size, presses)));
  if (isWanted('still')) lines.push(...(await measureStillRows(size)));
  if (isWanted('expand')) lines.push(...(await measureExpandAll(size)));
  // The larger screen costs the same: a screenful of rows more.
  if (isWanted('query') && size === screenSizes[0]) lines.push(...(await measureQueryKeys(size)));
  if (isWanted('loading')) lines.push(...(await measureKeysWhileReading(size)));
  if (isWanted('compare')) lines.push(...(await compareScreens(size, presses)));
}
process.stdout.write(`${machine}; ${presses} presses a line\n\n${formatTable(lines)}`);
process.exitCode = lines.every(line => line.isMet) ? 0 : 1;
