import {formatBytes} from '../../format/numbers.js';
import {joinSafe, type Safe, trusted} from '../../format/sanitize.js';
import {type CaptureInfo, type CapturePart, listCaptures} from '../../heap/snapshot.js';
import {toSafeName} from './source-notes.js';

/** Labels and numbers are ours, thus safe as they are. */
/**
 * Where a capture comes from, one fact a line: what the panel says while the root or a process is selected.
 */
export function formatCaptureFacts(capture: CaptureInfo): readonly Safe[] {
  if (capture.parts !== undefined) return listCaptures(capture.parts).flatMap(formatPart);
  const {commandLine, pid, pythonVersion, pythonAllocator, headerVersion, allocationRecords} = capture;
  // The third number is that of the Python that memray was built with.
  const python = pythonVersion === null ? '' : `, Python ${pythonVersion.split('.').slice(0, 2).join('.')}`;
  const tracing = capture.tracePythonAllocators ? ', traced' : '';
  const kinds = [
    capture.fileFormat === 'aggregated' ? 'aggregated' : 'all allocations',
    ...(capture.nativeTraces ? ['native traces'] : []),
    ...(capture.compression === 'lz4' ? ['compressed'] : []),
  ];
  return [
    joinSafe(trusted('Command:   '), toSafeName(commandLine)),
    trusted(`Process:   ${pid}${python}`),
    trusted(`Recorded:  ${formatPeriod(capture)}`),
    trusted(`Records:   ${allocationRecords.toLocaleString('en')} allocations and deallocations`),
    joinSafe(trusted('Allocator: '), toSafeName(pythonAllocator), trusted(tracing)),
    trusted(`Format:    ${headerVersion}, ${kinds.join(', ')}`),
  ];
}

/** One of several captures: its file, and below it its process and what that held. */
function formatPart({name, capture}: CapturePart): Safe[] {
  if (capture === null) return [toSafeName(name), trusted('  could not be read')];
  const {commandLine, pid, peakBytes} = capture;
  return [
    toSafeName(name),
    joinSafe(trusted('  Command: '), toSafeName(commandLine)),
    trusted(`  Process: ${pid}, peak ${formatBytes(peakBytes)}`),
  ];
}

/** "2026-11-22 14:43:21 UTC, 0.458 s"; without the duration where the end was not written. */
function formatPeriod({startTimeMs, endTimeMs, finished}: CaptureInfo): string {
  const start = new Date(startTimeMs);
  // A damaged header can hold a time that no calendar has.
  if (Number.isNaN(start.getTime())) return 'at an unknown time';
  const text = `${start.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const seconds = (endTimeMs - startTimeMs) / 1000;
  return finished && seconds >= 0 ? `${text}, ${seconds.toFixed(3)} s` : text;
}
