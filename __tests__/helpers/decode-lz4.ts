import {Lz4FrameReader} from '../../src/capture/lz4-frame.js';
import {createCore} from '../../src/core/core.js';

/** The content of LZ4 frames. Throws if they are damaged. */
export function decodeLz4(bytes: Uint8Array): Uint8Array {
  const core = createCore();
  const blocks: Uint8Array[] = [];
  const reader = new Lz4FrameReader(core, () => {
    const end = core.writePos() >>> 0;
    blocks.push(new Uint8Array(core.memory.buffer).slice(core.parsePos() >>> 0, end));
    core.setParsePos(end);
  });
  reader.push(bytes);
  reader.end();
  if (reader.error !== null) throw new Error(reader.error.message);
  return Buffer.concat(blocks);
}
