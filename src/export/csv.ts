import {formatCsvCell, isFormula} from '../format/csv-cell.js';
import {ALLOCATORS} from '../heap/allocators.js';
import {BytePieces} from './byte-pieces.js';
import type {ExportedView} from './exported-view.js';
import {StackText} from './stack-text.js';

const HEADINGS = 'allocator,num_allocations,size,tid,thread_name,stack_trace\n';

/**
 * Comma-separated values with the columns of `memray transform csv`: a row for each location, or for each of its
 * allocators where they were read; its stack from the innermost frame on, `function;file;line|function;file;line`.
 */
export function* writeCsv({getStacks}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const {frames, strings, samples, firstSample} = stacks;
  const text = new StackText({
    format: frame => {
      const names = `${strings[frames.function[frame]!]};${strings[frames.file[frame]!]}`;
      return `${names};${frames.line[frame]}`.replaceAll('"', '""');
    },
    separator: '|',
    isInnermostFirst: true,
  });
  const threads = stacks.threads.map(({label}) => `${readThreadNumber(label)},${formatCsvCell(label)}`);
  const pieces = new BytePieces();
  pieces.addText(HEADINGS);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    if (node > 0) text.enter(stacks.depth[node]!, frame);
    const quote = frame >= 0 && isFormula(strings[frames.function[frame]!]!) ? `"'` : '"';
    for (let sample = firstSample[node]!; sample < firstSample[node + 1]!; sample++) {
      const numbers = `${samples.allocations[sample]},${samples.bytes[sample]}`;
      const allocator = ALLOCATORS[samples.allocator[sample]!]!.toUpperCase();
      pieces.addText(`${allocator},${numbers},${threads[samples.thread[sample]!]},${quote}`);
      pieces.add(text.read());
      pieces.addText('"\n');
      yield* pieces.takeFull();
    }
  }
  yield* pieces.takeRest();
}

/** memray's number of a thread: 18 of "0x12 (worker)". */
function readThreadNumber(label: string): string {
  const digits = /^0x([0-9a-f]+)/.exec(label)?.[1];
  return digits === undefined ? '' : String(BigInt(`0x${digits}`));
}
