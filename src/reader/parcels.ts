import type {Snapshot} from '../heap/snapshot.js';
import type {TreeData} from '../tree/tree-data.js';
import type {LoadDone} from './load-messages.js';

/** A part of the strings of one of the two snapshots that the end of a load may bring. */
export interface StringsPart {
  readonly type: 'strings';
  readonly of: 'snapshot' | 'other';
  readonly strings: readonly string[];
}

/** So many strings are received within a few milliseconds. */
const MAX_STRINGS = 50_000;
const NO_STRINGS: readonly string[] = [];

/**
 * The end of a load as messages, none of which takes its receiver long: parts of the strings of large
 * snapshots, which are made one by one there, and what is left without them.
 */
export function splitDone(
  done: LoadDone,
  maxStrings = MAX_STRINGS,
): {readonly parts: readonly StringsPart[]; readonly rest: LoadDone} {
  const {snapshot, tree, other, otherTree, ...facts} = done;
  const parts = [
    ...listParts('snapshot', snapshot.strings, maxStrings),
    ...(other ? listParts('other', other.strings, maxStrings) : []),
  ];
  const hasParts = (of: StringsPart['of']): boolean => parts.some(part => part.of === of);
  const cut = (of: StringsPart['of'], strings: readonly string[]): readonly string[] =>
    hasParts(of) ? NO_STRINGS : strings;
  return {parts, rest: {...facts, ...mapStrings({snapshot, tree, other, otherTree}, cut)}};
}

/** The parts that have come so far. */
export type StringLists = Map<StringsPart['of'], string[]>;

export function addPart(lists: StringLists, {of, strings}: StringsPart): void {
  const list = lists.get(of) ?? [];
  for (const text of strings) list.push(text);
  lists.set(of, list);
}

/** The end of a load from its parts. */
export function joinDone(lists: StringLists, rest: LoadDone): LoadDone {
  const {snapshot, tree, other, otherTree, ...facts} = rest;
  const restore = (of: StringsPart['of'], strings: readonly string[]): readonly string[] =>
    lists.get(of) ?? strings;
  return {...facts, ...mapStrings({snapshot, tree, other, otherTree}, restore)};
}

function listParts(of: StringsPart['of'], strings: readonly string[], maxStrings: number): StringsPart[] {
  if (strings.length <= maxStrings) return [];
  const count = Math.ceil(strings.length / maxStrings);
  return Array.from({length: count}, (_, i) => ({
    type: 'strings',
    of,
    strings: strings.slice(i * maxStrings, (i + 1) * maxStrings),
  }));
}

interface Results {
  readonly snapshot: Snapshot;
  readonly tree: TreeData | undefined;
  readonly other: Snapshot | undefined;
  readonly otherTree: TreeData | undefined;
}

/** A snapshot and its tree have the same strings. */
function mapStrings(
  {snapshot, tree, other, otherTree}: Results,
  map: (of: StringsPart['of'], strings: readonly string[]) => readonly string[],
): Pick<LoadDone, 'snapshot' | 'tree' | 'other' | 'otherTree'> {
  const setStrings = (of: StringsPart['of'], from: Snapshot, built: TreeData | undefined) => {
    const strings = map(of, from.strings);
    return {
      snapshot: {...from, strings},
      tree: built && {...built, columns: {...built.columns, strings}},
    };
  };
  const first = setStrings('snapshot', snapshot, tree);
  const second = other && setStrings('other', other, otherTree);
  return {
    snapshot: first.snapshot,
    ...(first.tree && {tree: first.tree}),
    ...(second && {other: second.snapshot, ...(second.tree && {otherTree: second.tree})}),
  };
}

/** The buffers of all columns in plain data: handed over instead of copied. */
export function listBuffers(data: object, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  for (const value of Object.values(data)) {
    if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) listBuffers(value, found);
  }
  return [...found];
}
