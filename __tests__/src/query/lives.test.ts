import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import type {LocationColumns, RunColumns, Snapshot} from '../../../src/heap/snapshot.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {deriveLives, findHalf, findLocations, hasLives} from '../../../src/query/lives.js';
import {createNaming, type Naming} from '../../../src/query/naming.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../../src/query/tree-query.js';
import {findNearest, getCallPath} from '../../../src/tree/call-path.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {arbitraryCase, type Case, openLocations} from '../../helpers/arbitrary-query.js';
import {arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {writeCapture} from '../../helpers/capture-writer.js';
import {openHistoryOf} from '../../helpers/keep-history.js';
import {toPlainLocations} from '../../helpers/read-snapshot.js';
import {replayStates} from '../../helpers/reference-heap.js';

beforeAll(loadRegexEngine);

/** For each moment: how many times what a location has is alive at it. */
type Moments = readonly (readonly number[])[];

interface LifeCase extends Case {
  readonly moments: Moments;
}

function arbitraryLifeCase(): fc.Arbitrary<LifeCase> {
  return arbitraryCase()
    .filter(({query}) => hasLives({...query, select: {kind: 'peak'}}))
    .chain(given => {
      const times = fc.constantFrom(0, 0, 1, 2, 5);
      const {length} = given.locations;
      const moment = fc.array(times, {minLength: length, maxLength: length});
      return fc.array(moment, {minLength: 1, maxLength: 4}).map(moments => ({...given, moments}));
    });
}

/** What is alive of the locations, in their order. */
function pick({locations}: Snapshot, times: readonly number[]): RunColumns {
  const location = Int32Array.from(times.keys()).filter(index => times[index]! > 0);
  const take = (column: Float64Array): Float64Array =>
    Float64Array.from(location, index => column[index]! * times[index]!);
  return {
    part: 0,
    isBase: false,
    length: location.length,
    location,
    bytes: take(locations.bytes),
    allocations: take(locations.allocations),
    elided: {locations: 0, allocations: 0, bytes: 0},
  };
}

/** The snapshot of one moment by itself, biggest first. */
function separate(all: Snapshot, run: RunColumns): Snapshot {
  const order = [...run.location.keys()].sort((a, b) => run.bytes[b]! - run.bytes[a]!);
  const locations: LocationColumns = {
    length: order.length,
    bytes: Float64Array.from(order, index => run.bytes[index]!),
    allocations: Float64Array.from(order, index => run.allocations[index]!),
    thread: Int32Array.from(order, index => all.locations.thread[run.location[index]!]!),
    stack: Int32Array.from(order, index => all.locations.stack[run.location[index]!]!),
  };
  return {...all, locations};
}

/** One snapshot of all moments, as a history makes it. */
function join(all: Snapshot, runs: readonly RunColumns[]): Snapshot {
  const sum = (column: 'bytes' | 'allocations'): Float64Array => {
    const sums = new Float64Array(all.locations.length);
    for (const run of runs) {
      run.location.forEach((location, index) => {
        sums[location]! += run[column][index]!;
      });
    }
    return sums;
  };
  const locations = {...all.locations, bytes: sum('bytes'), allocations: sum('allocations')};
  return {...all, locations, runs, areMoments: true};
}

const deriveAlone = (snapshot: Snapshot, query: TreeQuery, naming: Naming): CallTree =>
  deriveTree(snapshot, {...query, biggest: Infinity}, {naming}).tree;

const readBytes = (tree: CallTree, path: ReturnType<typeof getCallPath>): number => {
  const {node, isFound} = findNearest(tree, path);
  return isFound ? tree.bytes[node]! : 0;
};

describe('deriveLives', () => {
  test('has for every row of every shape what each moment has by itself', () => {
    fc.assert(
      fc.property(arbitraryLifeCase(), ({locations, query, moments}) => {
        const {snapshot, naming} = openLocations(locations);
        const runs = moments.map((times, part) => ({...pick(snapshot, times), part}));
        const joined = join(snapshot, runs);
        const {steps, by, shape} = query;
        const lives = deriveLives(joined, steps, by, shape, naming, undefined);
        const alone = runs.map(run => deriveAlone(separate(snapshot, run), query, naming));
        const {runs: _runs, areMoments: _areMoments, ...whole} = joined;
        for (const tree of [deriveAlone(whole, query, naming), ...alone]) {
          for (let node = 0; node < tree.length; node++) {
            const path = getCallPath(tree, node);
            const expected = alone.map(each => readBytes(each, path));
            // Locations that none of the moments has make rows too.
            if (expected.some(bytes => bytes > 0) || lives.getBytes(tree, node) !== null)
              expect([path, [...lives.getBytes(tree, node)!]]).toEqual([path, expected]);
          }
        }
      }),
      {seed: 1, numRuns: 1000},
    );
  });
});

test('single blocks and temporary allocations have no lives', () => {
  expect(hasLives(DEFAULT_QUERY)).toBe(true);
  expect(hasLives({...DEFAULT_QUERY, shape: {kind: 'places'}})).toBe(false);
  expect(hasLives({...DEFAULT_QUERY, shape: {kind: 'stats'}})).toBe(false);
  expect(hasLives({...DEFAULT_QUERY, steps: [{kind: 'size', from: 1, to: null}]})).toBe(false);
  expect(hasLives({...DEFAULT_QUERY, select: {kind: 'temporary', threshold: 1}})).toBe(false);
});

describe('the first moment at which a row held half of its greatest', () => {
  const through = (name: string): TreeQuery['steps'] => [
    {kind: 'through', term: {field: 'fn', patterns: [{kind: 'whole', text: name}]}},
  ];

  test('is that of a plain replay, among the moments that are kept', () => {
    fc.assert(
      fc.property(arbitraryRecords, fc.constantFrom('a', 'b', 'c'), (records, name) => {
        const history = openHistoryOf(writeCapture(records, {version: 12}));
        const query = {...DEFAULT_QUERY, steps: through(name)};
        const isCounted = findLocations(history.base, query, {naming: createNaming(history.base)});
        const counted = toPlainLocations(history.base).map(({stack}) =>
          stack.some(([each]) => each === name),
        );
        expect([...isCounted]).toEqual(counted.map(Number));
        const states = replayStates(records);
        const kept = [...history.cells.records, ...history.cells.highRecords].sort((a, b) => a - b);
        const bytesAt = (count: number): number =>
          [...states[count]!.held].reduce(
            (sum, [key, [bytes]]) =>
              sum + ((JSON.parse(key) as [number, string[]])[1].includes(name) ? bytes : 0),
            0,
          );
        const most = Math.max(0, ...kept.map(bytesAt));
        const expected = most === 0 ? null : kept.find(count => bytesAt(count) >= most / 2)!;
        const found = findHalf(history, isCounted);
        expect(found).toBe(expected);
      }),
      {numRuns: 100},
    );
  });
});
