import {checkOptionalFunctions, requireText, wrongType} from '../base/check.js';
import {truncateCells} from '../format/cells.js';
import {formatBytes, formatPercent} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';

/** How a tree that is not about memory is written. What is left out is written as for a capture. */
export interface NodeFormat<Node = unknown> {
  /** The value of a node; as bytes unless given ("3.661MB"). */
  readonly formatValue?: ((value: number) => string) | undefined;
  /** The share of the root's value; a percentage with two decimals unless given ("99.92 %"). */
  readonly formatPercent?: ((value: number, total: number) => string) | undefined;
  /** A sign of at most two cells before the name; the usual one where it returns nothing. */
  readonly getIcon?: ((node: Node) => string | null | undefined) | undefined;
}

/** The same, complete and with text that is safe to show. */
export interface SafeFormat {
  readonly formatValue: (value: number) => Safe;
  readonly formatPercent: (value: number, total: number) => Safe;
  /** Null where the usual sign is shown. Null instead of a function where it always is. */
  readonly getIcon: ((node: unknown) => Safe | null) | null;
}

const ICON_CELLS = 2;

/** @throws TypeError where one is no function; the functions throw it where the host's returns no string */
export function toSafeFormat(format: NodeFormat<never>): SafeFormat {
  checkOptionalFunctions({...format}, ['formatValue', 'formatPercent', 'getIcon']);
  const writeValue = requireText('formatValue', format.formatValue ?? formatBytes);
  const writePercent = requireText('formatPercent', format.formatPercent ?? formatPercent);
  const getIcon = format.getIcon as NodeFormat['getIcon'];
  return {
    formatValue: value => sanitize(writeValue(value)),
    formatPercent: (value, total) => sanitize(writePercent(value, total)),
    getIcon: getIcon ? node => toIcon(getIcon(node)) : null,
  };
}

function toIcon(icon: unknown): Safe | null {
  if (icon === undefined || icon === null) return null;
  if (typeof icon !== 'string') throw wrongType('what getIcon returns', 'a string or nothing', icon);
  return truncateCells(sanitize(icon), ICON_CELLS, '');
}

export const MEMORY_FORMAT: SafeFormat = toSafeFormat({});
