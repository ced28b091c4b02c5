/** Takes packed bytes, and gives what is in them; Node's streams of `node:zlib` are such. */
export interface UnpackStream extends AsyncIterable<Uint8Array> {
  /** Of gzip: what follows the next part is left. */
  readonly endsWithPart?: boolean;
  /** Packed bytes that were used: what the stream unpacks may end inside of a piece. */
  readonly bytesWritten: number;
  readonly destroyed: boolean;
  readonly errored: Error | null;
  /** `onUsed` is called once the bytes are not needed any more. */
  write(bytes: Uint8Array, onUsed: () => void): unknown;
  end(): unknown;
  once(event: 'close', listener: () => void): unknown;
  /** An error is thrown to who reads. The data is at fault where its `code` begins with Z_ or ZSTD_. */
  destroy(error?: Error): unknown;
}

export interface GzipUnpacker {
  readonly kind: 'gzip';
  /** Unpacks all parts that follow, or only the next one: `endsWithPart`. */
  createGunzip(): UnpackStream;
  /** For the data of one part after the other, which says more of damage; null where that is not possible. */
  readonly single: {
    /** Unpacks the data of one part. */
    createInflate(): UnpackStream;
    /** @param before the check sum of what came before */
    crc32(bytes: Uint8Array, before: number): number;
  } | null;
}

export interface ZstdUnpacker {
  readonly kind: 'zstd';
  /** Unpacks one frame. */
  create(): UnpackStream;
}

export type Unpacker = GzipUnpacker | ZstdUnpacker;

/** What opens zstd data, as the end of a sentence. */
export const OPENS_ZSTD: string = 'which is opened with Node 22.15 or newer only';

const UNPACKED_BYTES = 64 << 10;

/** Null where this version of Node has none. */
export async function loadUnpacker(kind: 'gzip' | 'zstd'): Promise<Unpacker | null> {
  const zlib = await import('node:zlib');
  const options = {chunkSize: UNPACKED_BYTES};
  if (kind === 'zstd') {
    const isThere = typeof zlib.createZstdDecompress === 'function';
    return isThere ? {kind, create: () => zlib.createZstdDecompress(options)} : null;
  }
  const {crc32} = zlib;
  return {
    kind,
    createGunzip: () => zlib.createGunzip(options),
    // Node has it since 22.2.
    single: typeof crc32 === 'function' ? {createInflate: () => zlib.createInflateRaw(options), crc32} : null,
  };
}
