/** What kind of damage ended the load or affected it of a capture. The codes are part of the JSON output. */
export type DamageCode =
  | 'cut'
  | 'bad-tag'
  | 'bad-value'
  | 'bad-reference'
  | 'lz4'
  | 'too-large'
  /** What the capture is compressed with besides. */
  | 'gzip'
  | 'zstd'
  /** The source failed while it was read: a disk, a connection, a stream. */
  | 'read-error';

/**
 * What is wrong with a capture. Everything before it has been read.
 * A capture without a trailer whose data merely ends is *unfinished*, not damaged.
 */
export interface Damage {
  readonly code: DamageCode;
  /**
   * Where the damage begins, in bytes. In a raw capture, and for codes "lz4" and "read-error" or a cut
   * compressed file: offset in the file. For a damaged record inside a compressed file: offset in the decompressed stream. For "gzip"
   * and "zstd": offset in the file up to which it could be unpacked.
   */
  readonly byteOffset: number;
  /** The damage may be before `byteOffset`: compressed data can hide it until it is unpacked and understood. */
  readonly isUpperBound?: true;
  /** `byteOffset` counts unpacked bytes. */
  readonly isUnpacked?: true;
  /** How many records (of any kind) stood before it. */
  readonly recordIndex: number;
  /** One line for people, without names from the file. */
  readonly message: string;
}

/** The same position in what was unpacked from compressed data, which hides where it is damaged. */
export function toUnpacked<Position extends Pick<Damage, 'byteOffset'>>(position: Position) {
  return {...position, isUpperBound: true, isUnpacked: true} as const;
}

/**
 * Why a source cannot be read as a capture at all. Thrown (as `CaptureError`) only when there is nothing to
 * show. The facts are here; the advice to the user is added where the error is shown.
 */
export type CaptureErrorCode =
  | 'cannot-open'
  | 'not-a-file'
  | 'empty'
  | 'not-a-capture'
  | 'header-cut'
  | 'bad-header'
  | 'too-old'
  | 'too-new'
  | 'no-temporary-allocations'
  /** Allocators and sizes of single allocations: an aggregated capture has sums only. */
  | 'no-blocks'
  /** Moments: an aggregated capture has sums only; nor have several captures generations. */
  | 'no-moments'
  /** It takes another reading, and the source can be read once. */
  | 'read-once';

export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  readonly code: CaptureErrorCode;
  /** The path or URL that was given to `readCapture`, which the message does not name; null where there was none. */
  readonly path: string | null;
  constructor(
    code: CaptureErrorCode,
    message: string,
    {path = null, ...options}: ErrorOptions & {readonly path?: string | null} = {},
  ) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}
