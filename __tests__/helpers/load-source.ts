import type {CaptureSource} from '../../src/reader/capture-source.js';
import type {LoadDone} from '../../src/reader/load-messages.js';
import {getEnd, type LoadOptions, readSource} from '../../src/reader/run-load.js';

/** Reads a source in this thread. Returns the end. */
export async function loadSource(
  open: () => Promise<CaptureSource>,
  options: LoadOptions,
): Promise<LoadDone> {
  const ignore = (): void => {};
  return getEnd(await readSource(open, options, ignore), options, ignore);
}
