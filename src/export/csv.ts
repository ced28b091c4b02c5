import {formatCsvCell, isFormula} from '../format/csv-cell.js';
import {ALLOCATORS} from '../heap/allocators.js';
import {BytePieces} from './byte-pieces.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {StackText} from './stack-text.js';

const HEADINGS = 'allocator,num_allocations,size,tid,thread_name,stack_trace\n';

/**
 * Comma-separated values with the columns of `memray transform csv`, and as many rows: threads are merged, so a row may
 * have several of them. Where allocators were read, each of them has a row. Stacks are written from the innermost frame
 * on, `function;file;line|function;file;line`.
 */
export function* writeCsv({getStacks}: ExportedView): Generator<Uint8Array> {
  const stacks = getStacks();
  const text = new StackText({
    format: frame => {
      const {name, file, line} = getFrameNames(stacks, frame);
      return `${name};${file};${line}`.replaceAll('"', '""');
    },
    separator: '|',
    isInnermostFirst: true,
  });
  const formatRow = createRowFormatter(stacks);
  const pieces = new BytePieces();
  pieces.addText(HEADINGS);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    if (node > 0) text.enter(stacks.depth[node]!, frame);
    const quote = frame >= 0 && isFormula(getFrameNames(stacks, frame).name) ? `"'` : '"';
    for (const row of listRows(stacks, node)) {
      pieces.addText(`${formatRow(row)},${quote}`);
      pieces.add(text.read());
      pieces.addText('"\n');
      yield* pieces.takeFull();
    }
  }
  yield* pieces.takeRest();
}

/** The samples of a node, those of one place and one allocator together. */
function listRows({firstSample, samples}: ExportedStacks, node: number): readonly (readonly number[])[] {
  const first = firstSample[node]!;
  const end = firstSample[node + 1]!;
  if (end - first < 2) return first === end ? [] : [[first]];
  const rows = new Map<number, number[]>();
  for (let sample = first; sample < end; sample++) {
    const key = samples.place[sample]! * ALLOCATORS.length + samples.allocator[sample]!;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [sample]);
    else row.push(sample);
  }
  return [...rows.values()];
}

/** Writes all cells but the last one. */
function createRowFormatter({samples, threads}: ExportedStacks): (row: readonly number[]) => string {
  const formatThreads = (labels: readonly string[]) =>
    `${labels.map(readThreadNumber).join('; ')},${formatCsvCell(labels.join('; '))}`;
  // Most rows have one thread.
  const known = threads.map(({label}) => formatThreads([label]));
  const sum = (row: readonly number[], column: Float64Array) =>
    row.reduce((total, sample) => total + column[sample]!, 0);
  const listThreads = (row: readonly number[]) => [
    ...new Set(row.map(sample => threads[samples.thread[sample]!]!.label)),
  ];
  return row => {
    const [first] = row;
    const ofThread = row.length === 1 ? known[samples.thread[first!]!]! : formatThreads(listThreads(row));
    const allocator = ALLOCATORS[samples.allocator[first!]!]!.toUpperCase();
    return `${allocator},${sum(row, samples.allocations)},${sum(row, samples.bytes)},${ofThread}`;
  };
}

/** memray's number of a thread: 18 of "0x12 (worker)". */
function readThreadNumber(label: string): string {
  const digits = /^0x([0-9a-f]+)/.exec(label)?.[1];
  return digits === undefined ? '' : String(BigInt(`0x${digits}`));
}
