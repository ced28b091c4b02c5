import {formatBytes} from '../format/numbers.js';
import {parseSize} from '../query/grammar/size.js';
import {QueryError, toWord} from '../query/grammar/word.js';

/** How much is allowed: a size, or a share of what the base has. */
export type Limit =
  | {readonly kind: 'size'; readonly bytes: number}
  | {readonly kind: 'percent'; readonly percent: number};

/** `50MB`, `5%`. Null for what is neither. */
export function parseLimit(text: string): Limit | null {
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
  if (percent !== undefined) return {kind: 'percent', percent: Number(percent)};
  const bytes = parseBytes(text);
  return bytes === null ? null : {kind: 'size', bytes};
}

/** `50MB`. Null for what is no size. */
export function parseBytes(text: string): number | null {
  try {
    return parseSize(toWord(text));
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

/** @param base what a share is of */
export function toBytes(limit: Limit, base: number): number {
  return limit.kind === 'size' ? limit.bytes : (base * limit.percent) / 100;
}

export function formatLimit(limit: Limit): string {
  return limit.kind === 'size' ? formatBytes(limit.bytes) : `${limit.percent} %`;
}
