import {resolve} from 'node:path';
import {type Limit, parseLimit} from '../src/gate/limit.js';
import type {TreeQuery} from '../src/query/tree-query.js';
import type {OptionValues} from './cli-values.js';
import {UsageError} from './usage-error.js';

/** What has to be kept, and where the verdicts go. */
export interface GateOptions {
  /** A size; null where there is no such limit. */
  readonly failAbove: Limit | null;
  readonly failGrowth: Limit | null;
  /** A file with budgets. */
  readonly budget: string | null;
  /** A file that gets the verdicts as a JUnit report. */
  readonly junit: string | null;
  /** Failed gates are printed for GitHub as well. */
  readonly annotations: boolean;
  /** Captures without an end mark are judged by what they hold. */
  readonly allowUnfinished: boolean;
}

/** Whether there is anything to keep: then results are printed, and no screen is opened. */
export function hasGates({failAbove, failGrowth, budget}: GateOptions): boolean {
  return failAbove !== null || failGrowth !== null || budget !== null;
}

/** What a budget file has in its own way. */
const BUDGET_OPTIONS = [
  ...(['fail-above', 'fail-growth'] as const),
  ...(['view', 'through', 'drop', 'root', 'by', 'sort', 'biggest-allocs'] as const),
  ...(['leaks', 'inverted', 'flat', 'places', 'stats', 'no-pools', 'normalize', 'whole-peak'] as const),
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
export function toGates(values: OptionValues, query: TreeQuery, hasBase: boolean): GateOptions {
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
  if (growth !== null && query.isNormalized) {
    throw new UsageError('--fail-growth limits sizes, and --normalize compares shares: choose one of them');
  }
  if (above !== null && query.shape.kind === 'stats') {
    throw new UsageError(
      '--fail-above limits what a view keeps, and statistics count what was freed, too; leave --stats out',
    );
  }
  const gates: GateOptions = {
    failAbove: above === null ? null : toSize(above),
    failGrowth: growth === null ? null : toLimit(growth),
    budget,
    junit,
    annotations: switches.has('annotations'),
    allowUnfinished: switches.has('allow-unfinished'),
  };
  for (const [name, path] of Object.entries({budget, junit})) {
    if (path === '') throw new UsageError(`--${name} needs the name of a file, but it is empty`);
  }
  if (!hasGates(gates)) checkNeedsNoGate(values);
  if (junit !== null) checkJunit(junit, texts.get('output')?.at(-1) ?? '-');
  if (budget !== null) checkBudgetOptions(values);
  return gates;
}

/** What is only about gates. */
const GATE_OPTIONS = ['junit', 'annotations', 'allow-unfinished'] as const;

function checkNeedsNoGate({texts, switches}: OptionValues): void {
  const name = GATE_OPTIONS.find(option => texts.has(option) || switches.has(option));
  if (name !== undefined)
    throw new UsageError(`--${name} needs a gate: --fail-above, --fail-growth or --budget`);
}

const STANDARD_OUTPUT = ['-', '/dev/stdout', '/dev/fd/1'];

/** @param output where the result goes */
function checkJunit(junit: string, output: string): void {
  const toTarget = (path: string): string => (STANDARD_OUTPUT.includes(path) ? '-' : resolve(path));
  if (toTarget(junit) !== toTarget(output)) return;
  const target = toTarget(output) === '-' ? 'standard output' : output;
  throw new UsageError(`--junit needs a file of its own: ${target} gets the result`);
}

function checkBudgetOptions({texts, switches}: OptionValues): void {
  const other = BUDGET_OPTIONS.find(name => texts.has(name) || switches.has(name));
  if (other !== undefined)
    throw new UsageError(
      `--budget and --${other} cannot be used together: each budget has a limit and a view`,
    );
}

function toSize(text: string): Limit {
  const limit = parseLimit(text);
  if (limit?.kind !== 'size') throw new UsageError(`--fail-above takes a size such as 50MB, not "${text}"`);
  return limit;
}

/** With or without the sign that growth has in budgets. */
function toLimit(text: string): Limit {
  const limit = parseLimit(text.replace(/^\+/, ''));
  if (limit === null)
    throw new UsageError(`--fail-growth takes a size or a share such as 2MB or 5%, not "${text}"`);
  return limit;
}
