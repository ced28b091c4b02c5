import {formatPatterns, type Pattern, parsePatterns} from '../grammar/term.js';
import {createMatcher} from '../match-frames.js';
import {GONE, keepLocations} from '../stack-set.js';
import {createModuleLookup} from '../stats/top-modules.js';
import type {StepKind} from './step-kind.js';

export interface ModuleStep {
  readonly kind: 'module';
  readonly patterns: readonly Pattern[];
}

/** Each byte is charged to one module, as in memray's statistics: `through:mod:NAME` counts what passes through. */
export const chargedModule: StepKind<ModuleStep> = {
  kind: 'module',
  usage: 'module:TEXT',
  help: 'only what is charged to a module: the innermost one of a stack that is not of the standard library',
  needsAllLocations: true,
  parse: value => ({kind: 'module', patterns: parsePatterns(value!)}),
  formatValue: ({patterns}) => formatPatterns(patterns),
  apply(stacks, {patterns}, {onNothingNamed}) {
    const matches = createMatcher(patterns);
    const moduleOf = createModuleLookup(stacks);
    const kept = keepLocations(stacks, index => {
      const end = stacks.ends[index]!;
      return matches(moduleOf(end)) ? end : GONE;
    });
    if (kept.locations.length === 0) onNothingNamed();
    return kept;
  },
};
