import {BytePieces} from './byte-pieces.js';
import {sumSamples} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {type FrameNames, getFrameNames} from './frame-names.js';
import {StackText} from './stack-text.js';

/**
 * Folded stacks, as flame graph tools read them: a line for each stack, frames from the outermost on, then the bytes.
 * `main (app.py:3);load (app.py:10) 2000`
 */
export function* writeFolded({getStacks}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const text = new StackText({
    format: frame => formatFrame(getFrameNames(stacks, frame)),
    separator: ';',
  });
  const pieces = new BytePieces();
  for (let node = 1; node < stacks.length; node++) {
    text.enter(stacks.depth[node]!, stacks.frame[node]!);
    const {bytes} = sumSamples(stacks, node);
    if (bytes === 0) continue;
    pieces.add(text.read());
    pieces.addText(` ${bytes}\n`);
    yield* pieces.takeFull();
  }
  yield* pieces.takeRest();
}

function formatFrame({name, file, line}: FrameNames): string {
  const place = line === 0 ? file : `${file}:${line}`;
  const text = place === '' || place === name ? name : `${name} (${place})`;
  // Line breaks of all kinds: readers split at some of them.
  return text.replaceAll(';', ',').replaceAll(/[\n\v\f\r\u0085\u2028\u2029]/g, ' ');
}
