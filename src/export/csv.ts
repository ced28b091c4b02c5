import {formatCsvCell, guardFormulas} from '../format/csv-cell.js';
import {ALLOCATORS} from '../heap/allocators.js';
import {BytePieces} from './byte-pieces.js';
import {chooseNumbers} from './csv-numbers.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {groupSamplesAt} from './sample-sums.js';
import {StackText} from './stack-text.js';

/**
 * Comma-separated values with the columns of `memray transform csv`, and as many rows: threads are merged, so a row may
 * have several of them. Where allocators were read, each of them has a row. Stacks are written from the innermost frame
 * on, `function;file;line|function;file;line`. Captures that are compared have more columns, and a row for each stack.
 */
export function* writeCsv(view: ExportedView): Generator<Uint8Array> {
  const stacks = view.getStacks();
  const text = new StackText({
    format: frame => {
      const {name, file, line} = getFrameNames(stacks, frame);
      return guardFormulas(`${name};${file};${line}`).replaceAll('"', '""');
    },
    separator: '|',
    isInnermostFirst: true,
  });
  const numbers = chooseNumbers(stacks, view);
  const formatThreads = createThreadFormatter(stacks);
  const pieces = new BytePieces();
  pieces.addText(`allocator,${numbers.headings.join(',')},tid,thread_name,stack_trace\n`);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    if (node > 0) text.enter(stacks.depth[node]!, frame);
    for (const row of groupSamplesAt(stacks, node)) {
      const cells = numbers.list(row, node);
      if (cells === null) continue;
      const allocator = ALLOCATORS[stacks.samples.allocator[row[0]!]!]!.toUpperCase();
      pieces.addText(`${allocator},${cells.join(',')},${formatThreads(row)},"`);
      pieces.add(text.read());
      pieces.addText('"\n');
      yield* pieces.takeFull();
    }
  }
  yield* pieces.takeRest();
}

/** Writes the numbers and the labels of the threads of a row. */
function createThreadFormatter({samples, threads}: ExportedStacks): (row: readonly number[]) => string {
  const format = (labels: readonly string[]) =>
    `${labels.map(readThreadNumber).join('; ')},${formatCsvCell(labels.join('; '))}`;
  // Most rows have one thread.
  const known = threads.map(({label}) => format([label]));
  return row => {
    const [first, ...others] = row;
    if (others.length === 0) return known[samples.thread[first!]!]!;
    return format([...new Set(row.map(sample => threads[samples.thread[sample]!]!.label))]);
  };
}

/** memray's number of a thread: 18 of "0x12 (worker)". */
function readThreadNumber(label: string): string {
  const digits = /^0x([0-9a-f]+)/.exec(label)?.[1];
  return digits === undefined ? '' : String(BigInt(`0x${digits}`));
}
