import {formatBytes} from '../../format/numbers.js';
import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {listMissed, type Verdict, type WorstCapture} from '../budget.js';
import type {SideCounts} from '../captures.js';
import {formatLimit, formatShare} from './share.js';

/** In one sentence, without an end: `kept 61.000MB, 11.000MB above the limit of 50.000MB`. */
export function describeVerdict(verdict: Verdict): Safe {
  const {budget, over, suppressed, pools, worst, isWithinNoise} = verdict;
  const missed = listMissed(verdict);
  const what = budget.isGrowth ? describeGrowth(verdict) : describeKept(verdict);
  const room = over > 0 ? `${formatBytes(over)} above` : 'within';
  return joinSafe(
    worst === null ? trusted('') : sanitize(`${worst.name} `),
    trusted(`${what}, ${room} the limit of ${formatLimit(verdict)}`),
    trusted(isWithinNoise ? `, although ${WITHIN_NOISE}` : ''),
    trusted(worst === null || worst.over === 0 ? '' : `; ${countOver(worst)}`),
    ...missed.map(step => joinSafe(trusted('; '), describeMissed(step))),
    trusted(suppressed > 0 ? `; ${formatBytes(suppressed)} suppressed` : ''),
    trusted(pools > 0 ? `; ${formatBytes(pools)} of small-object pools left out` : ''),
  );
}

/** Of a step of a budget that has to match. */
export function describeMissed(step: string): Safe {
  return joinSafe(sanitize(step), trusted(' matches nothing, but has to (mustMatch)'));
}

export const WITHIN_NOISE = 'no row differs by more than noise';

function describeGrowth(verdict: Verdict): string {
  const {measured, base, medianOf} = verdict;
  const share = formatShare(verdict);
  const facts = [
    ...(share === null ? [] : [share]),
    `the base has ${formatBytes(base ?? 0)}`,
    ...(medianOf === null ? [] : [describeMedians(medianOf)]),
  ];
  const change = measured < 0 ? `shrank by ${formatBytes(-measured)}` : `grew by ${formatBytes(measured)}`;
  return `${change} (${facts.join('; ')})`;
}

function describeKept({measured, medianOf, sumOf}: Verdict): string {
  const kept = `kept ${formatBytes(measured)}`;
  if (sumOf !== null) return `${kept} (${describeSum(sumOf)})`;
  const isMedian = medianOf !== null && medianOf.captures > 1;
  return isMedian ? `${kept} (the median of ${medianOf.captures} runs)` : kept;
}

export function describeSum(captures: number): string {
  return `the sum of ${captures} captures`;
}

/** `medians of 5 and 5 runs`: the base comes last. */
export function describeMedians({captures, bases}: SideCounts): string {
  return `medians of ${captures} and ${bases} runs`;
}

/** `2 of 4 captures are above it` */
export function countOver({over, captures}: WorstCapture): string {
  return `${over} of ${captures} captures ${over === 1 ? 'is' : 'are'} above it`;
}
