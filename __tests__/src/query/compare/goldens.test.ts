import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {ComparedRuns} from '../../../../src/heap/compared-runs.js';
import {NO_RENAMES} from '../../../../src/heap/frame-renames.js';
import {deriveTree} from '../../../../src/query/derive-tree.js';
import {parseQuery} from '../../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../../src/query/naming.js';
import type {CallTree} from '../../../../src/tree/call-tree.js';
import {type CaptureFile, listCaptures, readGoldenOf} from '../../../helpers/captures.js';
import {GOLDEN_DEPTH, type GoldenNode, type GoldenTree} from '../../../helpers/golden-tree.js';
import {parseSnapshot} from '../../../helpers/read-snapshot.js';

// memray's own trees of two captures, merged by the path of function and file, against the comparison of both.

const GOLDENS = {peak: 'tree', leaks: 'leaks'} as const;
type View = keyof typeof GOLDENS;

/** What both sides hold in a path, by (function, file) from the root. */
class MergedNode {
  /** Bytes compared and of the base, counts compared and of the base. */
  readonly sums = [0, 0, 0, 0];
  readonly children = new Map<string, MergedNode>();

  getChild(name: string | null, file: string | null): MergedNode {
    const key = JSON.stringify([name, file]);
    const child = this.children.get(key) ?? new MergedNode();
    this.children.set(key, child);
    return child;
  }

  /** @param isCompared which of the sums are listed */
  describe(isCompared: readonly boolean[], depth = 0): string[] {
    const below = [...this.children].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      this.sums.filter((_, index) => isCompared[index]).join(' '),
      ...below.flatMap(([key, child]) => [`${depth} ${key}`, ...child.describe(isCompared, depth + 1)]),
    ];
  }
}

function addGolden(merged: MergedNode, node: GoldenNode, side: 0 | 1, depth = 0): void {
  merged.sums[side]! += node.bytes;
  merged.sums[2 + side]! += node.allocations;
  if (depth === GOLDEN_DEPTH) return;
  for (const child of node.children) {
    if (!child.elided) addGolden(merged.getChild(child.function, child.file), child, side, depth + 1);
  }
}

function addCompared(merged: MergedNode, tree: CallTree, node = 0, depth = 0): void {
  const base = tree.compared!.base!;
  [tree.bytes, base.bytes, tree.allocations, base.allocations].forEach((column, index) => {
    merged.sums[index] = column[node]!;
  });
  if (depth === GOLDEN_DEPTH) return;
  for (const child of tree.getChildren(node)) {
    const {function: name, file, elided} = tree.getNode(child);
    if (!elided) addCompared(merged.getChild(name, file), tree, child, depth + 1);
  }
}

function compare(compared: CaptureFile, base: CaptureFile, view: View): CallTree {
  const runs = new ComparedRuns(NO_RENAMES);
  for (const [capture, isBase] of [
    [compared, false],
    [base, true],
  ] as const) {
    const snapshot = parseSnapshot(readFileSync(capture.path), {view: {kind: view}, biggestAllocs: 200});
    runs.add({name: capture.name, snapshot}, isBase);
  }
  const snapshot = runs.finish();
  // memray's root counts what is below the cut.
  const options = {naming: createNaming(snapshot), wholePeak: true};
  return deriveTree(snapshot, parseQuery('diff:absolute'), options).tree;
}

/** memray adds 1 for every further record of an aggregated capture, instead of its count. */
const hasCounts = ({name}: CaptureFile): boolean => !name.includes('aggregate');

/** Of captures that memray cannot read, the golden is its error. */
const hasTree = (capture: CaptureFile, view: View): boolean =>
  'tree' in (readGoldenOf(capture, GOLDENS[view]) as object);

/** Each is compared with the next one in the folder. Native frames get their names after the parser. */
function listPairs(view: View): readonly {compared: CaptureFile; base: CaptureFile}[] {
  const named = listCaptures().filter(
    ({name, goldens}) => goldens.includes(GOLDENS[view]) && !/native|^old-/.test(name) && !name.includes('/'),
  );
  const captures = named.filter(capture => hasTree(capture, view));
  return captures.slice(1).map((compared, index) => ({compared, base: captures[index]!}));
}

describe.each(['peak', 'leaks'] as const)('%s', view => {
  it.each(listPairs(view))('$compared.name and $base.name', ({compared, base}) => {
    const expected = new MergedNode();
    for (const [side, capture] of [compared, base].entries()) {
      addGolden(expected, (readGoldenOf(capture, GOLDENS[view]) as GoldenTree).tree, side as 0 | 1);
    }
    const merged = new MergedNode();
    addCompared(merged, compare(compared, base, view));
    const isCompared = [true, true, hasCounts(compared), hasCounts(base)];
    expect(merged.describe(isCompared)).toEqual(expected.describe(isCompared));
  });
});
