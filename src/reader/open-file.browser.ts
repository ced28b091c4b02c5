import {CaptureError} from '../capture/damage.js';
import type {CaptureSource} from './capture-source.js';

/** A page sees no files of the machine but those that it is given. */
export async function openFile(_path: string | URL): Promise<CaptureSource> {
  throw new CaptureError('cannot-open', 'a page cannot open paths; pass a File, bytes or a stream');
}
