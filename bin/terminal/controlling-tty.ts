import {closeSync, openSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {isatty, ReadStream} from 'node:tty';
import {READ_KEYBOARD} from '../../src/platform/open-flags.js';
import {getPlatform, type Platform} from '../../src/platform/platform.js';

/** Access to the system; tests pass their own. */
export interface TtyHost {
  open(path: string): number;
  isatty(descriptor: number): boolean;
  close(descriptor: number): void;
  createStream(descriptor: number): ReadStream;
}

const nodeHost: TtyHost = {
  open: path => openSync(path, READ_KEYBOARD),
  isatty,
  close: closeSync,
  createStream: createKeyboardStream,
};

/** More than a terminal hands over at once. */
const CHUNK_BYTES = 65_536;

/**
 * A stream that reads nothing while it is paused. By itself Node reads one piece more from a terminal that is not
 * standard input: the first keys that another program should get.
 */
function createKeyboardStream(descriptor: number): ReadStream {
  const decoder = new StringDecoder('utf8');
  const stream = new ReadStream(descriptor, {
    onread: {
      buffer: new Uint8Array(CHUNK_BYTES),
      callback(count, bytes) {
        stream.emit('data', decoder.write(Buffer.from(bytes.subarray(0, count))));
        return true;
      },
    },
  });
  return stream;
}

/**
 * The keyboard of the terminal that the process belongs to, whatever standard input is. Null where there is
 * no such terminal. The caller ends the stream (`destroy`).
 */
export function openControllingTty(
  host: TtyHost = nodeHost,
  {keyboardPath}: Platform = getPlatform(),
): ReadStream | null {
  let descriptor = -1;
  try {
    descriptor = host.open(keyboardPath);
    if (host.isatty(descriptor)) return host.createStream(descriptor);
  } catch {
    // No terminal, or one that cannot be read: null.
  }
  if (descriptor >= 0) host.close(descriptor);
  return null;
}
