import type {CaptureInfo, CapturePart} from './snapshot.js';

/** `new.bin was`, `2 of 4 captures were`: those of which something is true, where it is not true of all; else empty. */
export function nameUnlike(parts: readonly CapturePart[], isTrue: (capture: CaptureInfo) => boolean): string {
  const read = parts.filter(({capture}) => capture !== null);
  const names = read.filter(({capture}) => isTrue(capture!)).map(({name}) => name);
  if (names.length === read.length) return '';
  if (names.length > 1) return `${names.length} of ${read.length} captures were`;
  return names.length === 0 ? '' : `${names[0]} was`;
}

/** What is said of captures that were not all recorded with Python's own allocators, one line at most. */
export function describeTracing(parts: readonly CapturePart[]): readonly string[] {
  const names = nameUnlike(parts, ({tracePythonAllocators}) => tracePythonAllocators);
  if (names === '') return [];
  return [
    `only ${names} recorded with --trace-python-allocators: small objects are counted in another way there; record all captures alike`,
  ];
}
