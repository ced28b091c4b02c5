import type {LoadDone} from './load-messages.js';

/** A part of the strings of a large snapshot. */
export interface StringsPart {
  readonly type: 'strings';
  readonly strings: readonly string[];
}

/** So many strings are received within a few milliseconds. */
const MAX_STRINGS = 50_000;
const NO_STRINGS: readonly string[] = [];

/**
 * The end of a load as messages, none of which takes its receiver long: parts of the strings of a large
 * snapshot, which are made one by one there, and what is left without them.
 */
export function splitDone(
  done: LoadDone,
  maxStrings = MAX_STRINGS,
): {readonly parts: readonly StringsPart[]; readonly rest: LoadDone} {
  const {strings} = done.snapshot;
  if (strings.length <= maxStrings) return {parts: [], rest: done};
  const count = Math.ceil(strings.length / maxStrings);
  const parts = Array.from({length: count}, (_, i) => ({
    type: 'strings' as const,
    strings: strings.slice(i * maxStrings, (i + 1) * maxStrings),
  }));
  return {parts, rest: setStrings(done, NO_STRINGS)};
}

/** The end of a load from its parts; `strings`: those of its parts, null where there were none. */
export function joinDone(strings: readonly string[] | null, rest: LoadDone): LoadDone {
  return setStrings(rest, strings ?? rest.snapshot.strings);
}

/** A snapshot and its tree have the same strings. */
function setStrings({snapshot, tree, ...facts}: LoadDone, strings: readonly string[]): LoadDone {
  return {
    ...facts,
    snapshot: {...snapshot, strings},
    ...(tree && {tree: {...tree, columns: {...tree.columns, strings}}}),
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
