import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {arbitraryCase, openLocations} from '../../helpers/arbitrary-query.js';
import type {ReferenceLocation} from '../../helpers/reference-query.js';
import {describeReference, runReferenceQuery} from '../../helpers/reference-shapes.js';

beforeAll(loadRegexEngine);

/** As `describeReference`. */
function describeDerived(tree: CallTree, node = 0, depth = 0): string[] {
  const call = tree.getNode(node);
  const amounts = [call.bytes, call.allocations, call.selfBytes, call.selfAllocations];
  return [
    JSON.stringify([depth, call.function, call.file, call.line, ...amounts, call.threads]),
    ...tree.getChildren(node).flatMap(child => describeDerived(tree, child, depth + 1)),
  ];
}

function derive(locations: readonly ReferenceLocation[], query: TreeQuery) {
  const {snapshot, naming} = openLocations(locations);
  const {tree, ...amounts} = deriveTree(snapshot, query, {naming});
  return {lines: describeDerived(tree), ...amounts};
}

function deriveByReference(locations: readonly ReferenceLocation[], query: TreeQuery) {
  const {root, ...amounts} = runReferenceQuery(locations, query, openLocations(locations).naming);
  return {lines: describeReference(root), ...amounts};
}

describe('deriveTree', () => {
  it('equals the reference for 1,000 random stacks and queries', () => {
    fc.assert(
      fc.property(arbitraryCase(), ({locations, query}) => {
        expect(derive(locations, query)).toEqual(deriveByReference(locations, query));
      }),
      {seed: 1, numRuns: 1000},
    );
  });
});
