import {type CaptureSource, openSource, openStandardInput} from './capture-source.js';
import {followFile} from './follow-source.js';
import type {ReadingMessage} from './reading.js';
import {type ReadingOptions, runReading} from './run-reading.js';

/** What is to be read. Plain data: it crosses the border between threads as it is. */
export type ReadingOrder =
  /** `path` "-" is standard input. */
  | {readonly kind: 'file'; readonly path: string}
  /** A file that is still being written. */
  | {readonly kind: 'follow'; readonly path: string};

/** Reads what is ordered, and tells how it goes, as `runReading` does. */
export function runOrder(
  order: ReadingOrder,
  options: ReadingOptions,
  emit: (message: ReadingMessage) => void,
): Promise<void> {
  return runReading(() => open(order), options, emit);
}

async function open(order: ReadingOrder): Promise<CaptureSource> {
  switch (order.kind) {
    case 'file':
      return order.path === '-' ? openStandardInput() : openSource(order.path);
    case 'follow':
      return followFile(order.path);
  }
}
