import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {createBlockKeeper} from '../../../src/heap/block-keeper.js';
import type {RunStats, TopPlace} from '../../../src/query/stats/run-stats.js';
import {fixturesDirectory, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';

// What memray 1.20 counts in captures (fixtures/captures/make_statistics.py).

type Place = readonly [string, string, number, number];

interface Statistics {
  readonly allocations: number | null;
  readonly bytesAllocated: number | null;
  readonly peakBytes: number;
  readonly histogram: readonly (readonly [number, number])[] | null;
  readonly allocators: Readonly<Record<string, number>>;
  readonly bySize: readonly Place[];
  readonly byCount: readonly Place[];
  readonly modules: readonly (readonly [string, number, number])[];
}

function describeStats(stats: RunStats): Statistics {
  const {allocations, bytesAllocated, peakBytes, histogram, allocators, bySize, byCount, modulesBySize} =
    stats;
  return {
    ...{allocations, bytesAllocated, peakBytes},
    histogram: histogram.map(({upTo, count}) => [upTo, count]),
    allocators: Object.fromEntries(allocators.map(use => [use.allocator, use.allocations])),
    bySize: listPlaces(bySize, 'bytes'),
    byCount: listPlaces(byCount, 'allocations'),
    modules: sort(modulesBySize.map(({module, bytes, allocations: count}) => [module, bytes, count])),
  };
}

function listPlaces(places: readonly TopPlace[], amount: 'bytes' | 'allocations'): Place[] {
  return sort(places.map(place => [place.function, place.file, place.line, place[amount]]));
}

function sort<T extends readonly unknown[]>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const captures = listCaptures(fixturesDirectory).filter(capture => capture.goldens.includes('statistics'));

it('there are goldens', () => {
  expect(captures.map(capture => capture.name)).toEqual([
    ...[
      'allocators',
      'hostile',
      'imports',
      'mmaps',
      'native-nested',
      'nested',
      'temps',
      'threads',
      'unicode',
    ],
  ]);
});

describe.each(captures)('$name', capture => {
  it('has the statistics of memray', () => {
    const snapshot = parseSnapshot(readFileSync(capture.path), {
      view: {kind: 'allocated'},
      biggestAllocs: Infinity,
      blocks: createBlockKeeper(0),
    });
    const golden = readGoldenOf(capture, 'statistics') as Statistics;
    const {stats} = runTreeQuery(snapshot, 'stats');
    const {histogram, bySize, byCount, modules, ...rest} = golden;
    const ours = describeStats(stats!);
    expect(ours).toEqual({
      ...rest,
      histogram: histogram ?? ours.histogram,
      bySize: sort(bySize),
      byCount: sort(byCount),
      modules: sort(modules),
    });
  });
});
