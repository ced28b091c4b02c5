import {writeSync} from 'node:fs';
import type {IPty} from '@lydell/node-pty';

/** How soon it is tried again, where the program does not read. */
const RETRY_MS = 5;

/**
 * Types into a pseudo-terminal, in order, as fast as the program reads. `pty.write` waits inside of libuv for a program
 * that does not read; if that program waits for its output to be read, by us, both wait for ever.
 */
export function createPtyInput(pty: IPty): (text: string) => void {
  const file = Reflect.get(pty, 'fd') as number;
  let rest = Buffer.alloc(0);
  let timer: NodeJS.Timeout | null = null;
  let hasExited = false;
  pty.onExit(() => {
    hasExited = true;
  });
  const write = (): void => {
    timer = null;
    while (rest.length > 0 && !hasExited) {
      const written = tryToWrite(file, rest);
      if (written === 0) {
        timer = setTimeout(write, RETRY_MS);
        return;
      }
      rest = rest.subarray(written);
    }
  };
  return text => {
    rest = Buffer.concat([rest, Buffer.from(text, 'utf8')]);
    if (timer === null) write();
  };
}

/** How many bytes were taken; all of them where there is nobody to read them. */
function tryToWrite(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : bytes.length;
  }
}
