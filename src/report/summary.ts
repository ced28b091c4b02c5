import {formatBytes, formatPercent} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {isAggregated} from '../heap/check-aggregated.js';
import {type CaptureInfo, nameResult, type View} from '../heap/snapshot.js';
import type {Report} from './report.js';

/** What the bytes of a view are called in a sentence. */
function nameView(view: View, capture: CaptureInfo): string {
  switch (view.kind) {
    case 'peak':
      return 'peak';
    case 'leaks':
      return 'leaks';
    case 'temporary':
      return 'temporary allocations';
    case 'allocated':
      return isAggregated(capture) ? 'peak' : 'all allocations';
  }
}

/**
 * The end of a text report, one sentence a line. The last one is always
 * `peak of results.bin: 3.664MB, shown 3.661MB; 472 locations (3.000kB) below the cut, -b 200`.
 * @param name what the user calls the capture
 */
export function formatSummary(report: Report, name: string): readonly Safe[] {
  const {capture, view, options, elided, of, tree} = report;
  const shown = tree.bytes[0]! - (options.wholePeak ? elided.bytes : 0);
  const located = shown + elided.bytes;
  // The highest running heap may exceed what the locations held then.
  const whole = view.kind === 'peak' ? capture.peakBytes : of.bytes;
  const {locations} = elided;
  const count = `${locations} ${locations === 1 ? 'location' : 'locations'}`;
  const cut = `${count} (${formatBytes(elided.bytes)}) below the cut, -b ${options.biggestAllocs}`;
  const sizes = `${formatBytes(whole)}, shown ${formatBytes(shown)}`;
  const lines = [
    `${nameView(view, capture)} of ${nameResult(capture, name)}: ${sizes}${locations > 0 ? `; ${cut}` : ''}`,
  ];
  if (elided.bytes > located / 2) {
    const share = formatPercent(shown, located);
    const larger = options.biggestAllocs + locations;
    const [part, hidden] = shown === 0 ? ['Nothing', 'all'] : [`Only ${share}`, 'most'];
    lines.unshift(`${part} is shown: ${hidden} of the memory is below the cut; -b ${larger} shows all.`);
  }
  return lines.map(line => sanitize(line));
}
