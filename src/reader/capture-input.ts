// Types of the library that other programs compile against: no type of Node here.

/**
 * Anything a caller may hand over as a capture: a path, bytes, a Blob (a File is one), or a stream of bytes (a
 * Readable is one).
 */
export type CaptureInput = string | URL | Uint8Array | Blob | AsyncIterable<Uint8Array>;
