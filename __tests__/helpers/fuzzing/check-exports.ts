import {exportView} from '../../../src/export/export-view.js';
import {toExportedQuery} from '../../../src/export/exported-query.js';
import {type ExportFormatName, getFormat} from '../../../src/export/formats.js';
import {sumSamplesAt} from '../../../src/export/sample-sums.js';
import {readCapture} from '../../../src/headless.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {createNaming} from '../../../src/query/naming.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import {
  decodeFolded,
  decodeGprof2dot,
  decodePprof,
  decodeSpeedscope,
  joinPieces,
  parseCsv,
} from '../decode-exports.js';
import {readQuery, tryRead} from './check-query.js';
import type {Random} from './random.js';

const NEEDS_FRAMES: readonly ExportFormatName[] = ['pprof', 'speedscope', 'gprof2dot', 'folded'];
const QUICK_FORMATS: readonly ExportFormatName[] = ['csv', 'speedscope', 'folded', 'gprof2dot'];
/** Sums above are not exact in every program that reads the file. */
const MAX_SUM_BYTES = 2 ** 52;

/** Its bytes by the decoder of each format, summed up. */
const DECODERS: Readonly<Record<ExportFormatName, (file: Buffer) => number | null>> = {
  html: checkPage,
  csv: sumCsv,
  speedscope: file => sumBytes(decodeSpeedscope(file).values()),
  pprof: file => sumBytes(decodePprof(file).samples),
  folded: file => add(decodeFolded(file).values()),
  gprof2dot: file => sumBytes(decodeGprof2dot(file).values()),
};

/** Exports what a written query leaves of a capture in each format; throws unless it is valid and has all bytes. */
export async function checkExports(bytes: Uint8Array, text: string, random: Random): Promise<void> {
  const query = await readQuery(text);
  if (query === null || query.shape.kind === 'stats') return;
  const exported = toExportedQuery(query);
  const result = await tryRead(() => readCapture(bytes, {view: exported, pythonOnly: random.chance(0.95)}));
  if (result === null) return;
  const {snapshot} = result;
  for (const format of pickFormats(random)) await checkExport(format, snapshot, exported);
}

/** All of them of every 16th input; of the others one of those that take little time. */
function pickFormats(random: Random): readonly ExportFormatName[] {
  const all = Object.keys(DECODERS) as ExportFormatName[];
  return random.chance(1 / 16) ? all : [random.pick(QUICK_FORMATS)];
}

async function checkExport(format: ExportFormatName, snapshot: Snapshot, query: TreeQuery): Promise<void> {
  const naming = createNaming(snapshot);
  const {view} = exportView({name: 'random.bin', snapshot, query, naming});
  const write = await getFormat(format).load();
  const sum = DECODERS[format](await joinPieces(write(view)));
  const stacks = view.getStacks();
  let [all, framed] = [0, 0];
  for (let node = 0; node < stacks.length; node++) {
    const {bytes} = sumSamplesAt(stacks, node);
    all += bytes;
    if (node > 0) framed += bytes;
  }
  // Stacks without a frame are no samples in some formats.
  const isRight = sum === null || sum === all || (NEEDS_FRAMES.includes(format) && sum === framed);
  const isExact = all <= MAX_SUM_BYTES && snapshot.runs === undefined;
  if (isExact && !isRight) throw new Error(`${format} has ${sum} bytes instead of ${all} (${framed})`);
  const {kept} = view.getAmounts();
  // Nodes of callees are of what matches alone.
  const isWhole = isExact && query.biggest === Infinity && ['tree', 'inverted'].includes(query.shape.kind);
  if (isWhole && kept.bytes !== all) throw new Error(`${all} bytes are exported of ${kept.bytes}`);
}

function add(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function sumBytes(stacks: Iterable<{readonly bytes: number}>): number {
  return add([...stacks].map(({bytes}) => bytes));
}

function sumCsv(file: Buffer): number {
  const [headings, ...rows] = parseCsv(file.toString());
  if (rows.some(row => row.length !== headings!.length)) throw new Error('csv: a row has other cells');
  return add(rows.map(row => Number(row[headings!.indexOf('size')])));
}

/** One page with no way out of its data. */
function checkPage(file: Buffer): null {
  const text = file.toString();
  if (!text.startsWith('<!DOCTYPE html>') && !text.startsWith('<!doctype html>'))
    throw new Error('html: no page');
  const scripts = text.match(/<script/gi)?.length ?? 0;
  if (scripts !== (text.match(/<\/script>/gi)?.length ?? 0)) throw new Error('html: a script does not end');
  return null;
}
