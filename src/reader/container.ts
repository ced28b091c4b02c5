/** What a capture may be wrapped in. */
export type Container =
  /** Unpacked while it is read. */
  | {readonly kind: 'gzip' | 'zstd'}
  /** Not unpacked here. */
  | ForeignContainer;

export interface ForeignContainer {
  readonly kind: 'foreign';
  /** As in "is …". */
  readonly is: string;
  /** What unpacks a file of this kind, before the file's name. */
  readonly command: string;
  /** What unpacks one to standard output; archives of several files have no such command. */
  readonly filter: string | null;
}

interface Signature {
  readonly offset: number;
  readonly bytes: readonly number[];
  readonly container: Container | null;
}

const compressed = (name: string, tool: string): ForeignContainer => ({
  kind: 'foreign',
  is: `compressed with ${name}`,
  command: `${tool} -dk`,
  filter: `${tool} -dc`,
});
const archive = (name: string, command: string): ForeignContainer => ({
  kind: 'foreign',
  is: `a ${name} archive`,
  command,
  filter: null,
});
const ascii = (text: string): number[] => [...text].map(character => character.charCodeAt(0));

const SIGNATURES: readonly Signature[] = [
  {offset: 0, bytes: ascii('memray\0'), container: null},
  // An LZ4 frame, memray's own compression.
  {offset: 0, bytes: [0x04, 0x22, 0x4d, 0x18], container: null},
  {offset: 0, bytes: [0x1f, 0x8b, 0x08], container: {kind: 'gzip'}},
  {offset: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], container: {kind: 'zstd'}},
  {offset: 0, bytes: [0xfd, ...ascii('7zXZ\0')], container: compressed('xz', 'xz')},
  {offset: 0, bytes: ascii('BZh'), container: compressed('bzip2', 'bzip2')},
  {offset: 0, bytes: ascii('LZIP'), container: compressed('lzip', 'lzip')},
  {offset: 0, bytes: [0x1f, 0x9d], container: compressed('compress', 'gzip')},
  {offset: 0, bytes: ascii('PK\u0003\u0004'), container: archive('zip', 'unzip')},
  {offset: 0, bytes: [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], container: archive('7z', '7z x')},
  {offset: 0, bytes: ascii('Rar!\u001a\u0007'), container: archive('rar', 'unrar x')},
  {offset: 257, bytes: ascii('ustar'), container: archive('tar', 'tar -xf')},
];

/** zstd and LZ4 share these frames, which hold no data of theirs: magic u32 · size u32 · so many bytes. */
export function isSkippableFrame(head: Uint8Array): boolean {
  return head[0]! >> 4 === 5 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
}

export function isZstdFrame(head: Uint8Array): boolean {
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
}

/** Only within so many bytes a frame is looked for after skippable ones. */
const MAX_SKIPPED_BYTES = 64 << 10;

/**
 * What the first bytes of a source are the beginning of: null for a capture, and for whatever is not known.
 * Undefined if more bytes are needed to decide; then `isWhole` says that there are none.
 */
export function recognizeContainer(head: Uint8Array, isWhole = false): Container | null | undefined {
  if (isSkippableFrame(head)) return recognizeAfterSkippable(head, isWhole);
  const found = SIGNATURES.find(signature => matches(signature, head) === true);
  if (found !== undefined) return found.container;
  const isOpen = !isWhole && SIGNATURES.some(signature => matches(signature, head) === undefined);
  return isOpen ? undefined : null;
}

/** Undefined where the bytes end before it is clear. */
function matches({offset, bytes}: Signature, head: Uint8Array): boolean | undefined {
  const own = head.subarray(offset, offset + bytes.length);
  if (own.some((byte, index) => byte !== bytes[index])) return false;
  return own.length === bytes.length ? true : undefined;
}

/** zstd, or LZ4 as far as is known: the parser of captures skips the frames before that. */
function recognizeAfterSkippable(head: Uint8Array, isWhole: boolean): Container | null | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  let at = 0;
  while (at < MAX_SKIPPED_BYTES && at + 8 <= head.length && isSkippableFrame(head.subarray(at))) {
    at += 8 + view.getUint32(at + 4, true);
  }
  if (at > MAX_SKIPPED_BYTES) return null;
  if (at + 8 <= head.length || isWhole) return isZstdFrame(head.subarray(at)) ? {kind: 'zstd'} : null;
  return undefined;
}
