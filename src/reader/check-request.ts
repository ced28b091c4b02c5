import {isObject, wrongType} from '../base/check.js';
import type {View} from '../heap/snapshot.js';

// Checks of what a caller of the library hands over to be read.

const COUNT = 'a whole number, not below 0';

/** @throws TypeError where it is nothing that can be read */
export function checkSource(source: unknown): void {
  const isStream =
    isObject(source) &&
    typeof (source as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function';
  if (typeof source === 'string' || source instanceof URL || source instanceof Uint8Array || isStream) return;
  throw wrongType('source', 'a path, a URL, a Uint8Array or a stream of bytes', source);
}

/** @throws RangeError or TypeError that names the option */
export function checkBiggestAllocs(biggestAllocs: unknown): void {
  if (typeof biggestAllocs === 'number' && Number.isInteger(biggestAllocs) && biggestAllocs >= 0) return;
  throw new RangeError(`biggestAllocs must be ${COUNT}`);
}

export function checkView(view: unknown): asserts view is View {
  if (!isObject(view)) throw wrongType('view', 'an object', view);
  const {kind, threshold} = view;
  if (kind !== 'peak' && kind !== 'leaks' && kind !== 'temporary') {
    throw wrongType('view.kind', '"peak", "leaks" or "temporary"', kind);
  }
  if (kind === 'temporary' && !(Number.isInteger(threshold) && (threshold as number) >= 0)) {
    throw wrongType('view.threshold', COUNT, threshold);
  }
}

/** Options of all kinds of loads; those that are left out are fine. */
export function checkLoadOptions(options: unknown): void {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {signal, onProgress, symbols, symbolsDirectory, name} = options;
  if (signal !== undefined && !(isObject(signal) && typeof signal.throwIfAborted === 'function')) {
    throw wrongType('signal', 'an AbortSignal', signal);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw wrongType('onProgress', 'a function', onProgress);
  }
  for (const [option, value] of Object.entries({symbols, symbolsDirectory, name})) {
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw wrongType(option, 'a string', value);
    }
  }
}

/** The bytes of a stream, which may give anything. */
export async function* checkChunks(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw wrongType('each chunk of the stream', 'a Uint8Array', chunk);
    yield chunk;
  }
}
