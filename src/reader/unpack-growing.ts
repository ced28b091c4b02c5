import type {Unpacking} from './unpack.js';

const NOTHING = new Uint8Array(0);

/**
 * Unpacks what is still arriving. An empty chunk says that there is nothing more just now; it is handed on at
 * once, although the unpacker itself goes on waiting for more.
 * @param stop makes `chunks` end soon
 */
export async function* unpackGrowing(
  unpacking: Unpacking,
  chunks: AsyncIterable<Uint8Array>,
  stop: () => void,
): AsyncGenerator<Uint8Array> {
  let noteTurn = (): void => {};
  async function* watch(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      if (chunk.length === 0) noteTurn();
      yield chunk;
    }
  }
  const unpacked = unpacking.open(watch(), {isGrowing: true});
  try {
    let next = unpacked.next();
    for (;;) {
      const turn = new Promise<null>(resolve => {
        noteTurn = () => resolve(null);
      });
      const result = await Promise.race([next, turn]);
      if (result?.done === true) return;
      yield result?.value ?? NOTHING;
      if (result !== null) next = unpacked.next();
    }
  } finally {
    stop();
    await unpacked.return(undefined);
  }
}
