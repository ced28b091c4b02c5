import type {Output} from './output-file.js';

/** Writes everything and completes it. Throws OutputError; then there is no file. */
export async function writePieces(
  output: Output,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  try {
    for await (const piece of pieces) await output.write(piece);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
}
