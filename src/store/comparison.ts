import {formatBytes, formatSignedBytes} from '../format/numbers.js';
import {createRunNamer, hasBase, listSide, nameCaptures} from '../heap/compared-sides.js';
import type {Amount} from '../query/derive-tree.js';
import {areGenerations} from '../tree/compared-nodes.js';
import type {CutSides} from './source-pane/side-facts.js';
import type {TreeState} from './state.js';

type Parts = Pick<TreeState, 'capture'>;

/** Whether captures are compared, with a base or with one another. */
export function isComparing({snapshot}: Pick<TreeState, 'snapshot'>): boolean {
  return snapshot?.runs !== undefined && !areGenerations(snapshot.runs);
}

/** Whether the numbers of what is compared are medians of several captures. */
export function hasMedians({snapshot}: Pick<TreeState, 'snapshot'>): boolean {
  return isComparing({snapshot}) && listSide(snapshot?.runs ?? [], false).length > 1;
}

export function hasBaseCapture({capture}: Parts): boolean {
  return hasBase(capture?.parts ?? []);
}

/** Why a key that needs a base does nothing; null where there is one. */
export function explainNoBase(state: Parts & Pick<TreeState, 'snapshot' | 'namesOptions'>): string | null {
  if (hasBaseCapture(state)) return null;
  const reason = isComparing(state) ? 'These captures have no base' : 'Nothing is compared';
  return state.namesOptions ? `${reason}: start with --diff BASE` : reason;
}

/** Why the row of what is below the cut is neither added nor taken away; null where it can be. */
export function explainWholePeak(state: Parts): string | null {
  return hasBaseCapture(state) ? 'A comparison always shows what is below the cut' : null;
}

/** Which sides of a comparison have something below the cut. */
export function selectCutSides({shown}: Pick<TreeState, 'shown'>): CutSides {
  const hasCut = (amount: Amount | undefined): boolean => (amount?.locations ?? 0) > 0;
  return {base: hasCut(shown?.base?.elided), compared: hasCut(shown?.elided)};
}

/** Whether rows are about differences, and not about sizes. */
export function showsDifferences({filtered}: Pick<TreeState, 'filtered'>): boolean {
  const {compared} = filtered.tree;
  return compared?.base != null && !compared.showsSizes;
}

/** What each of the captures that are compared is called, by the end of its path that tells it apart. */
export function selectRunNamer({
  capture,
  filtered,
}: Pick<TreeState, 'capture' | 'filtered'>): (run: number) => string {
  return createRunNamer(capture ?? {}, filtered.tree.compared?.runs ?? []);
}

/** What the costs of lines are of: `in base.bin`, or `median of 5 captures`; empty where none are compared. */
export function nameSide({snapshot, capture}: Parts & Pick<TreeState, 'snapshot'>, isBase: boolean): string {
  const side = listSide(snapshot?.runs ?? [], isBase);
  if (side.length > 1 && isComparing({snapshot})) return `median of ${side.length} captures`;
  const name = capture?.parts?.[side[0]?.part ?? -1]?.name ?? '';
  return name === '' ? '' : `in ${name}`;
}

/** `base.bin`, or `5 captures`; empty where there is no base. */
export function describeBase({capture}: Parts): string {
  return nameCaptures(listSide(capture?.parts ?? [], true).map(({name}) => name));
}

/** `base scaled to 9.000kB`: the line of steps has what the base holds; empty where nothing is scaled. */
export function describeScale({query, filtered}: Pick<TreeState, 'query' | 'filtered'>): string {
  const base = filtered.tree.compared?.base;
  return query.isNormalized && base != null ? `base scaled to ${formatBytes(base.bytes[0]!)}` : '';
}

/**
 * What is left out since it is the same on both sides, or no more than noise; empty where nothing is.
 * @param isShort only how many rows
 */
export function describeUnchanged({filtered}: Pick<TreeState, 'filtered'>, isShort = false): string {
  const {compared} = filtered.tree;
  if (compared === undefined || compared.unchanged.nodes === 0) return '';
  const {reason, nodes, bytes, difference} = compared.unchanged;
  const few = compared.hasFewRuns ? (isShort ? ', few runs' : ', too few runs for a test of noise') : '';
  if (reason === 'not grown') return `${nodes} not grown${few}`;
  const [what, sum, note] =
    reason === 'unchanged'
      ? ['unchanged', formatBytes(bytes), '']
      : ['within noise', formatSignedBytes(difference), few];
  return `${nodes} ${what}${isShort ? '' : ` (${sum})`}${note}`;
}
