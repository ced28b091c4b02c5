import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {CallTreeBuilder} from '../../tree/call-tree-builder.js';
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
  /** The node at each depth that came last. */
  const path = [0];
  for (let node = 0; node < head.nodeCount; node++) {
    if (node > 0) {
      const depth = path.length - numbers.next();
      const frame = numbers.next();
      path.length = depth;
      path.push(builder.addNode(path.at(-1)!, frame, flags[frame]!));
    }
    builder.selfBytes[node] = numbers.next();
    builder.selfAllocations[node] = numbers.next();
  }
  builder.sumTotals();
  const {strings, rootName, isOrdered} = head;
  const columns = builder.finish(frames, strings, {rootName, keepOrder: true});
  return {head, tree: createCallTree({...columns, isNested: isOrdered}, {getShares: () => []})};
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
