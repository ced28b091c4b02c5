import type {OptionName} from './cli-table.js';
import type {OptionValues} from './cli-values.js';
import {UsageError} from './usage-error.js';

/** Options that say what is printed instead. */
const OTHER_OUTPUT: readonly OptionName[] = [
  'export',
  'budget',
  'fail-above',
  'fail-growth',
  'diff',
  'compare',
  'merge',
  'stats',
  'flat',
  'places',
  'inverted',
];
/** Options of trees: the course is always that of the whole run. */
const OF_TREES: readonly OptionName[] = [
  'leaks',
  'temporary-allocations',
  'temporary-allocation-threshold',
  'view',
  'through',
  'drop',
  'root',
  'ignore',
  'no-pools',
  'by',
  'sort',
  'depth',
  'limit',
  'biggest-allocs',
  'whole-peak',
  'hide-import-system',
  'over-time',
];

/** Whether the course of the run is printed. Throws UsageError. */
export function toTimeline({switches, texts, positionals}: OptionValues): boolean {
  if (!switches.has('timeline')) return false;
  const other = [...OTHER_OUTPUT, ...OF_TREES].find(name => switches.has(name) || texts.has(name));
  if (other !== undefined) throw new UsageError(`--timeline and --${other} cannot be used together`);
  if (positionals.length > 1 + Number(positionals[0] === 'tree'))
    throw new UsageError('--timeline shows the course of one run, but several captures were given');
  return true;
}
