import {isDeepStrictEqual} from 'node:util';
import {CaptureError} from '../../../src/capture/damage.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot, SnapshotOptions} from '../../../src/heap/snapshot.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import {formatJson} from '../../../src/report/json.js';
import type {Report} from '../../../src/report/report.js';
import {formatText} from '../../../src/report/text.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {createReport} from '../report.js';
import {checkSnapshot, checkTree} from './check-snapshot.js';
import {createRandom, type Random} from './random.js';

/** Reports may be far larger than their capture: each node of a deep tree is indented. */
const MAX_REPORT_CHARACTERS = 200_000;
/** Most of the time goes into the pieces of the few inputs that are larger. */
const MAX_ALWAYS_IN_PIECES_BYTES = 2000;

/**
 * Reads any bytes at once and in random pieces, asks for everything that follows from them, and throws if a
 * promise is broken: nothing but CaptureError is thrown, both loads agree, all sums do.
 */
export function checkInput(bytes: Uint8Array, random: Random = createRandom(1)): void {
  const options = createOptions(random);
  const whole = readWhole(bytes, options);
  const isInPieces = bytes.length <= MAX_ALWAYS_IN_PIECES_BYTES || random.chance(0.25);
  if (isInPieces && !isDeepStrictEqual(whole, readInPieces(bytes, options, random))) {
    throw new Error(`in pieces it is another capture (${JSON.stringify(options)})`);
  }
  if (typeof whole === 'string') return;
  checkSnapshot(whole);
  const wholePeak = random.chance(0.5);
  const tree = buildCallTree(whole, {wholePeak});
  checkTree(tree, whole, {wholePeak});
  const query = {...DEFAULT_QUERY, select: options.view, biggest: options.biggestAllocs};
  checkReport(createReport(whole, {query, wholePeak}), random);
}

function createOptions(random: Random): SnapshotOptions {
  const threshold = random.pick([0, 1, 3, 2 ** 40]);
  const view = random.pick([
    {kind: 'peak'} as const,
    {kind: 'peak'} as const,
    {kind: 'leaks'} as const,
    {kind: 'temporary', threshold} as const,
  ]);
  return {view, biggestAllocs: random.pick([200, 200, 0, 1, 3])};
}

/** The snapshot, or why there is none. */
type Outcome = Snapshot | string;

function read(
  options: SnapshotOptions,
  reader: (parser: ReturnType<typeof createCaptureParser>) => void,
): Outcome {
  const parser = createCaptureParser(options);
  try {
    reader(parser);
    parser.end();
  } catch (error) {
    if (error instanceof CaptureError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return parser.getSnapshot();
}

function readWhole(bytes: Uint8Array, options: SnapshotOptions): Outcome {
  return read(options, parser => parser.push(bytes));
}

/** A snapshot on the way must be sound, and change nothing. */
function readInPieces(bytes: Uint8Array, options: SnapshotOptions, random: Random): Outcome {
  const maxPiece = random.pick([8, 100, 5000]);
  const snapshotAt = random.below(2 * bytes.length + 1);
  return read(options, parser => {
    let records = 0;
    for (let at = 0; at < bytes.length && !parser.isDone; ) {
      const size = 1 + random.below(maxPiece);
      parser.push(bytes.subarray(at, at + size));
      if (parser.records < records) throw new Error('the number of records went down');
      records = parser.records;
      if (at <= snapshotAt && snapshotAt < at + size && parser.hasHeader) checkSnapshot(parser.getSnapshot());
      at += size;
    }
  });
}

function checkReport(report: Report, random: Random): void {
  if (random.chance(0.5)) {
    takeText(formatText(report));
    return;
  }
  const json = takeText(formatJson(report));
  if (json.length >= MAX_REPORT_CHARACTERS) return;
  const {tree} = JSON.parse(json) as {tree: {bytes: number}};
  if (tree.bytes !== report.tree.bytes[0]) throw new Error('JSON has another root');
}

function takeText(pieces: Iterable<string>): string {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length >= MAX_REPORT_CHARACTERS) break;
  }
  return text;
}
