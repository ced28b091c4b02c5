import {CaptureError} from './damage.js';

/** What captures of one header version hold, and how: everything in which the versions differ is here. */
export interface FormatVersion {
  readonly version: number;
  /** The memray releases that wrote it. */
  readonly releases: string;
  /**
   * The first version with the encoding of its records: structs (6), deltas with resolved frames (7), or code
   * objects and newest addresses (12).
   */
  readonly recordEncoding: 6 | 7 | 12;
  /** Whether the last record says that it is the last one. */
  readonly hasTrailer: boolean;
  // Fields of the header.
  /** Of the field that names Python's allocator. */
  readonly pythonAllocatorBytes: 4 | 1;
  readonly hasMainThread: boolean;
  readonly hasFileFormat: boolean;
  readonly hasTracedAllocators: boolean;
  readonly hasPythonVersion: boolean;
  readonly hasSearchPaths: boolean;
}

const version6: FormatVersion = {
  version: 6,
  releases: '1.0.0 – 1.0.3',
  recordEncoding: 6,
  hasTrailer: false,
  pythonAllocatorBytes: 4,
  hasMainThread: false,
  hasFileFormat: false,
  hasTracedAllocators: false,
  hasPythonVersion: false,
  hasSearchPaths: false,
};

// Each version by what it changed.
const version7: FormatVersion = {...version6, version: 7, releases: '1.1.0', recordEncoding: 7};
const version8: FormatVersion = {
  ...version7,
  version: 8,
  releases: '1.2.0 – 1.3.1',
  hasTrailer: true,
  pythonAllocatorBytes: 1,
};
const version9: FormatVersion = {...version8, version: 9, releases: '1.4.0 – 1.6.0', hasMainThread: true};
const version10: FormatVersion = {
  ...version9,
  version: 10,
  releases: '1.7.0 – 1.10.0',
  hasFileFormat: true,
};
const version11: FormatVersion = {
  ...version10,
  version: 11,
  releases: '1.11.0 – 1.18.0',
  hasTracedAllocators: true,
};
const version12: FormatVersion = {
  ...version11,
  version: 12,
  releases: '1.19.0 – 1.19.3',
  recordEncoding: 12,
  hasPythonVersion: true,
};
const version13: FormatVersion = {...version12, version: 13, releases: '1.20.0', hasSearchPaths: true};

const FORMATS: readonly FormatVersion[] = [
  version6,
  version7,
  version8,
  version9,
  version10,
  version11,
  version12,
  version13,
];

/** Beyond this a version number is damage rather than a memray to come. */
const MAX_PLAUSIBLE = 1000;

/** Throws CaptureError too-old, too-new, or bad-header for a number that no memray has written. */
export function getFormatVersion(version: number): FormatVersion {
  const format = FORMATS.find(known => known.version === version);
  if (format !== undefined) return format;
  if (version < 1 || version > MAX_PLAUSIBLE) {
    throw new CaptureError('bad-header', `has a damaged header: format version ${version} does not exist`);
  }
  if (version < version6.version) {
    throw new CaptureError(
      'too-old',
      `has header version ${version}, which no release of memray has written`,
    );
  }
  throw new CaptureError(
    'too-new',
    `was written by a newer memray (header ${version}); update memray-tree-ink`,
  );
}
