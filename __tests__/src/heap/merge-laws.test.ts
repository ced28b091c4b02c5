import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {cutSnapshot} from '../../../src/heap/cut-snapshot.js';
import {mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {isCutFirst} from '../../../src/query/tree-query.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {arbitraryCase, arbitraryLocations, openLocations} from '../../helpers/arbitrary-query.js';
import {describeDerived} from '../../helpers/describe-derived.js';
import {listLocations, mergeByReference} from '../../helpers/reference-merge-captures.js';
import type {ReferenceLocation} from '../../helpers/reference-query.js';

beforeAll(loadRegexEngine);

const merge = (snapshots: readonly Snapshot[], isMerged: boolean, biggestAllocs = Infinity): Snapshot =>
  mergeSnapshots(
    snapshots.map((snapshot, index) => ({name: `${index}.bin`, snapshot})),
    {isMerged, biggestAllocs},
  );

const open = (locations: readonly ReferenceLocation[]): Snapshot => openLocations(locations).snapshot;

const multiply = (locations: readonly ReferenceLocation[], factor: number): ReferenceLocation[] =>
  locations.map(location => ({
    ...location,
    bytes: location.bytes * factor,
    allocations: location.allocations * factor,
    blocks: location.blocks.map(block => ({...block, count: block.count * factor})),
  }));

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** Captures that have locations in common. */
const arbitraryProcesses = fc
  .tuple(arbitraryLocations(), fc.array(fc.array(fc.nat({max: 40}), {maxLength: 12}), {maxLength: 4}))
  .map(([first, others]) => [
    first,
    ...others.map(picks =>
      picks
        .filter(() => first.length > 0)
        .map(pick => ({...first[pick % first.length]!, bytes: pick}))
        .sort((a, b) => b.bytes - a.bytes),
    ),
  ]);

describe('captures as one tree', () => {
  it('a capture that is given K times is that capture with everything K times, at every cut', () => {
    fc.assert(
      fc.property(arbitraryLocations(), fc.integer({min: 1, max: 5}), (locations, copies) => {
        for (let biggest = 0; biggest <= locations.length + 1; biggest++) {
          const merged = merge(Array(copies).fill(open(locations)), true, biggest);
          const alone = cutSnapshot(open(multiply(locations, copies)), biggest);
          expect(listLocations(merged)).toEqual(listLocations(alone));
          expect(merged.elided).toEqual(alone.elided);
          expect(describeDerived(buildCallTree(merged, {wholePeak: true}))).toEqual(
            describeDerived(buildCallTree(alone, {wholePeak: true})),
          );
        }
      }),
      {seed: 1, numRuns: 100},
    );
  });

  it('and so is every query of it', () => {
    fc.assert(
      fc.property(arbitraryCase(), fc.integer({min: 2, max: 4}), ({locations, query}, copies) => {
        const derive = (snapshot: Snapshot) => {
          const {tree, kept, of, elided} = deriveTree(snapshot, query, {naming: createNaming(snapshot)});
          return {lines: describeDerived(tree), kept, of, elided};
        };
        const merged = merge(Array(copies).fill(open(locations)), true);
        expect(derive(merged)).toEqual(derive(open(multiply(locations, copies))));
      }),
      {seed: 2, numRuns: 300},
    );
  });

  it('equals a slow reference for captures that differ', () => {
    fc.assert(
      fc.property(arbitraryProcesses, fc.nat({max: 20}), (processes, biggest) => {
        const snapshots = processes.map(open);
        const all = mergeByReference(snapshots);
        const merged = merge(snapshots, true, biggest);
        expect(listLocations(merged)).toEqual(all.slice(0, biggest));
        const rest = all.slice(biggest);
        expect(merged.elided).toEqual({
          locations: rest.length,
          bytes: sum(rest.map(({bytes}) => bytes)),
          allocations: sum(rest.map(({allocations}) => allocations)),
        });
      }),
      {seed: 3, numRuns: 300},
    );
  });
});

describe('captures with a node each', () => {
  it('every query that needs the biggest locations only makes the same of captures that were cut before', () => {
    const isContent = ({query}: {query: Parameters<typeof isCutFirst>[0]}) => isCutFirst(query);
    const given = fc.tuple(arbitraryCase().filter(isContent), fc.nat({max: 8}), arbitraryProcesses);
    fc.assert(
      fc.property(given, ([{query}, biggest, processes]) => {
        const snapshots = processes.map(open);
        const whole = merge(snapshots, false);
        // What is cut away may hold the file that tells where modules are.
        const naming = createNaming(whole);
        const derive = (snapshot: Snapshot) => {
          const {tree, ...rest} = deriveTree(snapshot, {...query, biggest}, {naming, wholePeak: true});
          const {kept, of, elided} = rest;
          return {lines: describeDerived(tree), kept, of, elided};
        };
        const cut = snapshots.map(snapshot => cutSnapshot(snapshot, biggest));
        expect(derive(whole)).toEqual(derive(merge(cut, false)));
      }),
      {seed: 4, numRuns: 300},
    );
  });

  it('each keeps its share of what the steps leave', () => {
    const written = fc.constantFrom('through:file:app', 'drop:file:json', 'thread:worker inverted', 'flat');
    fc.assert(
      fc.property(arbitraryProcesses, written, fc.nat({max: 8}), (processes, steps, biggest) => {
        const query = parseQuery(`${steps} biggest:${biggest}`);
        const shownOf = (snapshot: Snapshot) => {
          const {kept, elided} = deriveTree(snapshot, query, {naming: createNaming(snapshot)});
          return [kept.bytes - elided.bytes, kept.locations - elided.locations];
        };
        const snapshots = processes.map(open);
        const alone = snapshots.map(shownOf);
        // A label that several processes have gets the number of each; `worker` is still in it.
        expect(shownOf(merge(snapshots, false))).toEqual([
          sum(alone.map(([bytes]) => bytes!)),
          sum(alone.map(([, locations]) => locations!)),
        ]);
      }),
      {seed: 5, numRuns: 300},
    );
  });
});
