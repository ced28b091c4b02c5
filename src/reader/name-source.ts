import type {CaptureInput} from './capture-input.js';
import {isBlob, isPath} from './check-request.js';

/** A path as it was given; null for bytes and streams. */
export function getPath(source: CaptureInput): string | null {
  return isPath(source) ? String(source) : null;
}

/** What to call a capture of which nothing but its source is known: its path, or the name of a File. */
export function nameSource(source: CaptureInput): string | null {
  const isNamed = isBlob(source) && 'name' in source && typeof source.name === 'string';
  return isNamed ? String(source.name) : getPath(source);
}
