import {escapeText, QueryError} from '../grammar/word.js';
import {rememberByString} from '../match-frames.js';
import {hasFrame, rebuildStacks} from '../stack-set.js';
import {SyntheticFrames} from '../synthetic-frames.js';
import type {StepKind} from './step-kind.js';

export interface PackageStep {
  readonly kind: 'package';
  /** The whole name. */
  readonly name: string;
}

export const collapsePackage: StepKind<PackageStep> = {
  kind: 'package',
  usage: 'package:NAME',
  help: 'a run of frames of one package is one frame',
  needsAllLocations: true,
  parse(value) {
    if (value!.text === '') throw new QueryError('the name of a package is missing', value!.start);
    return {kind: 'package', name: value!.text};
  },
  formatValue: ({name}) => escapeText(name),
  apply(stacks, {name}, {naming, onNothingNamed}) {
    const {frames, strings, prefix} = stacks;
    const isFile = rememberByString(strings, text => naming.packageOf(text) === name);
    const isInPackage = (frame: number): boolean => isFile(frames.file[frame]!);
    if (!hasFrame(stacks, isInPackage)) {
      onNothingNamed();
      return stacks;
    }
    const synthetic = new SyntheticFrames(stacks);
    const run = synthetic.addNamed(name);
    return rebuildStacks({...stacks, ...synthetic.finish()}, (above, frame, add, node) => {
      if (!isInPackage(frame)) return add(above, frame);
      const caller = prefix[node]!;
      const isGoingOn = caller >= 0 && isInPackage(stacks.frame[caller]!);
      return isGoingOn ? above : add(above, run);
    });
  },
};
