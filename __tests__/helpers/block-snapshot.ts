import type {Snapshot} from '../../src/heap/snapshot.js';
import type {ReferenceBlock, ReferenceFrame} from './reference-query.js';
import {buildReferenceSnapshot} from './reference-snapshot.js';
import type {SnapshotSpec} from './snapshot-builder.js';

/** A location as text: `main>load 2*100@malloc 1*4096@mmap [0x2 (worker)]`; the file of `load` is /app/load.py. */
export function parseBlocks(lines: readonly string[], {capture}: SnapshotSpec = {}): Snapshot {
  const locations = lines
    .map(parseLocation)
    .sort((a, b) => b.bytes - a.bytes)
    .map((location, index) => ({...location, index}));
  return buildReferenceSnapshot(locations, capture);
}

function parseLocation(line: string) {
  const [, path, written, thread = '0x1'] = /^(\S*) ((?:\d+\*\d+@\w+ ?)+)(?:\[(.*)\])?$/.exec(line)!;
  const blocks = written!.trim().split(' ').map(parseBlock);
  return {
    stack: path === '-' ? [] : path!.split('>').map(parseFrame),
    blocks,
    thread,
    bytes: blocks.reduce((sum, {size, count}) => sum + size * count, 0),
    allocations: blocks.reduce((sum, {count}) => sum + count, 0),
  };
}

function parseBlock(text: string): ReferenceBlock {
  const [, count, size, allocator] = /^(\d+)\*(\d+)@(\w+)$/.exec(text)!;
  return {count: Number(count), size: Number(size), allocator: allocator!};
}

/** `load`, `load@numpy/core.py` or `load:12`. */
function parseFrame(text: string): ReferenceFrame {
  const [, name, file = `/app/${name}.py`, line = '1'] = /^([^@:]+)(?:@([^:]+))?(?::(\d+))?$/.exec(text)!;
  return {function: name!, file, line: Number(line)};
}
