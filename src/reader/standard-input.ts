import {CaptureError} from '../capture/damage.js';
import {type CaptureSource, CHUNK_BYTES, createSource} from './capture-source.js';

/**
 * Standard input: a redirected file is read as a file, a pipe or socket as a stream. A terminal is refused.
 */
export async function openStandardInput(): Promise<CaptureSource> {
  const {fstatSync, createReadStream} = await import('node:fs');
  const stat = fstatSync(0);
  if (stat.isFile())
    return createSource(stat.size, createReadStream('', {fd: 0, highWaterMark: CHUNK_BYTES}));
  if (stat.isFIFO() || stat.isSocket()) {
    // A blocking read of a pipe would keep a thread of the pool busy, and with it the exit of the process.
    const {Socket} = await import('node:net');
    return createSource(null, new Socket({fd: 0, readable: true, writable: false}));
  }
  if (stat.isCharacterDevice() && (await import('node:tty')).isatty(0)) {
    throw new CaptureError('not-a-file', 'is a terminal; pipe a capture into it');
  }
  return createSource(null, createReadStream('', {fd: 0, highWaterMark: CHUNK_BYTES}));
}
