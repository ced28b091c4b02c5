import {formatBytes, formatFixed, withSign} from '../../format/numbers.js';
import type {Verdict} from '../budget.js';

const DECIMALS = [2, 3, 4, 5, 6];

/**
 * The growth as a share of the base, where the limit is one: `+3.20 %`. Null where there is none. It has as many decimals
 * as show on which side of the limit it is.
 */
export function formatShare({budget: {max, isGrowth}, measured, base, over}: Verdict): string | null {
  if (!isGrowth || max.kind !== 'percent' || base === null || base === 0) return null;
  const percent = (100 * measured) / base;
  const isTelling = (text: string): boolean => Number(text) > max.percent === over > 0;
  const texts = DECIMALS.map(digits => formatFixed(percent, digits));
  return `${withSign(percent, texts.find(isTelling) ?? texts.at(-1)!)} %`;
}

/** `50.000MB`, `+2.000MB`; a share as it was written beside what it comes to: `+62.418kB (+5 %)`. */
export function formatLimit({budget: {max, isGrowth}, limit}: Verdict): string {
  const sign = isGrowth ? '+' : '';
  const size = `${sign}${formatBytes(limit)}`;
  return max.kind === 'percent' ? `${size} (${sign}${max.written.replace(/ ?%$/, '')} %)` : size;
}
