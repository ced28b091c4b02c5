import {recall} from '../base/recall.js';
import {type CallTree, createCallTree, ELIDED} from '../tree/call-tree.js';
import type {SortKey} from './tree-query.js';

type Compare = (a: number, b: number) => number;

/**
 * The tree with its siblings in another order: descending, names ascending; equals in the order that they had. The
 * elided node stays last.
 * @param tree siblings by bytes, descending
 */
export function sortTree(tree: CallTree, sort: SortKey, isReversed: boolean): CallTree {
  if (sort === 'total' && !isReversed) return tree;
  return orderSiblings(tree, compareSiblings(tree, sort), isReversed);
}

/** The tree with its siblings in another order; equals in the order that they had. The elided node stays last. */
export function orderSiblings(tree: CallTree, compare: Compare, isReversed: boolean): CallTree {
  const firstChild = tree.firstChild.slice();
  const nextSibling = tree.nextSibling.slice();
  const children: number[] = [];
  for (let node = 0; node < tree.length; node++) {
    const first = firstChild[node]!;
    if (first < 0 || nextSibling[first]! < 0) continue;
    children.length = 0;
    let isSorted = !isReversed;
    let elided = -1;
    for (let child = first; child >= 0; child = nextSibling[child]!) {
      if (tree.flags[child]! & ELIDED) {
        elided = child;
        // It comes last.
        if (nextSibling[child]! >= 0) isSorted = false;
        continue;
      }
      if (isSorted && children.length > 0) isSorted = compare(children.at(-1)!, child) <= 0;
      children.push(child);
    }
    if (isSorted) continue;
    children.sort(compare);
    if (isReversed) children.reverse();
    if (elided >= 0) children.push(elided);
    firstChild[node] = children[0]!;
    for (let index = 0; index < children.length; index++) {
      nextSibling[children[index]!] = children[index + 1] ?? -1;
    }
  }
  return createCallTree({...tree, firstChild, nextSibling}, {getShares: tree.getThreadShares});
}

type ComparedColumns = Pick<
  CallTree,
  'bytes' | 'allocations' | 'selfBytes' | 'frame' | 'frames' | 'strings' | 'hasLineRows'
>;

/** Not for the elided node, which has no name. */
export function compareSiblings(columns: ComparedColumns, sort: SortKey): Compare {
  const {bytes, allocations, selfBytes} = columns;
  switch (sort) {
    case 'total':
      return (a, b) => bytes[b]! - bytes[a]!;
    case 'own':
      return (a, b) => selfBytes[b]! - selfBytes[a]!;
    case 'count':
      return (a, b) => allocations[b]! - allocations[a]!;
    case 'mean':
      return (a, b) => compareMeans(bytes[b]!, allocations[b]!, bytes[a]!, allocations[a]!);
    case 'name':
      return columns.hasLineRows ? createLineCompare(columns) : createNameCompare(columns);
  }
}

/** Lines by their files, then by their numbers. */
function createLineCompare({frame, frames, strings}: ComparedColumns): Compare {
  const compareFiles = hasSurrogates(strings) ? compareByCodePoint : compareByUnit;
  const fileOf = (node: number): string => strings[frames.file[frame[node]!]!]!;
  const lineOf = (node: number): number => frames.line[frame[node]!]!;
  return (a, b) => compareFiles(fileOf(a), fileOf(b)) || lineOf(a) - lineOf(b);
}

function createNameCompare({frame, frames, strings}: ComparedColumns): Compare {
  const compareNames = hasSurrogates(strings) ? compareByCodePoint : compareByUnit;
  const nameOf = (node: number): string => {
    const name = strings[frames.function[frame[node]!]!]!;
    return name === '' ? strings[frames.file[frame[node]!]!]! : name;
  };
  return (a, b) => compareNames(nameOf(a), nameOf(b));
}

/** Of bytes / allocations, exactly. Nothing allocated has the mean 0. */
function compareMeans(bytesA: number, countA: number, bytesB: number, countB: number): number {
  const [a, b] = [countA === 0 ? 0 : bytesA, countB === 0 ? 0 : bytesB];
  const [left, right] = [a * Math.max(countB, 1), b * Math.max(countA, 1)];
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left - right;
  // Medians may be halves.
  const toBig = (value: number): bigint => BigInt(Math.round(2 * value));
  const difference = toBig(a) * toBig(Math.max(countB, 1)) - toBig(b) * toBig(Math.max(countA, 1));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Only characters beyond the basic plane are out of order by their units, and comparing units is much faster. */
const hasSurrogates = recall((strings: readonly string[]) =>
  strings.some(text => /[\ud800-\udfff]/.test(text)),
);

function compareByUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** UTF-16 units put characters beyond the basic plane before some of it. */
function compareByCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return rankUnit(left) - rankUnit(right);
  }
  return a.length - b.length;
}

/** Surrogates after all other units. */
function rankUnit(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
