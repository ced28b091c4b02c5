import type {CaptureInput, WebByteStream} from './capture-input.js';
import {type CaptureSource, CHUNK_BYTES, createSource} from './capture-source.js';
import {isBlob, isDetached, isPath, isWebStream} from './check-request.js';
import {openFile} from './open-file.js';

/** Opens a source. Throws CaptureError ("cannot-open", "not-a-file"). */
export async function openSource(input: CaptureInput): Promise<CaptureSource> {
  if (isPath(input)) return openFile(input);
  if (input instanceof Uint8Array) return createSource(input.byteLength, cutBytes(input));
  if (isBlob(input)) return createSource(input.size, cutBlob(input));
  return createSource(null, isWebStream(input) ? readWebStream(input) : input);
}

async function* cutBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
  if (isDetached(bytes)) throw new Error('the memory of the bytes was transferred away');
}

async function* cutBlob(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += CHUNK_BYTES)
    yield new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer());
}

/** Not by its own iterator, which cannot be ended while it waits. */
function readWebStream(stream: WebByteStream): AsyncIterable<Uint8Array> & {destroy(): void} {
  const reader = stream.getReader();
  const cancel = (): Promise<void> => reader.cancel().catch(() => {});
  return {
    destroy: () => void cancel(),
    async *[Symbol.asyncIterator]() {
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value!;
      } finally {
        await cancel();
      }
    },
  };
}
