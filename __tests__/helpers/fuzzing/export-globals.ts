const SECTION = {imports: 2, globals: 6, exports: 7} as const;
const HEADER_BYTES = 8;
const GLOBAL_KIND = 3;
const END = 0x0b;
/** How the constant of an initial value is encoded, by its instruction. */
const CONSTANTS: Readonly<Record<number, number | 'leb'>> = {65: 'leb', 66: 'leb', 67: 4, 68: 8};

/** A copy of a WebAssembly module without imports that exports each of its mutable globals as prefix + index. */
export function exportGlobals(wasm: Uint8Array, prefix: string): Uint8Array {
  let mutable: readonly number[] = [];
  const pieces: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  for (let at = HEADER_BYTES; at < wasm.length; ) {
    const size = readLeb(wasm, at + 1);
    const end = size.next + size.value;
    const content = wasm.subarray(size.next, end);
    if (wasm[at] === SECTION.imports) throw new Error('the module has imports');
    if (wasm[at] === SECTION.globals) mutable = listMutable(content);
    if (wasm[at] === SECTION.exports) pieces.push(addExports(content, mutable, prefix));
    else pieces.push(wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(pieces);
}

/** Globals come before exports. */
function listMutable(content: Uint8Array): readonly number[] {
  const mutable: number[] = [];
  const count = readLeb(content, 0);
  let at = count.next;
  for (let index = 0; index < count.value; index++) {
    if (content[at + 1] === 1) mutable.push(index);
    const encoding = CONSTANTS[content[at + 2]!];
    if (encoding === undefined) throw new Error(`global ${index} has no constant value`);
    at = encoding === 'leb' ? readLeb(content, at + 3).next : at + 3 + encoding;
    if (content[at++] !== END) throw new Error(`the value of global ${index} has no end`);
  }
  return mutable;
}

function addExports(content: Uint8Array, mutable: readonly number[], prefix: string): Uint8Array {
  const count = readLeb(content, 0);
  const added = mutable.map(index => {
    const name = Buffer.from(`${prefix}${index}`);
    return Buffer.from([...writeLeb(name.length), ...name, GLOBAL_KIND, ...writeLeb(index)]);
  });
  const all = Buffer.concat([
    Uint8Array.from(writeLeb(count.value + mutable.length)),
    content.subarray(count.next),
    ...added,
  ]);
  return Buffer.concat([Uint8Array.from([SECTION.exports, ...writeLeb(all.length)]), all]);
}

function readLeb(bytes: Uint8Array, at: number): {readonly value: number; readonly next: number} {
  let value = 0;
  let next = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return {value, next};
  }
}

function writeLeb(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}
