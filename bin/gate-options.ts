import {type Limit, parseBytes, parseLimit} from '../src/gate/limit.js';
import type {OptionValues} from './cli-values.js';
import {UsageError} from './usage-error.js';

/** What has to be kept, and where the verdicts go. */
export interface GateOptions {
  /** In bytes; null where there is no such limit. */
  readonly failAbove: number | null;
  readonly failGrowth: Limit | null;
  /** A file with budgets. */
  readonly budget: string | null;
  /** A file that gets the verdicts as a JUnit report. */
  readonly junit: string | null;
  /** Failed gates are printed for GitHub as well. */
  readonly annotations: boolean;
}

/** Whether there is anything to keep: then results are printed, and no screen is opened. */
export function hasGates({failAbove, failGrowth, budget}: GateOptions): boolean {
  return failAbove !== null || failGrowth !== null || budget !== null;
}

/** What a budget file has in its own way. */
const VIEW_OPTIONS = [
  ...(['view', 'through', 'drop', 'root', 'by', 'sort', 'biggest-allocs'] as const),
  ...(['leaks', 'inverted', 'flat', 'places', 'stats', 'no-pools', 'whole-peak'] as const),
  ...([
    'temporary-allocations',
    'temporary-allocation-threshold',
    'depth',
    'limit',
    'csv',
    'export',
  ] as const),
];

/** @param hasBase whether there is something to have grown since. @throws UsageError */
export function toGates(values: OptionValues, hasBase: boolean): GateOptions {
  const {texts, switches} = values;
  const getLast = (name: 'fail-above' | 'fail-growth' | 'budget' | 'junit') =>
    texts.get(name)?.at(-1) ?? null;
  const [above, growth, budget, junit] = [
    getLast('fail-above'),
    getLast('fail-growth'),
    getLast('budget'),
    getLast('junit'),
  ];
  if (growth !== null && !hasBase) throw new UsageError('--fail-growth needs --diff BASE');
  const gates: GateOptions = {
    failAbove: above === null ? null : toSize(above),
    failGrowth: growth === null ? null : toLimit(growth),
    budget,
    junit,
    annotations: switches.has('annotations'),
  };
  for (const [name, path] of Object.entries({budget, junit})) {
    if (path === '') throw new UsageError(`--${name} needs the name of a file, but it is empty`);
  }
  if (!hasGates(gates)) {
    const name = junit !== null ? 'junit' : gates.annotations ? 'annotations' : null;
    if (name !== null)
      throw new UsageError(`--${name} needs a gate: --fail-above, --fail-growth or --budget`);
  }
  if (budget !== null) checkBudgetOptions(values);
  return gates;
}

function checkBudgetOptions({texts, switches}: OptionValues): void {
  const other = VIEW_OPTIONS.find(name => texts.has(name) || switches.has(name));
  if (other !== undefined)
    throw new UsageError(`--budget and --${other} cannot be used together: each budget has a view`);
}

function toSize(text: string): number {
  const bytes = parseBytes(text);
  if (bytes === null) throw new UsageError(`--fail-above takes a size such as 50MB, not "${text}"`);
  return bytes;
}

function toLimit(text: string): Limit {
  const limit = parseLimit(text);
  if (limit === null)
    throw new UsageError(`--fail-growth takes a size or a share such as 2MB or 5%, not "${text}"`);
  return limit;
}
