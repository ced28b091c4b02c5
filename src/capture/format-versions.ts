import {CaptureError} from './damage.js';

/** Header versions that are read. */
export const OLDEST_READ = 12;
export const NEWEST_READ = 13;

/** Which memray releases wrote which header version; 1 to 5 were never released. */
const RELEASES: ReadonlyMap<number, string> = new Map([
  [6, '1.0.0 – 1.0.3'],
  [7, '1.1.0'],
  [8, '1.2.0 – 1.3.1'],
  [9, '1.4.0 – 1.6.0'],
  [10, '1.7.0 – 1.10.0'],
  [11, '1.11.0 – 1.18.0'],
  [12, '1.19.0 – 1.19.3'],
  [13, '1.20.0'],
]);

/** Beyond this a version number is damage rather than a memray to come. */
const MAX_PLAUSIBLE = 1000;

/** Throws CaptureError too-old, too-new, or bad-header for a number that no memray has written. */
export function ensureKnownVersion(version: number): void {
  if (version >= OLDEST_READ && version <= NEWEST_READ) return;
  if (version < 1 || version > MAX_PLAUSIBLE) {
    throw new CaptureError('bad-header', `has a damaged header: format version ${version} does not exist`);
  }
  if (version > NEWEST_READ) {
    throw new CaptureError('too-new', `has format version ${version}, written by a memray newer than 1.20`);
  }
  const releases = RELEASES.get(version);
  throw new CaptureError(
    'too-old',
    releases === undefined
      ? `has format version ${version}, which no memray release has written`
      : `has format version ${version}, written by memray ${releases}, which is too old to be read`,
  );
}
