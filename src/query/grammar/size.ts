import {QueryError, sliceWord, type Word} from './word.js';

const UNITS = {'': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12} as const;

/** A size in bytes: `1500`, `1500B`, `1.5kB`, `2MB`. Units are of base 1000. @throws QueryError */
export function parseSize({text, start}: Pick<Word, 'text' | 'start'>): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text.toLowerCase()) ?? [];
  const factor = Object.entries(UNITS).find(([name]) => name === unit)?.[1];
  // Decimals of a large unit are whole bytes but for the rounding of doubles.
  const bytes = factor === undefined ? Number.NaN : Math.round(Number(number) * factor * 1e3) / 1e3;
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new QueryError(`"${text}" is not a size, such as 512, 64kB or 1.5MB`, start);
}

/** Sizes from one to another, both included. */
export interface SizeRange {
  /** Null: from 0. */
  readonly from: number | null;
  /** Null: without an end. */
  readonly to: number | null;
}

/** `1kB..2MB`, `1MB..`, `..512`. @throws QueryError */
export function parseSizeRange(word: Word): SizeRange {
  const dots = word.text.indexOf('..');
  const [first, second] = [sliceWord(word, 0, Math.max(0, dots)), sliceWord(word, dots + 2)];
  if (dots < 0 || (first.text === '' && second.text === '')) {
    throw new QueryError(`"${word.text}" is not a range of sizes: A..B, A.. or ..B`, word.start);
  }
  const from = first.text === '' ? null : parseSize(first);
  const to = second.text === '' ? null : parseSize(second);
  if (from !== null && to !== null && from > to) {
    throw new QueryError(`"${word.text}" ends before it begins`, word.start);
  }
  return {from, to};
}

export function formatSizeRange({from, to}: SizeRange): string {
  return `${from === null ? '' : formatSize(from)}..${to === null ? '' : formatSize(to)}`;
}

const WRITTEN_UNITS = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** With the largest unit of which it is a whole number. */
function formatSize(bytes: number): string {
  const unit = WRITTEN_UNITS.find(([, factor]) => bytes > 0 && bytes % factor === 0);
  return unit === undefined ? String(bytes) : `${bytes / unit[1]}${unit[0]}`;
}
