import type {FileHandle} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {getProcessState} from '../platform/process-state.js';
import {type CaptureSource, CHUNK_BYTES, getUnpackNotes, toSourceFailure} from './capture-source.js';
import {openRegularFile} from './regular-file.js';
import {SourceBytes} from './source-bytes.js';
import {explainUnfinished} from './unfinished.js';
import {Unpacking} from './unpack.js';

/** Opens a file on this machine. Throws CaptureError ("cannot-open", "not-a-file"). */
export async function openFile(path: string | URL): Promise<CaptureSource> {
  const file = await openRegularFile(path);
  const before = await file.stat();
  const unpacking = new Unpacking(typeof path === 'string' ? path : fileURLToPath(path));
  const bytes = new SourceBytes(readChunks(file));
  return {
    totalBytes: before.size,
    chunks: unpacking.open(bytes.read()),
    unpacking,
    getFailure: () => toSourceFailure(bytes),
    async getNotes(capture) {
      const after = await file.stat();
      const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
      const change = 'The file changed while it was being read; read it again.';
      return [
        ...explainUnfinished(capture, getProcessState(capture)),
        ...getUnpackNotes(unpacking, capture),
        ...(isSame ? [] : [change]),
      ];
    },
    close: () => file.close(),
  };
}

async function* readChunks(file: FileHandle): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const {bytesRead} = await file.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
