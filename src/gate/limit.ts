import {parseSize} from '../query/grammar/size.js';
import {QueryError} from '../query/grammar/word.js';

/** How much is allowed: a size, or a share of what the base has. */
export type Limit = {
  /** `50MB`, `5%`. */
  readonly written: string;
} & ({readonly kind: 'size'; readonly bytes: number} | {readonly kind: 'percent'; readonly percent: number});

/** More is a slip of the keyboard, and beyond the numbers that can be added up exactly. */
const MAX_PERCENT = 1e9;

/** `50MB`, `5%`. Null for what is neither. */
export function parseLimit(text: string): Limit | null {
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
  if (percent !== undefined) {
    return Number(percent) <= MAX_PERCENT ? {kind: 'percent', percent: Number(percent), written: text} : null;
  }
  const bytes = parseBytes(text);
  return bytes === null ? null : {kind: 'size', bytes, written: text};
}

/** Null for what is no size. */
function parseBytes(text: string): number | null {
  try {
    return parseSize({text, start: 0});
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

/** Doubles miss whole bytes by less: 0.57 % of 10,000 bytes are 57. */
const PARTS_OF_A_BYTE = 1e6;

/** The greatest size that passes, in whole bytes. @param base what a share is of */
export function toBytes(limit: Limit, base: number): number {
  if (limit.kind === 'size') return limit.bytes;
  return Math.floor(Math.round(((base * limit.percent) / 100) * PARTS_OF_A_BYTE) / PARTS_OF_A_BYTE);
}
