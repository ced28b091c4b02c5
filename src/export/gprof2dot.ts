import {BytePieces} from './byte-pieces.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {numberFunctions} from './number-frames.js';
import {listSamplesAt, sumSamplesAt} from './sample-sums.js';
import {StackText} from './stack-text.js';

const HEAD = '{"version":0,"costs":[{"description":"Memory","unit":"bytes"}],"events":[';

/**
 * The JSON that gprof2dot reads (`gprof2dot -f json`), as memray makes it: an event for each location; of several captures
 * one for each stack.
 */
export function* writeGprof2dot({getStacks}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const functions = numberFunctions(stacks);
  const text = new StackText({
    format: frame => String(functions.numberOf[frame]),
    separator: ',',
    isInnermostFirst: true,
  });
  const pieces = new BytePieces();
  pieces.addText(HEAD);
  let opening = '{"callchain":[';
  for (let node = 1; node < stacks.length; node++) {
    text.enter(stacks.depth[node]!, stacks.frame[node]!);
    for (const bytes of listCosts(stacks, node)) {
      pieces.addText(opening);
      pieces.add(text.read());
      pieces.addText(`],"cost":[${bytes}]}`);
      opening = ',{"callchain":[';
      yield* pieces.takeFull();
    }
  }
  pieces.addText('],"functions":[');
  for (const [index, frame] of functions.frames.entries()) {
    const {name, file} = getFrameNames(stacks, frame);
    pieces.addText(`${index === 0 ? '' : ','}${JSON.stringify({name, module: file})}`);
    yield* pieces.takeFull();
  }
  pieces.addText(']}\n');
  yield* pieces.takeRest();
}

function listCosts(stacks: ExportedStacks, node: number): readonly number[] {
  const samples = listSamplesAt(stacks, node);
  if (stacks.runs.length === 1) return samples.map(sample => stacks.samples.bytes[sample]!);
  const {bytes} = sumSamplesAt(stacks, node);
  return bytes === 0 ? [] : [bytes];
}
