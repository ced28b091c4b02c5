import {Lz4FrameReader} from '../../src/capture/lz4-frame.js';
import {createCore} from '../../src/core/core.js';

/** What frames hold, and why no more. */
interface DecodedFrames {
  readonly content: Buffer;
  readonly error: Lz4FrameReader['error'];
  readonly isOver: boolean;
}

/** Unpacks LZ4 frames, which may be damaged, so many bytes at a time. */
export function decodeFrames(bytes: Uint8Array, pieceBytes: number): DecodedFrames {
  const core = createCore();
  const blocks: Uint8Array[] = [];
  const reader = new Lz4FrameReader(core, () => {
    const end = core.writePos() >>> 0;
    blocks.push(new Uint8Array(core.memory.buffer).slice(core.parsePos() >>> 0, end));
    core.setParsePos(end);
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  reader.end();
  return {content: Buffer.concat(blocks), error: reader.error, isOver: reader.isOver};
}

/** The content of LZ4 frames. Throws if they are damaged. */
export function decodeLz4(bytes: Uint8Array): Uint8Array {
  const {content, error} = decodeFrames(bytes, bytes.length);
  if (error !== null) throw new Error(error.message);
  return content;
}
