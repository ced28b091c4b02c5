import {formatTerm, parseTerm, type Term} from '../grammar/term.js';
import type {Word} from '../grammar/word.js';
import {matchFrames} from '../match-frames.js';
import type {Naming} from '../naming.js';
import {hasFrame, type StackSet} from '../stack-set.js';
import type {Level} from '../tree-query.js';

/** What a step may ask besides the stacks. */
export interface StepContext {
  readonly naming: Naming;
  /** The level at which the result is shown. */
  readonly level: Level;
  /** Called when the step names nothing of the stacks that it got. */
  readonly onNothingNamed: () => void;
}

/** A kind of step: all that is known of it. Steps themselves are plain data with the name of their kind. */
export interface StepKind<S extends {readonly kind: string} = {readonly kind: string}> {
  readonly kind: S['kind'];
  /** As it is written: `through:TERM`. */
  readonly usage: string;
  readonly help: string;
  /**
   * Whether it has to see all locations, not only those that are shown: it may leave fewer than there were, or has to
   * say that it names nothing.
   */
  readonly needsAllLocations: boolean;
  /** Whether it looks at single blocks, which a plain reading does not keep. */
  readonly needsBlocks?: true;
  /** @param value what follows the colon; null where the step takes no value. @throws QueryError */
  parse(value: Word | null): S;
  /** What follows the colon; null where there is nothing. */
  formatValue(step: S): string | null;
  apply(stacks: StackSet, step: S, context: StepContext): StackSet;
}

export interface TermStep<K extends string> {
  readonly kind: K;
  readonly term: Term;
}

interface TermStepOptions<K extends string> {
  readonly kind: K;
  readonly help: string;
  /** @param isMatch 1 for each frame that the term matches */
  readonly apply: (stacks: StackSet, isMatch: Uint8Array) => StackSet;
}

/** A kind of step whose value is a term. */
export function defineTermStep<K extends string>({
  kind,
  help,
  apply,
}: TermStepOptions<K>): StepKind<TermStep<K>> {
  return {
    kind,
    usage: `${kind}:TERM`,
    help,
    needsAllLocations: true,
    parse: value => ({kind, term: parseTerm(value!)}),
    formatValue: ({term}) => formatTerm(term),
    apply(stacks, {term}, {naming, onNothingNamed}) {
      const isMatch = matchFrames(stacks, term, naming);
      if (!hasFrame(stacks, frame => isMatch[frame] === 1)) onNothingNamed();
      return apply(stacks, isMatch);
    },
  };
}

export interface PlainStep<K extends string> {
  readonly kind: K;
}

interface PlainStepOptions<K extends string> {
  readonly kind: K;
  readonly help: string;
  readonly apply: (stacks: StackSet) => StackSet;
}

/** A kind of step that is a single word: it leaves every location, and names none. */
export function definePlainStep<K extends string>({
  kind,
  help,
  apply,
}: PlainStepOptions<K>): StepKind<PlainStep<K>> {
  return {
    kind,
    usage: kind,
    help,
    needsAllLocations: false,
    parse: () => ({kind}),
    formatValue: () => null,
    apply,
  };
}
