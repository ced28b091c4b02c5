import fc from 'fast-check';
import {ComparedRuns} from '../../src/heap/compared-runs.js';
import {NO_RENAMES, type Renames} from '../../src/heap/frame-renames.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {createNaming} from '../../src/query/naming.js';
import {arbitraryLocations, openLocations} from './arbitrary-query.js';
import type {ReferenceLocation} from './reference-query.js';

type Locations = readonly ReferenceLocation[];

/** The captures of these locations as they are compared: those of the second list are bases. */
export function openCompared(
  compared: readonly Locations[],
  bases: readonly Locations[],
  renames: Renames = NO_RENAMES,
) {
  const open = (locations: Locations): Snapshot => openLocations(locations).snapshot;
  const snapshot = compareSnapshots(compared.map(open), bases.map(open), renames);
  return {snapshot, naming: createNaming(snapshot)};
}

/** Captures as they are compared: those of the second list are bases. */
export function compareSnapshots(
  compared: readonly Snapshot[],
  bases: readonly Snapshot[],
  renames: Renames = NO_RENAMES,
): Snapshot {
  const runs = new ComparedRuns(renames);
  compared.forEach((snapshot, index) => {
    runs.add({name: `new-${index}.bin`, snapshot}, false);
  });
  bases.forEach((snapshot, index) => {
    runs.add({name: `base-${index}.bin`, snapshot}, true);
  });
  return runs.finish();
}

export interface ChangedPair {
  readonly before: Locations;
  readonly after: Locations;
}

/** Locations, and what became of them: some are gone, some have other blocks, some are new. */
export function arbitraryPair(): fc.Arbitrary<ChangedPair> {
  return arbitraryLocations().chain(before =>
    fc
      .record({
        fates: fc.array(fc.constantFrom('same', 'same', 'gone', 'doubled'), {
          minLength: before.length,
          maxLength: before.length,
        }),
        others: arbitraryLocations(),
        isOtherProgram: fc.boolean(),
      })
      .map(({fates, others, isOtherProgram}) => {
        const left = before.flatMap((location, index) => change(location, fates[index]!));
        const added = isOtherProgram ? others : others.slice(0, 2);
        return {before, after: sortLocations([...left, ...added])};
      }),
  );
}

function change(location: ReferenceLocation, fate: string): readonly ReferenceLocation[] {
  if (fate === 'gone') return [];
  if (fate === 'same') return [location];
  const blocks = location.blocks.map(block => ({...block, count: 2 * block.count}));
  return [{...location, blocks, bytes: 2 * location.bytes, allocations: 2 * location.allocations}];
}

function sortLocations(locations: Locations): Locations {
  return locations.toSorted((a, b) => b.bytes - a.bytes).map((location, index) => ({...location, index}));
}
