import {concatBytes} from '../base/bytes.js';
import {recognizeContainer} from './container.js';

/**
 * What a source is the beginning of, and all of its bytes. To be closed at the end, whether they were read or
 * not.
 */
export async function peek(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  let container = recognizeContainer(head);
  while (container === undefined) {
    const next = await iterator.next();
    if (next.done === true) {
      container = recognizeContainer(head, true) ?? null;
    } else {
      // The source may use the same memory for its next chunk.
      head = head.length === 0 ? next.value : concatBytes([head, next.value]);
      container = recognizeContainer(head);
      if (container === undefined) head = Uint8Array.from(head);
    }
  }
  return {
    container,
    async *read(): AsyncGenerator<Uint8Array> {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    },
    close: async () => void (await iterator.return?.()),
  };
}
