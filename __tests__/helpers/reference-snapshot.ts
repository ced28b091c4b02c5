import {ALLOCATORS} from '../../src/heap/allocators.js';
import type {BlockColumns, CaptureInfo, NativeColumns, Snapshot} from '../../src/heap/snapshot.js';
import type {ReferenceFrame, ReferenceLocation} from './reference-query.js';
import {buildSnapshot} from './snapshot-builder.js';

/** Between the file and the image of a native frame while the builder tells frames apart by it. */
const MARK = '\u0000';

/** A snapshot of these locations; with native columns where one of the frames is native. */
export function buildReferenceSnapshot(
  locations: readonly ReferenceLocation[],
  capture: Partial<CaptureInfo> = {},
): Snapshot {
  const marked = buildSnapshot(
    locations.map(location => ({
      ...location,
      stack: location.stack.map(frame => [frame.function, markFile(frame), frame.line] as const),
    })),
    {capture},
  );
  const rows = locations
    .flatMap(({blocks}, location) =>
      blocks.map(block => ({...block, allocator: ALLOCATORS.indexOf(block.allocator), location})),
    )
    .sort((a, b) => a.location - b.location || a.allocator - b.allocator || a.size - b.size);
  const blocks: BlockColumns = {
    length: rows.length,
    location: Int32Array.from(rows, row => row.location),
    allocator: Uint8Array.from(rows, row => row.allocator),
    size: Float64Array.from(rows, row => row.size),
    count: Float64Array.from(rows, row => row.count),
  };
  const isNative = marked.strings.some(text => text.includes(MARK));
  return {...(isNative ? splitFiles(marked) : marked), blocks};
}

function markFile({file, image}: ReferenceFrame): string {
  return image === undefined ? file : file + MARK + image;
}

function splitFiles(marked: Snapshot): Snapshot {
  const strings: string[] = [];
  const intern = (text: string) => {
    const known = strings.indexOf(text);
    return known < 0 ? strings.push(text) - 1 : known;
  };
  const {length, line} = marked.frames;
  const names = marked.frames.function.map(index => intern(marked.strings[index]!));
  const parts = Array.from(marked.frames.file, index => marked.strings[index]!.split(MARK));
  const file = Int32Array.from(parts, ([name]) => intern(name!));
  const keys = parts.map((_, frame) => `${names[frame]} ${file[frame]} ${line[frame]}`);
  const native: NativeColumns = {
    identity: Int32Array.from(keys, key => keys.indexOf(key)),
    image: Int32Array.from(parts, ([, image]) => (image === undefined ? -1 : intern(image))),
    offset: Float64Array.from(parts, ([, image], frame) => (image === undefined ? -1 : frame)),
    state: new Uint8Array(length),
    directory: new Int32Array(length).fill(-1),
  };
  return {...marked, strings, frames: {length, function: names, file, line, native}};
}
