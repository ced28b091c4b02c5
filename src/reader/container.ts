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
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

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

/**
 * What the first bytes of a source are the beginning of: null for a capture, and for whatever is not known.
 * Undefined if more bytes are needed to decide; then `isWhole` says that there are none.
 */
export function recognizeContainer(head: Uint8Array, isWhole = false): Container | null | undefined {
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
