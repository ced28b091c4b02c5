import {formatPatterns, type Pattern, parsePatterns} from '../grammar/term.js';
import {createMatcher} from '../match-frames.js';
import {GONE, keepLocations} from '../stack-set.js';
import type {StepKind} from './step-kind.js';

export interface ThreadStep {
  readonly kind: 'thread';
  readonly patterns: readonly Pattern[];
}

/** By the label of a thread: `0x1 (worker)`. */
export const thread: StepKind<ThreadStep> = {
  kind: 'thread',
  usage: 'thread:TEXT',
  help: 'only stacks of the threads whose label matches',
  needsAllLocations: true,
  parse: value => ({kind: 'thread', patterns: parsePatterns(value!)}),
  formatValue: ({patterns}) => formatPatterns(patterns),
  apply(stacks, {patterns}, {onNothingNamed}) {
    const matches = createMatcher(patterns);
    const {threads, locations} = stacks.snapshot;
    const isWanted = threads.map(({label}) => matches(label));
    const kept = keepLocations(stacks, index => {
      const location = stacks.locations[index]!;
      return isWanted[locations.thread[location]!] ? stacks.ends[index]! : GONE;
    });
    if (kept.locations.length === 0) onNothingNamed();
    return kept;
  },
};
