import {isObject, wrongType} from '../base/check.js';
import type {MomentView, View} from '../heap/snapshot.js';
import type {WebByteStream} from './capture-input.js';

// Checks of what a caller of the library hands over to be read.

const COUNT = 'a whole number, not below 0';

/** Streams that have been read, or are being read. */
const usedStreams = new WeakSet<object>();

/**
 * Makes sure that a source can be read, and takes note of a stream: it can be read once.
 * @throws TypeError where it is nothing that can be read
 */
export function claimSource(source: unknown): void {
  if (isPath(source)) return;
  if (source instanceof Uint8Array) {
    if (isDetached(source)) throw new TypeError('source is a Uint8Array whose memory was transferred away');
    return;
  }
  if (isBlob(source)) return;
  if (!isStream(source) && !isWebStream(source))
    throw wrongType('source', 'a path, a URL, a Uint8Array, a Blob or a stream of bytes', source);
  if (!canBeReadOnce(source)) return;
  if (usedStreams.has(source) || Reflect.get(source, 'locked') === true) {
    throw new TypeError('source is a stream that was read before, or is being read: it can be read once');
  }
  usedStreams.add(source);
}

export const isPath = (source: unknown): source is string | URL =>
  typeof source === 'string' || source instanceof URL;

/** A File is one. */
export const isBlob = (source: unknown): source is Blob => source instanceof Blob;

const isStream = (source: unknown): source is AsyncIterable<unknown> =>
  isObject(source) && typeof (source as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function';

export const isWebStream = (source: unknown): source is WebByteStream =>
  isObject(source) && typeof (source as Partial<WebByteStream>).getReader === 'function';

/** A web stream, a Readable, or a generator; what only gives iterators may give any number of them. */
const canBeReadOnce = (source: object): boolean =>
  ['getReader', 'pipe', 'next'].some(name => typeof Reflect.get(source, name) === 'function');

/** Whether a source is a stream that is gone once it was read. */
export function isStreamReadOnce(source: unknown): boolean {
  return (isStream(source) || isWebStream(source)) && canBeReadOnce(source);
}

export const isDetached = ({buffer}: Uint8Array): boolean => Reflect.get(buffer, 'detached') === true;

/** @throws RangeError or TypeError that names the option */
export function checkBiggestAllocs(biggestAllocs: unknown): void {
  if (typeof biggestAllocs === 'number' && Number.isInteger(biggestAllocs) && biggestAllocs >= 0) return;
  throw new RangeError(`biggestAllocs must be ${COUNT}`);
}

/** @throws TypeError where it is no whole number, or below 0 */
export function checkCount(name: string, count: unknown): void {
  if (!(Number.isInteger(count) && (count as number) >= 0)) throw wrongType(name, COUNT, count);
}

/** @param name of the option that holds it */
export function checkView(view: unknown, name = 'view'): asserts view is View {
  if (!isObject(view)) throw wrongType(name, 'an object', view);
  const {kind, threshold} = view;
  if (kind === 'moment' || kind === 'range' || kind === 'generations') {
    checkMomentView(view, kind, name);
    return;
  }
  if (kind !== 'peak' && kind !== 'leaks' && kind !== 'temporary') {
    const kinds = '"peak", "leaks", "temporary", "moment", "range" or "generations"';
    throw wrongType(`${name}.kind`, kinds, kind);
  }
  if (kind === 'temporary') checkCount(`${name}.threshold`, threshold);
}

function checkMomentView(view: Record<string, unknown>, kind: MomentView['kind'], name: string): void {
  if (kind === 'moment') checkMoment(`${name}.at`, view.at);
  else if (kind === 'range') {
    if (view.of !== 'peak' && view.of !== 'grown')
      throw wrongType(`${name}.of`, '"peak" or "grown"', view.of);
    checkMoment(`${name}.from`, view.from);
    checkMoment(`${name}.to`, view.to);
  } else {
    const {marks} = view;
    if (!Array.isArray(marks) || marks.length < 2)
      throw wrongType(`${name}.marks`, 'at least two moments', marks);
    for (const [index, mark] of marks.entries()) checkMoment(`${name}.marks[${index}]`, mark);
  }
}

/** What the number of a moment is called, and how great it may be. */
const MOMENT_NUMBERS: ReadonlyMap<unknown, readonly [name: string, most: number]> = new Map([
  ['time', ['ms', Number.MAX_SAFE_INTEGER]],
  ['share', ['percent', 100]],
  ['record', ['record', Number.MAX_SAFE_INTEGER]],
  ['allocations', ['count', Number.MAX_SAFE_INTEGER]],
]);

function checkMoment(name: string, moment: unknown): void {
  const [field, most] = (isObject(moment) && MOMENT_NUMBERS.get(moment.kind)) || [];
  if (field === undefined || most === undefined || !isObject(moment)) {
    throw wrongType(name, 'a moment, such as {kind: "time", ms: 1500}', moment);
  }
  const value = moment[field];
  if (typeof value === 'number' && value >= 0 && value <= most) return;
  throw wrongType(`${name}.${field}`, `a number from 0 to ${most}`, value);
}

/** By what it can do: it may come from another realm. */
const isAbortSignal = (signal: unknown): boolean =>
  isObject(signal) &&
  typeof signal.throwIfAborted === 'function' &&
  typeof signal.addEventListener === 'function';

const FLAGS = ['allLocations', 'blocks', 'leaks', 'temporaryAllocations', 'wholePeak', 'pythonOnly'];

/** Options of all kinds of loads; those that are left out are fine. */
export function checkLoadOptions(options: unknown): void {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {signal, onProgress, symbols, symbolsDirectory, name} = options;
  if (signal !== undefined && !isAbortSignal(signal)) throw wrongType('signal', 'an AbortSignal', signal);
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw wrongType('onProgress', 'a function', onProgress);
  }
  for (const option of FLAGS) {
    const value = options[option];
    if (value !== undefined && typeof value !== 'boolean') throw wrongType(option, 'true or false', value);
  }
  for (const [option, value] of Object.entries({symbols, symbolsDirectory, name})) {
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw wrongType(option, 'a string', value);
    }
  }
}
