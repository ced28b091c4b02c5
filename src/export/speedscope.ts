import {BytePieces} from './byte-pieces.js';
import {describeMedians} from './describe-sides.js';
import {describeStacks} from './describe-view.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {type FrameNumbers, numberFrames} from './number-frames.js';
import {sumSamplesAt} from './sample-sums.js';
import {StackText} from './stack-text.js';

/** The two profiles. */
const PROFILES = [
  {name: 'Memory', unit: 'bytes', weight: 'bytes'},
  {name: 'Allocations', unit: 'none', weight: 'allocations'},
] as const;

/** speedscope's own format (https://www.speedscope.app/file-format-schema.json), as memray makes it. */
export function* writeSpeedscope({getStacks, snapshot, query}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const pieces = new BytePieces();
  const head = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: [snapshot.capture.commandLine, describeStacks(query), describeMedians(snapshot) ?? '']
      .filter(text => text !== '')
      .join(' · '),
    activeProfileIndex: 0,
    exporter: 'memray-tree-ink',
  };
  pieces.addText(JSON.stringify(head).slice(0, -1));
  const numbers = numberFrames(stacks);
  yield* writeFrames(stacks, numbers, pieces);
  for (const [index, {weight, ...profile}] of PROFILES.entries()) {
    const weights = listWeights(stacks, weight);
    const endValue = weights.reduce((sum, value) => sum + value, 0);
    pieces.addText(index === 0 ? ',"profiles":[' : ',');
    pieces.addText(JSON.stringify({type: 'sampled', ...profile, startValue: 0, endValue}).slice(0, -1));
    yield* writeSamples(stacks, numbers, weights, pieces);
    yield* writeWeights(weights, pieces);
    pieces.addText('}');
  }
  pieces.addText(']}\n');
  yield* pieces.takeRest();
}

function* writeFrames(
  stacks: ExportedStacks,
  {frames}: FrameNumbers,
  pieces: BytePieces,
): Generator<Uint8Array> {
  pieces.addText(',"shared":{"frames":[');
  for (const [index, frame] of frames.entries()) {
    const {name, file, line} = getFrameNames(stacks, frame);
    pieces.addText(index === 0 ? '' : ',');
    pieces.addText(JSON.stringify({name, ...(file !== '' && {file}), ...(line > 0 && {line})}));
    yield* pieces.takeFull();
  }
  pieces.addText(']}');
}

/** What ended at each node. */
function listWeights(stacks: ExportedStacks, weight: 'bytes' | 'allocations'): Float64Array {
  const weights = new Float64Array(stacks.length);
  // Stacks without a frame are no samples.
  for (let node = 1; node < stacks.length; node++) weights[node] = sumSamplesAt(stacks, node)[weight];
  return weights;
}

function* writeSamples(
  {length, depth, frame}: ExportedStacks,
  {numberOf}: FrameNumbers,
  weights: Float64Array,
  pieces: BytePieces,
): Generator<Uint8Array> {
  const text = new StackText({format: at => String(numberOf[at]), separator: ','});
  let opening = ',"samples":[[';
  for (let node = 1; node < length; node++) {
    text.enter(depth[node]!, frame[node]!);
    if (weights[node] === 0) continue;
    pieces.addText(opening);
    pieces.add(text.read());
    opening = '],[';
    yield* pieces.takeFull();
  }
  pieces.addText(opening === '],[' ? ']]' : ',"samples":[]');
}

function* writeWeights(weights: Float64Array, pieces: BytePieces): Generator<Uint8Array> {
  let opening = ',"weights":[';
  for (const weight of weights) {
    if (weight === 0) continue;
    pieces.addText(`${opening}${weight}`);
    opening = ',';
    yield* pieces.takeFull();
  }
  pieces.addText(opening === ',' ? ']' : ',"weights":[]');
}
