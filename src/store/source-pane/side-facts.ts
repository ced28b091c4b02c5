import {formatCount, formatSignedPercent, withSign} from '../../format/numbers.js';
import {type Safe, sanitize} from '../../format/sanitize.js';
import type {CallTree} from '../../tree/call-tree.js';
import {getPresence, type Presence} from '../../tree/compared-nodes.js';
import type {SafeFormat} from '../../tree/node-format.js';

export interface SidesContext {
  /** What stands before a count, and before a size. */
  readonly countIcon: string;
  readonly sizeIcon: string;
  /** Between what was and what is. */
  readonly arrow: string;
  readonly format: SafeFormat;
  /** What the size is a share of besides, such as `63.67 % of parent`; may be empty. */
  readonly share: string;
  /** Which sides have something below the cut: a row that is not there may be. */
  readonly cutSides: CutSides;
}

export interface CutSides {
  readonly base: boolean;
  readonly compared: boolean;
}

export const NO_CUT: CutSides = {base: false, compared: false};

/**
 * What a node holds on both sides of a comparison with a base.
 * ```
 * Allocations: 3 → 5 (+2)
 * Size: 3.000MB → 5.000MB (+2.000MB, +12.30 % of the base)
 * Own size: 1.000MB, in 3 → 5 allocations
 * ```
 */
export function formatSides(
  tree: CallTree,
  node: number,
  {countIcon, sizeIcon, arrow, format, share, cutSides}: SidesContext,
): readonly Safe[] {
  const base = tree.compared!.base!;
  const writeBytes = (value: number): string => format.formatValue(value);
  const writeChange = (column: keyof typeof base, write: Write, remarks: readonly string[]): string =>
    formatChange({was: base[column][node]!, is: tree[column][node]!}, {write, arrow, remarks});
  const presence = getPresence(tree, node);
  const remarks = [
    ...formatShare(tree.bytes[node]! - base.bytes[node]!, base.bytes[0]!),
    ...(share === '' ? [] : [share]),
    ...describePresence(presence, cutSides),
  ];
  const own = `${writeChange('selfBytes', writeBytes, [])}, in ${writeRange('selfAllocations')}`;
  return [
    sanitize(`${countIcon}Allocations: ${writeChange('allocations', formatCount, [])}`),
    sanitize(`${sizeIcon}Size: ${writeChange('bytes', writeBytes, remarks)}`),
    ...(tree.frame[node]! < 0 ? [] : [sanitize(`${sizeIcon}Own size: ${own}`)]),
  ];

  function writeRange(column: keyof typeof base): string {
    const [was, is] = [formatCount(base[column][node]!), formatCount(tree[column][node]!)];
    if (was === '1' && is === '1') return '1 allocation';
    return `${was === is ? is : `${was} ${arrow} ${is}`} allocations`;
  }
}

/** `new`, `gone, or below the cut now`; nothing of what both sides have. */
function describePresence(presence: Presence, cutSides: CutSides): readonly string[] {
  if (presence === 'both') return [];
  const isCut = presence === 'new' ? cutSides.base : cutSides.compared;
  const other = presence === 'new' ? 'in the base' : 'now';
  return [isCut ? `${presence}, or below the cut ${other}` : presence];
}

type Write = (value: number) => string;

/** `3.000MB → 5.000MB (+2.000MB)`; where both are the same `3.000MB`. */
function formatChange(
  {was, is}: {readonly was: number; readonly is: number},
  {
    write,
    arrow,
    remarks,
  }: {readonly write: Write; readonly arrow: string; readonly remarks: readonly string[]},
): string {
  const change = was === is ? [] : [withSign(is - was, write(is - was))];
  const said = [...change, ...remarks];
  const range = was === is ? write(is) : `${write(was)} ${arrow} ${write(is)}`;
  return said.length === 0 ? range : `${range} (${said.join(', ')})`;
}

/** Of a base of nothing, and of no difference, there is no share. */
function formatShare(difference: number, base: number): readonly string[] {
  if (base === 0 || difference === 0) return [];
  return [`${formatSignedPercent(difference, base)} of the base`];
}
