import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {formatJson} from '../../../src/report/json.js';
import {limitLevels} from '../../../src/report/printed-levels.js';
import type {Report} from '../../../src/report/report.js';
import {formatText} from '../../../src/report/text.js';
import {buildCallTree, type CallTreeOptions} from '../../../src/tree/from-snapshot.js';
import {arbitrarySnapshot} from '../../helpers/arbitrary-tree.js';
import {chainSnapshot} from '../../helpers/large-trees.js';

const createReport = (snapshot: Snapshot, options: CallTreeOptions): Report => ({
  capture: snapshot.capture,
  view: snapshot.view,
  options: {biggestAllocs: 200, wholePeak: options.wholePeak, pythonOnly: false},
  elided: snapshot.elided,
  tree: buildCallTree(snapshot, options),
});

const cases = fc.record({
  snapshot: arbitrarySnapshot(),
  depth: fc.integer({min: 0, max: 9}),
  wholePeak: fc.boolean(),
  hideUninteresting: fc.boolean(),
  hideImportSystem: fc.boolean(),
});

test('a tree down to the printed levels gives the same text as the whole one', () => {
  fc.assert(
    fc.property(cases, ({snapshot, depth, wholePeak, ...filters}) => {
      const print = (levels: Partial<CallTreeOptions>): string =>
        [...formatText(createReport(snapshot, {wholePeak, ...levels}), {depth, filters})].join('');
      const {hideUninteresting} = filters;
      expect(print(limitLevels({depth, hideUninteresting}))).toBe(print({}));
    }),
  );
});

test('a tree down to the printed levels gives the same JSON as the whole one', () => {
  fc.assert(
    fc.property(cases, ({snapshot, depth, wholePeak}) => {
      const print = (levels: Partial<CallTreeOptions>): string =>
        [...formatJson(createReport(snapshot, {wholePeak, ...levels}), {depth})].join('');
      expect(print(limitLevels({depth, hideUninteresting: false}))).toBe(print({}));
    }),
  );
});

test('it has no nodes below them', () => {
  const snapshot = chainSnapshot(10_000);
  for (const depth of [0, 1, 7]) {
    const {tree} = createReport(snapshot, {
      wholePeak: false,
      ...limitLevels({depth, hideUninteresting: false}),
    });
    expect(tree.length).toBe(depth + 2);
    expect(tree.bytes[0]).toBe(buildCallTree(snapshot, {wholePeak: false}).bytes[0]);
  }
  const all = createReport(snapshot, {
    wholePeak: false,
    ...limitLevels({depth: null, hideUninteresting: true}),
  });
  expect(all.tree.length).toBe(10_001);
});
