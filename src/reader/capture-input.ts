// Types of the library that other programs compile against: no type of Node here.

/**
 * Anything a caller may hand over as a capture: a path, bytes, a Blob (a File is one), or a stream of bytes (a
 * Readable and the body of a Response are such).
 */
export type CaptureInput = string | URL | Uint8Array | Blob | WebByteStream | AsyncIterable<Uint8Array>;

/** What is needed of a ReadableStream; not every browser can iterate over one. */
export interface WebByteStream {
  getReader(): {
    read(): Promise<{readonly done: boolean; readonly value?: Uint8Array | undefined}>;
    cancel(): Promise<void>;
  };
}
