import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {CallTreeBuilder} from '../../tree/call-tree-builder.js';
import {type ComparedNodes, mapSums, type NodeSums, SUM_NAMES} from '../../tree/compared-nodes.js';
import {NumberReader, type PageHead} from '../tree-bytes.js';

export interface DecodedTree {
  readonly head: PageHead;
  readonly tree: CallTree;
}

/** Reads what `encodeTree` wrote. */
export function decodeTree(bytes: Uint8Array): DecodedTree {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as PageHead;
  const numbers = new NumberReader(bytes, 4 + headLength);
  const {frames, flags} = readFrames(numbers, head.frameCount);
  const builder = new CallTreeBuilder(head.nodeCount);
  const base = createSums(head.nodeCount);
  const sides = [builder, base].slice(0, head.sideCount);
  const values: Float64Array[] = [];
  /** The node at each depth that came last. */
  const path = [0];
  for (let node = 0; node < head.nodeCount; node++) {
    if (node > 0) {
      const depth = path.length - numbers.next();
      const frame = numbers.next();
      path.length = depth;
      path.push(builder.addNode(path.at(-1)!, frame, flags[frame]!));
    }
    if (sides.length === 0) {
      builder.selfBytes[node] = numbers.next();
      builder.selfAllocations[node] = numbers.next();
    }
    for (const side of sides) for (const name of SUM_NAMES) side[name][node] = numbers.next() / 2;
    if (head.captures.length > 0) values.push(readValues(numbers, head.captures.length));
  }
  if (sides.length === 0) builder.sumTotals();
  const {strings, rootName, isOrdered} = head;
  const columns = builder.finish(frames, strings, {rootName, keepOrder: true});
  const compared = describeCompared(head, base, values);
  const tree = {...columns, isNested: isOrdered, ...(compared && {compared})};
  return {head, tree: createCallTree(tree, {getShares: () => []})};
}

function readValues(numbers: NumberReader, captures: number): Float64Array {
  const isSame = numbers.next() === 0;
  const first = numbers.next();
  return Float64Array.from({length: captures}, (_, run) => (isSame || run === 0 ? first : numbers.next()));
}

/** Null of a capture by itself. */
function describeCompared(
  {sideCount, captures}: PageHead,
  base: NodeSums,
  values: readonly Float64Array[],
): ComparedNodes | null {
  if (sideCount > 1) return {...UNKNOWN_RUNS, base};
  if (sideCount === 0) return null;
  const runs = captures.map((_, part) => ({part, isBase: false}));
  return {...UNKNOWN_RUNS, base: null, runs, showsSizes: true, getValues: node => values[node]!.slice()};
}

/** What a page does not know of a comparison, and does not show. */
const UNKNOWN_RUNS: Omit<ComparedNodes, 'base'> = {
  runs: [],
  getValues: () => new Float64Array(0),
  isChanged: null,
  undecided: null,
  hasFewRuns: false,
  showsSizes: false,
  moved: null,
  unchanged: {reason: 'unchanged', nodes: 0, bytes: 0, difference: 0, undecided: 0, tested: 0},
};

function createSums(length: number): NodeSums {
  return mapSums(() => new Float64Array(length));
}

function readFrames(numbers: NumberReader, length: number) {
  const createColumn = () => new Int32Array(length);
  const frames = {length, function: createColumn(), file: createColumn(), line: createColumn()};
  const flags = new Uint8Array(length);
  for (let frame = 0; frame < length; frame++) {
    frames.function[frame] = numbers.next();
    frames.file[frame] = numbers.next();
    frames.line[frame] = numbers.next();
    flags[frame] = numbers.next();
  }
  return {frames, flags};
}
