const STARTS: readonly (readonly number[])[] = [
  [0x04, 0x22, 0x4d, 0x18], // LZ4
  [0x1f, 0x8b], // gzip
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0xfd, 0x37, 0x7a, 0x58], // xz
  [0x42, 0x5a, 0x68], // bzip2
];

/** Whether bytes are the beginning of a compressed file. */
export function isCompressedStart(bytes: Uint8Array): boolean {
  return STARTS.some(start => start.every((byte, index) => bytes[index] === byte));
}
