import {ChildTable} from '../base/child-table.js';
import {listSide} from './compared-sides.js';
import {FileNames, type Rename} from './frame-renames.js';
import type {Snapshot} from './snapshot.js';

type Heap = Omit<Snapshot, 'capture'>;

const BASE = 1;
const BOTH = 3;

/** Functions of files that are on both sides of a comparison, once folders are renamed. */
export interface PairedFunctions {
  readonly count: number;
  /** How many of them are in a row of both sides where a tree begins at the root: their callers are the same. */
  readonly inTree: number;
  /** An outermost one of all others, whose name can be typed as it is; null where there is none. */
  readonly example: string | null;
}

/**
 * @param folders what is renamed besides what is renamed already
 * @param onlyRenamed whether only functions of files count that are renamed here
 */
export function findPairedFunctions(
  heap: Heap,
  folders: readonly Rename[],
  onlyRenamed: boolean,
): PairedFunctions {
  const {stacks} = heap;
  const sides = markSides(heap);
  const {nameOf, names, renamed} = nameFrames(heap, folders, sides);
  const rows = new ChildTable();
  const rowOf = new Int32Array(stacks.length);
  const rowSides = new Uint8Array(stacks.length);
  const nameSides = new Uint8Array(names.length);
  for (let node = 0; node < stacks.length; node++) {
    const caller = stacks.prefix[node]!;
    const name = nameOf[stacks.frame[node]!]!;
    const row = rows.ensure(caller < 0 ? 0 : rowOf[caller]! + 1, name, node);
    rowOf[node] = row;
    rowSides[row]! |= sides[node]!;
    nameSides[name]! |= sides[node]!;
  }
  const isPaired = (name: number): boolean =>
    nameSides[name] === BOTH && isInFile(names[name]!) && (!onlyRenamed || renamed.has(name));
  const paired = new Set<number>();
  const inTree = new Set<number>();
  for (let node = 0; node < stacks.length; node++) {
    const name = nameOf[stacks.frame[node]!]!;
    if (!isPaired(name)) continue;
    paired.add(name);
    if (rowSides[rowOf[node]!] === BOTH) inTree.add(name);
  }
  const example = [...paired].find(name => !inTree.has(name) && /^[A-Za-z_]\w*$/.test(names[name]!.function));
  return {
    count: paired.size,
    inTree: inTree.size,
    example: example === undefined ? null : names[example]!.function,
  };
}

interface FunctionName {
  readonly function: string;
  readonly file: string;
}

/** What is no path, such as `<string>`, stands for other code each time. */
function isInFile({file}: FunctionName): boolean {
  return file !== '' && !file.startsWith('<');
}

/** Of each stack node the sides that have it. */
function markSides({stacks, locations, runs = []}: Heap): Uint8Array {
  const sides = new Uint8Array(stacks.length);
  for (const isBase of [true, false]) {
    for (const {location} of listSide(runs, isBase)) {
      for (const index of location) {
        const end = locations.stack[index]!;
        if (end >= 0) sides[end]! |= isBase ? BASE : BOTH - BASE;
      }
    }
  }
  for (let node = stacks.length - 1; node >= 0; node--) {
    const caller = stacks.prefix[node]!;
    if (caller >= 0) sides[caller]! |= sides[node]!;
  }
  return sides;
}

/** The functions, and which of them each frame is of: those of the base as the other side calls their files. */
function nameFrames({stacks, frames, strings}: Heap, folders: readonly Rename[], sides: Uint8Array) {
  const frameSides = new Uint8Array(frames.length);
  stacks.frame.forEach((frame, node) => {
    frameSides[frame]! |= sides[node]!;
  });
  const fileOf = (frame: number): string => strings[frames.file[frame]!]!;
  const files = new FileNames({folders});
  frameSides.forEach((side, frame) => {
    if (side > BASE) files.toKnown(fileOf(frame));
  });
  const names: FunctionName[] = [];
  const renamed = new Set<number>();
  const numbers = new Map<string, number>();
  const nameOf = Int32Array.from({length: frames.length}, (_, frame) => {
    const name = {function: strings[frames.function[frame]!]!, file: files.toKnown(fileOf(frame))};
    const key = JSON.stringify([name.file, name.function]);
    const number = numbers.get(key) ?? names.length;
    if (number === names.length) {
      numbers.set(key, number);
      names.push(name);
    }
    if (name.file !== fileOf(frame)) renamed.add(number);
    return number;
  });
  return {nameOf, names, renamed};
}
