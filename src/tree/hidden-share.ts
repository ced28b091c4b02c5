import {formatBytes} from '../format/numbers.js';
import {type Safe, trusted} from '../format/sanitize.js';
import {nameWhole} from '../heap/name-view.js';
import type {Elided, View} from '../heap/snapshot.js';

/** How much of what was measured is below the cut of `-b`. */
export interface HiddenShare {
  readonly view: View;
  /** Of a recording that goes on, what is not freed yet is no leak. */
  readonly isRecording?: boolean;
  /** Steps have taken some of it away: the share is one of what they keep. */
  readonly isPartOfView?: boolean;
  readonly shownBytes: number;
  readonly elided: Elided;
  /** How many locations are shown. */
  readonly shownLocations: number;
}

/**
 * What a reader must know where the cut hides more than half of the bytes, in sentences that get shorter;
 * empty where it hides less.
 * `23 % of the peak; 24.623MB in 1,300 smaller locations hidden; -b 1500 shows all`
 */
export function describeHiddenShare({
  view,
  isRecording = false,
  isPartOfView = false,
  shownBytes,
  elided,
  shownLocations,
}: HiddenShare): readonly Safe[] {
  const total = shownBytes + elided.bytes;
  // A tree of the host has no cut, and may have values below 0.
  if (elided.bytes <= 0 || elided.bytes <= total / 2) return [];
  const selection = isRecording && view.kind === 'leaks' ? 'what is allocated now' : nameWhole(view);
  const whole = isPartOfView ? 'what the steps keep' : selection;
  const share = `${Math.floor((shownBytes / total) * 100 + 0.5)} % of ${whole}`;
  const bytes = formatBytes(elided.bytes);
  const count = Math.ceil(elided.locations).toLocaleString('en');
  const locations = `${count} smaller ${elided.locations === 1 ? 'location' : 'locations'}`;
  const remedy = describeRemedy(shownLocations, elided);
  return [
    `${share}; ${bytes} in ${locations} hidden; ${remedy}`,
    `${share}; ${bytes} hidden; ${remedy}`,
    `only ${share}; ${remedy}`,
    `${share}; ${bytes} hidden`,
    `only ${share} shown`,
    `only ${share}`,
    share,
  ].map(text => trusted(text));
}

/** The limit with which nothing is below the cut: "-b 1500 shows all". */
export function describeRemedy(shownLocations: number, elided: Elided): string {
  return `-b ${shownLocations + Math.ceil(elided.locations)} shows all`;
}
