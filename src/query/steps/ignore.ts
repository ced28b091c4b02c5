import {formatTerm, parseTerm} from '../grammar/term.js';
import {matchFrames} from '../match-frames.js';
import {hasFrame, makeNodes, moveToNodes, type StackSet} from '../stack-set.js';
import {SyntheticFrames} from '../synthetic-frames.js';
import type {StepKind, TermStep} from './step-kind.js';

/** The row of what is known and ignored. */
const SUPPRESSED = '<suppressed>';

/** The stacks become a single frame, so that what they hold is a row of its own. */
export const ignore: StepKind<TermStep<'ignore'>> = {
  kind: 'ignore',
  usage: 'ignore:TERM',
  help: `stacks with a frame that matches become one row, ${SUPPRESSED}`,
  needsAllLocations: true,
  parse: value => ({kind: 'ignore', term: parseTerm(value!)}),
  formatValue: ({term}) => formatTerm(term),
  apply(stacks, {term}, {naming, onNothingNamed}) {
    const isMatch = matchFrames(stacks, term, naming);
    if (!hasFrame(stacks, frame => isMatch[frame] === 1)) {
      onNothingNamed();
      return stacks;
    }
    // A step before may have made the row.
    const known = findSuppressed(stacks);
    if (known >= 0) return suppress(stacks, isMatch, known);
    const synthetic = new SyntheticFrames(stacks);
    const suppressed = synthetic.addNamed(SUPPRESSED);
    return suppress({...stacks, ...synthetic.finish()}, isMatch, suppressed);
  },
};

/** The frame of the row, which no capture holds; −1 where there is none. */
export function findSuppressed({frames, strings, snapshot}: StackSet): number {
  for (let frame = snapshot.frames.length; frame < frames.length; frame++) {
    if (strings[frames.file[frame]!] === SUPPRESSED) return frame;
  }
  return -1;
}

/** All stacks with a match end at one node of their own. @param suppressed its frame */
function suppress(stacks: StackSet, isMatch: Uint8Array, suppressed: number): StackSet {
  const isIgnored = new Uint8Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const caller = stacks.prefix[node]!;
    isIgnored[node] = caller >= 0 && isIgnored[caller] === 1 ? 1 : isMatch[stacks.frame[node]!]!;
  }
  let row = -1;
  const nodes = makeNodes(stacks, (above, frame, add, node) => {
    if (isIgnored[node] === 0) return add(above, frame);
    if (row < 0) row = add(-1, suppressed);
    return row;
  });
  // The row takes the cost of what is ignored; it is none of its frames.
  const isKept = nodes.isKept.map((kept, node) => (isIgnored[node] === 1 ? 0 : kept));
  return moveToNodes(stacks, {...nodes, isKept});
}

/** Whether each location of some stacks is suppressed: it ends at that row. */
export function createSuppressionTest(stacks: StackSet): (index: number) => boolean {
  const {frame, ends} = stacks;
  const row = findSuppressed(stacks);
  return index => row >= 0 && ends[index]! >= 0 && frame[ends[index]!] === row;
}
