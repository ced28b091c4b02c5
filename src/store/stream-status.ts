import {formatDuration} from '../format/duration.js';
import {formatBytes, formatFixed} from '../format/numbers.js';
import type {RecordingProgress, StreamState} from '../reader/load-messages.js';

const MILLION = 1e6;

/**
 * How a recording goes: `recording 1:05  1204 records  heap 12.345MB +1.200MB/s`. The time is how long it has been going
 * on, the heap what is allocated now.
 */
export function formatStream(stream: StreamState, recording: RecordingProgress | undefined): string {
  if (stream === 'missing' || recording === undefined) return 'waiting for the recording to begin';
  if (stream === 'connected') return 'connected, nothing received yet';
  const {elapsedMs, allocationRecords, heapBytes, growthPerSecond} = recording;
  // Its recording is over: what is allocated at this point of it says nothing.
  if (stream === 'incomplete') return `waiting for the rest of the file  ${formatRecords(allocationRecords)}`;
  const state = `recording ${formatDuration(elapsedMs)}${REMARKS[stream]}`;
  if (heapBytes === null) return state;
  const isGrowthKnown = stream === 'growing' && growthPerSecond !== null;
  const growth = isGrowthKnown ? ` ${formatGrowth(growthPerSecond)}` : '';
  return `${state}  ${formatRecords(allocationRecords)}  heap ${formatBytes(heapBytes)}${growth}`;
}

const REMARKS: Readonly<Record<Exclude<StreamState, 'missing' | 'connected' | 'incomplete'>, string>> = {
  growing: '',
  quiet: ', nothing new',
  deleted: ', file deleted',
};

function formatGrowth(bytesPerSecond: number): string {
  return `${bytesPerSecond < 0 ? '' : '+'}${formatBytes(bytesPerSecond)}/s`;
}

function formatRecords(count: number): string {
  if (count === 1) return '1 record';
  return `${count < MILLION ? count : `${formatFixed(count / MILLION, 1)}M`} records`;
}
