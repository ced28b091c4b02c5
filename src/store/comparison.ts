import {formatBytes} from '../format/numbers.js';
import type {CapturePart} from '../heap/snapshot.js';
import type {TreeState} from './state.js';

type Parts = Pick<TreeState, 'capture'>;

/** Whether captures are compared, with a base or with one another. */
export function isComparing({snapshot}: Pick<TreeState, 'snapshot'>): boolean {
  return snapshot?.runs !== undefined;
}

/** Whether the numbers of what is compared are medians of several captures. */
export function hasMedians({filtered}: Pick<TreeState, 'filtered'>): boolean {
  const runs = filtered.tree.compared?.runs ?? [];
  return runs.filter(({isBase}) => !isBase).length > 1;
}

export function hasBase(state: Parts): boolean {
  return listSide(state, true).length > 0;
}

/** Why a key that needs a base does nothing; null where there is one. */
export function explainNoBase(state: Parts & Pick<TreeState, 'snapshot'>): string | null {
  if (hasBase(state)) return null;
  return `${isComparing(state) ? 'There is no base' : 'Nothing is compared'}: start with --diff BASE`;
}

/** Whether rows are about differences, and not about sizes. */
export function showsDifferences({filtered}: Pick<TreeState, 'filtered'>): boolean {
  const {compared} = filtered.tree;
  return compared?.base != null && !compared.showsSizes;
}

function listSide({capture}: Parts, isBase: boolean): readonly CapturePart[] {
  return (capture?.parts ?? []).filter(part => (part.isBase === true) === isBase);
}

/** What the user calls each of the captures that are compared. */
export function createRunNamer({
  capture,
  filtered,
}: Pick<TreeState, 'capture' | 'filtered'>): (run: number) => string {
  const runs = filtered.tree.compared?.runs ?? [];
  return run => capture?.parts?.[runs[run]?.part ?? -1]?.name ?? '';
}

/** What the user calls the first capture of a side; empty where none are compared. */
export function nameFirstRun(
  {snapshot, capture}: Parts & Pick<TreeState, 'snapshot'>,
  isBase: boolean,
): string {
  const run = snapshot?.runs?.find(each => each.isBase === isBase);
  return capture?.parts?.[run?.part ?? -1]?.name ?? '';
}

/** `base.bin`, or `5 captures`; empty where there is no base. */
export function describeBase(state: Parts): string {
  const [only, ...others] = listSide(state, true);
  if (only === undefined) return '';
  return others.length === 0 ? only.name : `${others.length + 1} captures`;
}

/**
 * What is left out since it is the same on both sides, or no more than noise; empty where nothing is.
 * @param isShort only how many rows
 */
export function describeUnchanged({filtered}: Pick<TreeState, 'filtered'>, isShort = false): string {
  const {compared} = filtered.tree;
  if (compared === undefined || compared.unchanged.nodes === 0) return '';
  const {reason, nodes, bytes, difference} = compared.unchanged;
  const few = compared.hasFewRuns ? ', few runs' : '';
  if (reason === 'not grown') return `${nodes} not grown${few}`;
  const amount = reason === 'unchanged' ? bytes : difference;
  const sign = reason === 'noise' && difference > 0 ? '+' : '';
  const sum = isShort ? '' : ` (${sign}${formatBytes(amount)})`;
  return reason === 'unchanged' ? `${nodes} unchanged${sum}` : `${nodes} within noise${sum}${few}`;
}
