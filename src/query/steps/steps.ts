import {alloc} from './alloc.js';
import {collapse} from './collapse.js';
import {hideImports, hideUninteresting, importsMerge, nativeMerge} from './hide.js';
import {ignore} from './ignore.js';
import {merge} from './merge.js';
import {chargedModule} from './module.js';
import {collapsePackage} from './package.js';
import {hidePools} from './pools.js';
import {recursion} from './recursion.js';
import {root} from './root.js';
import {size} from './size.js';
import type {StepKind} from './step-kind.js';
import {thread} from './thread.js';
import {drop, through} from './through.js';
import {zoom} from './zoom.js';

/** All kinds of steps, in the order of the help. */
const KINDS = [
  through,
  drop,
  thread,
  chargedModule,
  ignore,
  alloc,
  size,
  hidePools,
  root,
  zoom,
  merge,
  collapse,
  recursion,
  collapsePackage,
  hideImports,
  hideUninteresting,
  importsMerge,
  nativeMerge,
] as const;

/** One step: plain data. */
export type Step = ReturnType<(typeof KINDS)[number]['parse']>;

export const STEP_KINDS: readonly StepKind[] = KINDS as readonly unknown[] as readonly StepKind[];

const kinds = new Map(STEP_KINDS.map(kind => [kind.kind, kind]));

/** The kind of a step. Its functions take steps of that kind only. */
export function getStepKind(step: Step): StepKind<Step> {
  return kinds.get(step.kind) as StepKind as StepKind<Step>;
}
