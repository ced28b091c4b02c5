import type {SourceReader} from '../source/source-reader.js';
import type {CallTree} from '../tree/call-tree.js';
import type {PageExcerpt} from './tree-bytes.js';

/** Lines that are shown before and after that of a frame. */
const AROUND = 3;
/** A page holds the source of so many frames at most, those with the biggest nodes. */
const MAX_EXCERPTS = 2000;
const MAX_LINE_LENGTH = 400;

/** The lines around those of the frames of a tree, as far as their files are here and not held back as private. */
export async function readExcerpts(
  {frame: frameOf, frames, strings, bytes}: CallTree,
  reader: SourceReader,
): Promise<ReadonlyMap<number, PageExcerpt>> {
  const nodes = [...frameOf.keys()].filter(node => frameOf[node]! >= 0 && frames.line[frameOf[node]!]! > 0);
  nodes.sort((a, b) => bytes[b]! - bytes[a]!);
  const wanted = [...new Set(nodes.map(node => frameOf[node]!))].slice(0, MAX_EXCERPTS);
  // The reader remembers few files.
  wanted.sort((a, b) => frames.file[a]! - frames.file[b]!);
  const excerpts = new Map<number, PageExcerpt>();
  for (const frame of wanted) {
    const line = frames.line[frame]!;
    const result = await reader.read(strings[frames.file[frame]!]!, {line});
    if (result.kind !== 'text') continue;
    const at = line - result.firstLine;
    if (at < 0 || at >= result.lines.length) continue;
    const first = Math.max(0, at - AROUND);
    const lines = result.lines.slice(first, at + AROUND + 1).map(text => text.slice(0, MAX_LINE_LENGTH));
    excerpts.set(frame, {firstLine: result.firstLine + first, lines});
  }
  return excerpts;
}
