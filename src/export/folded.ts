import {hasBase} from '../heap/compared-sides.js';
import {BytePieces} from './byte-pieces.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {type FrameNames, getFrameNames} from './frame-names.js';
import {combineSide, listSamplesAt, sumRuns, sumSamplesAt} from './sample-sums.js';
import {StackText} from './stack-text.js';

/**
 * Folded stacks, as flame graph tools read them: a line for each stack, frames from the outermost on, then the bytes.
 * `main (app.py:3);load (app.py:10) 2000`
 * Of captures that are compared with a base, the bytes of the base and those of what is compared: all stacks, as
 * difffolded.pl writes them for differential flame graphs (https://github.com/brendangregg/FlameGraph).
 * `main (app.py);load (app.py) 1000 2000`
 */
export function* writeFolded({getStacks}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const text = new StackText({
    format: frame => formatFrame(getFrameNames(stacks, frame)),
    separator: ';',
  });
  const formatSizes = createSizes(stacks);
  const pieces = new BytePieces();
  for (let node = 1; node < stacks.length; node++) {
    text.enter(stacks.depth[node]!, stacks.frame[node]!);
    const sizes = formatSizes(node);
    if (sizes === null) continue;
    pieces.add(text.read());
    pieces.addText(` ${sizes}\n`);
    yield* pieces.takeFull();
  }
  yield* pieces.takeRest();
}

/** What ended at a node, in whole bytes, since the median of two numbers may have a half; null of nothing. */
function createSizes(stacks: ExportedStacks): (node: number) => string | null {
  if (!hasBase(stacks.runs)) {
    return node => {
      const bytes = Math.round(sumSamplesAt(stacks, node).bytes);
      return bytes === 0 ? null : String(bytes);
    };
  }
  return node => {
    const sums = sumRuns(stacks, listSamplesAt(stacks, node));
    const [base, compared] = [true, false].map(isBase => Math.round(combineSide(stacks, sums, isBase).bytes));
    return base === 0 && compared === 0 ? null : `${base} ${compared}`;
  };
}

function formatFrame({name, file, line}: FrameNames): string {
  const place = line === 0 ? file : `${file}:${line}`;
  const text = place === '' || place === name ? name : `${name} (${place})`;
  // Line breaks of all kinds: readers split at some of them.
  return text.replaceAll(';', ',').replaceAll(/[\n\v\f\r\u0085\u2028\u2029]/g, ' ');
}
