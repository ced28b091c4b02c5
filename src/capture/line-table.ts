/**
 * Lines from instruction offsets, by the rules of each Python version. Tables come from the file: whatever
 * they hold, nothing is read beyond their end, and a table that ends early is taken to end there.
 */
const PYTHON_3_10 = 0x030a0000;
const PYTHON_3_11 = 0x030b0000;

/**
 * The line of the instruction at `offset`. 0 without a table, and from 3.11 on where no entry covers the
 * offset.
 * @param pythonHex PY_VERSION_HEX of the recorded interpreter
 * @param offset as recorded: bytes, instructions in 3.10; below 0 where unknown
 */
export function computeLine(pythonHex: number, table: Uint8Array, firstLine: number, offset: number): number {
  if (offset < 0 || table.length === 0) return 0;
  if (pythonHex >= PYTHON_3_11) return lineFromPositions(table, firstLine, Math.floor(offset / 2));
  if (pythonHex >= PYTHON_3_10) return lineFromRanges(table, firstLine, offset * 2);
  return lineFromSteps(table, firstLine, offset);
}

const toSigned8 = (byte: number): number => (byte << 24) >> 24;

/** 3.7 to 3.9, co_lnotab: pairs (address step u8, line step i8). */
function lineFromSteps(table: Uint8Array, firstLine: number, offset: number): number {
  let line = firstLine;
  let address = 0;
  for (let i = 0; i + 1 < table.length; i += 2) {
    address += table[i]!;
    if (address > offset) break;
    line += toSigned8(table[i + 1]!);
  }
  return line;
}

/**
 * 3.10, co_linetable (PEP 626): pairs (length u8, line step i8; −128 = no line, which keeps the last one).
 */
function lineFromRanges(table: Uint8Array, firstLine: number, offset: number): number {
  let line = firstLine;
  let end = 0;
  for (let i = 0; i + 1 < table.length; i += 2) {
    end += table[i]!;
    const step = toSigned8(table[i + 1]!);
    if (step !== -128) line += step;
    if (end > offset) break;
  }
  return line;
}

/**
 * 3.11 and later, co_linetable (PEP 657). An entry begins with 1kkkklll: kind k, length l + 1 code units.
 * Kinds 0–9: one more byte. 10–12: two more bytes, line += k − 10. 13: signed varint line step. 14: signed
 * varint line step and three varints. 15: nothing.
 */
function lineFromPositions(table: Uint8Array, firstLine: number, codeUnit: number): number {
  let line = firstLine;
  let end = 0;
  let at = 0;
  // 6 bits a byte, low group first, bit 6 = more follow.
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < table.length; shift += 6) {
      const byte = table[at++]!;
      if (shift < 30) value |= (byte & 63) << shift;
      if ((byte & 64) === 0) break;
    }
    return value >>> 0;
  };
  while (at < table.length && table[at] !== 0) {
    const head = table[at++]!;
    const kind = (head >> 3) & 15;
    if (kind === 13 || kind === 14) {
      const step = varint();
      line += (step & 1) === 1 ? -(step >>> 1) : step >>> 1;
      if (kind === 14) for (let i = 0; i < 3; i++) varint();
    } else if (kind >= 10 && kind <= 12) {
      line += kind - 10;
      at += 2;
    } else if (kind < 10) {
      at += 1;
    }
    end += (head & 7) + 1;
    if (end > codeUnit) return line;
  }
  return 0;
}
