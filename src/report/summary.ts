import {formatBytes, formatCount, formatPercent, formatSignedBytes} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {isAggregated} from '../heap/check-aggregated.js';
import {listSide, nameCaptures} from '../heap/compared-sides.js';
import {type Elided, isOfMoments, nameResult} from '../heap/snapshot.js';
import {MIN_TESTED_RUNS} from '../query/compare/noise.js';
import {areGenerations, type ComparedNodes} from '../tree/compared-nodes.js';
import {describeUndecided} from '../tree/undecided-text.js';
import {nameMoments} from './name-moments.js';
import type {Report, ReportOptions} from './report.js';

/** What the bytes of a view are called in a sentence. */
function nameView({view, capture, moments}: Pick<Report, 'view' | 'capture' | 'moments'>): string {
  if (isOfMoments(view)) return nameMoments(view, moments ?? null, capture.startTimeMs);
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
  const others = listSide(tree.compared?.runs ?? [], false);
  const isOne = others.length < 2 || areGenerations(others);
  const whole = view.kind === 'peak' && isOne ? capture.peakBytes : of.bytes;
  const kind = isOne ? nameView(report) : `median ${nameView(report)}`;
  const what = `${kind} of ${nameResult({parts: listSide(capture.parts ?? [], false)}, name)}`;
  const lines = [
    ...summarizeBase(report),
    ...describeOrder(report),
    `${what}: ${describeShown(whole, shown, elided, options)}`,
  ];
  if (elided.bytes > located / 2) {
    const share = formatPercent(shown, located);
    const larger = options.biggestAllocs + Math.ceil(elided.locations);
    const [part, hidden] = shown === 0 ? ['Nothing', 'all'] : [`Only ${share}`, 'most'];
    lines.unshift(`${part} is shown: ${hidden} of the memory is below the cut; -b ${larger} shows all.`);
  }
  return lines.map(line => sanitize(line));
}

/** Rows have the median, and are sorted by another number. */
function describeOrder({tree: {compared}, query}: Report): readonly string[] {
  if (compared === undefined || compared.base !== null || query.sort !== 'total') return [];
  if (areGenerations(compared.runs)) return [];
  return [`sorted by the greatest value of any capture${query.isReversed ? ', the least first' : ''}`];
}

/** @param remark about what is shown; may be empty */
function describeShown(
  whole: number,
  shown: number,
  elided: Elided,
  {biggestAllocs}: ReportOptions,
  remark = '',
): string {
  const sizes = `${formatBytes(whole)}, shown ${formatBytes(shown)}${remark}`;
  if (elided.locations === 0) return sizes;
  const count = countOf(elided.locations, 'location');
  return `${sizes}; ${count} (${formatBytes(elided.bytes)}) below the cut, -b ${biggestAllocs}`;
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** What is compared with, and what is the same in both. */
function summarizeBase({capture, view, options, query, base, tree}: Report): readonly string[] {
  const compared = tree.compared?.base;
  if (base == null || compared == null) return [];
  const parts = listSide(capture.parts ?? [], true);
  const name = nameResult({parts}, nameCaptures(parts.map(part => part.name)));
  const only = parts.length === 1 ? parts[0]!.capture : null;
  const whole = view.kind === 'peak' && only !== null ? only.peakBytes : base.of.bytes;
  // What is scaled are the rows.
  const shown = query.isNormalized
    ? base.kept.bytes - base.elided.bytes
    : compared.bytes[0]! - (options.wholePeak ? base.elided.bytes : 0);
  const scaled = query.isNormalized ? `, scaled to ${formatBytes(compared.bytes[0]!)} in the rows` : '';
  const line = `compared with ${name}: ${describeShown(whole, shown, base.elided, options, scaled)}`;
  return [...summarizeUnchanged(tree.compared!), line];
}

/** What is left out, and what was enough to be left out. */
function summarizeUnchanged(compared: ComparedNodes): readonly string[] {
  const {unchanged, hasFewRuns} = compared;
  const {reason, nodes, bytes, difference} = unchanged;
  const rows = countOf(nodes, 'row');
  const few = hasFewRuns
    ? [
        `Too few runs for a test of noise: it needs ${MIN_TESTED_RUNS} on each side. Rows differ if the ranges of both sides do not overlap.`,
      ]
    : [];
  if (nodes === 0) return few;
  const undecided = describeUndecided(compared);
  const missed = undecided === '' ? [] : [undecided];
  if (reason === 'not grown') return [...few, `${rows} not grown`, ...missed];
  if (reason === 'noise')
    return [...few, `within noise: ${rows} (${formatSignedBytes(difference)})`, ...missed];
  return [`${rows} unchanged (${formatBytes(bytes)})`];
}
