import type {LoadProgress} from '../src/reader/load-messages.js';
import {formatStream} from '../src/store/stream-status.js';
import {formatTimeLeft} from '../src/store/time-left.js';
import type {CliOptions} from './cli-values.js';
import {formatError, say} from './say.js';

const ERASE_LINE = '\r\u001b[K';

/** One line on standard error, written over and over, where that is a terminal. */
export function createProgressLine({results}: Pick<CliOptions, 'results'>) {
  const isShown = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  let isWaitSaid = false;
  return {
    show(progress: LoadProgress) {
      const {waitingFor} = progress;
      if (waitingFor === undefined) {
        if (isShown) process.stderr.write(`${ERASE_LINE}${formatError(results, describe(progress))}`);
        return;
      }
      if (!isWaitSaid) say(results, waitingFor);
      isWaitSaid = true;
    },
    clear() {
      if (isShown) process.stderr.write(ERASE_LINE);
    },
  };
}

function describe(progress: LoadProgress): string {
  const {bytesRead, totalBytes, elapsedMs, stream, recording, resolving} = progress;
  if (resolving !== undefined) return `resolving native names ${resolving.done}/${resolving.total}`;
  if (stream !== undefined) return formatStream(stream, recording);
  const rate = `${(bytesRead / 1000 / Math.max(elapsedMs, 1)).toFixed(0)} MB/s`;
  const share = totalBytes
    ? `${Math.floor((100 * bytesRead) / totalBytes)} %`
    : `${(bytesRead / 1e6).toFixed(0)} MB`;
  return [`reading ${share}`, rate, formatTimeLeft(progress)].filter(part => part !== '').join(', ');
}
