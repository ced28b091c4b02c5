/**
 * RFC 3492, with `_` as the delimiter as Rust writes it. Null where the text is none.
 */
export function decodePunycode(text: string): string | null {
  const split = text.lastIndexOf('_');
  const points = [...text.slice(0, Math.max(split, 0))].map(letter => letter.codePointAt(0)!);
  const digits = [...text.slice(split + 1)].map(toDigit);
  if (digits.length === 0 || digits.includes(-1)) return null;
  let at = 0;
  let point = 128;
  let index = 0;
  let bias = 72;
  while (at < digits.length) {
    const from = index;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = digits[at++];
      if (digit === undefined) return null;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (weight > 0x7fffffff) return null;
    }
    const count = points.length + 1;
    bias = adapt(index - from, count, from === 0);
    point += Math.floor(index / count);
    index %= count;
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null;
    points.splice(index++, 0, point);
  }
  return String.fromCodePoint(...points);
}

function toDigit(letter: string): number {
  return 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter);
}

function adapt(change: number, count: number, isFirst: boolean): number {
  let delta = Math.floor(change / (isFirst ? 700 : 2));
  delta += Math.floor(delta / count);
  let k = 0;
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
  return k + Math.floor((36 * delta) / (delta + 38));
}
