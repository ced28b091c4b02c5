import {describe, expect, it} from 'vitest';
import {mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import type {View} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {formatSummary} from '../../../src/report/summary.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {createReport} from '../../helpers/report.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

function summarize(
  shown: number,
  [locations, bytes]: readonly [number, number],
  {view = {kind: 'peak'}, wholePeak = false}: {view?: View; wholePeak?: boolean} = {},
): readonly string[] {
  const elided = {locations, allocations: locations, bytes};
  const spec = {view, elided, capture: {peakBytes: 9_000_000}};
  const snapshot = buildSnapshot([{stack: [['main', '/app/a.py', 1]], bytes: shown}], spec);
  return formatSummary(createReport(snapshot, {wholePeak}), 'results.bin');
}

describe('formatSummary', () => {
  it('counts the captures that could be read', () => {
    const failure = {code: 'cannot-open', message: 'no such file'} as const;
    const snapshot = parseSnapshot('main app.py:1 3000', {capture: {peakBytes: 3000}});
    const merged = mergeSnapshots(
      [
        {name: 'a.bin', snapshot},
        {name: 'nope', failure},
      ],
      {isMerged: false, biggestAllocs: 200},
    );
    const report = createReport(merged);
    expect(formatSummary(report, '2 captures')).toEqual(['peak of 1 of 2 captures: 3.000kB, shown 3.000kB']);
  });

  it('names the view, what is shown of it and what is below the cut', () => {
    expect(summarize(3_661_000, [472, 3000])).toEqual([
      'peak of results.bin: 9.000MB, shown 3.661MB; 472 locations (3.000kB) below the cut, -b 200',
    ]);
    expect(summarize(3_661_000, [1, 3000], {wholePeak: true})).toEqual([
      'peak of results.bin: 9.000MB, shown 3.661MB; 1 location (3.000kB) below the cut, -b 200',
    ]);
    expect(summarize(3_661_000, [0, 0])).toEqual(['peak of results.bin: 9.000MB, shown 3.661MB']);
  });

  it('has the sum of the locations where there is no peak', () => {
    expect(summarize(2000, [3, 1000], {view: {kind: 'leaks'}})).toEqual([
      'leaks of results.bin: 3.000kB, shown 2.000kB; 3 locations (1.000kB) below the cut, -b 200',
    ]);
    expect(summarize(2000, [0, 0], {view: {kind: 'temporary', threshold: 3}})).toEqual([
      'temporary allocations of results.bin: 2.000kB, shown 2.000kB',
    ]);
  });

  it('says first that more than half is not shown, and what shows it', () => {
    expect(summarize(7000, [1300, 25_000])[0]).toBe(
      'Only 21.88 % is shown: most of the memory is below the cut; -b 1500 shows all.',
    );
    expect(summarize(7000, [1300, 7000])).toHaveLength(1);
    expect(summarize(0, [1300, 7000])[0]).toBe(
      'Nothing is shown: all of the memory is below the cut; -b 1500 shows all.',
    );
  });

  describe('of a comparison', () => {
    const open = (bytes: number) => parseSnapshot(`main app.py:1 ${bytes}`, {capture: {peakBytes: bytes}});
    const summarizeCompared = (runs: readonly number[], bases: readonly number[], written = '') => {
      const snapshot = compareSnapshots(runs.map(open), bases.map(open));
      return formatSummary(createReport(snapshot, {query: parseQuery(written)}), 'new.bin');
    };

    it('says that there are too few runs for a test, and how many it needs', () => {
      expect(summarizeCompared([9000, 9001], [9000])[0]).toBe(
        'Too few runs for a test of noise: it needs 4 on each side. Rows differ if the ranges of both sides do not overlap.',
      );
    });

    it('says which rows only more runs could tell from chance', () => {
      const run = (doubled: number, jumping: number) =>
        parseSnapshot(`load app.py:1 ${doubled}\njump app.py:2 ${jumping}`);
      const bases = [1, 1, 1, 900_000].map((jumping, index) => run(500_000 + index, jumping));
      const runs = [900_000, 900_000, 900_000, 1].map((jumping, index) => run(1_000_000 + index, jumping));
      const summarizeRuns = (written: string) =>
        formatSummary(createReport(compareSnapshots(runs, bases), {query: parseQuery(written)}), '').slice(
          0,
          2,
        );
      const sentence =
        '1 row differs in all runs, but 4 runs a side cannot tell that from chance among 3 rows that were tested; ' +
        'record more, or narrow the view with through:TERM';
      expect(summarizeRuns('')).toEqual(['within noise: 2 rows (+1.400MB)', sentence]);
      expect(summarizeRuns('diff:grown')).toEqual(['2 rows not grown', sentence]);
      expect(summarizeRuns('through:load')[0]).toMatch(/^compared with 4 captures/);
    });

    it('says what the base has, and what it is scaled to', () => {
      expect(summarizeCompared([9000], [3000], 'normalize')).toEqual([
        '1 row unchanged (9.000kB)',
        'compared with base-0.bin: 3.000kB, shown 3.000kB, scaled to 9.000kB in the rows',
        'peak of new.bin: 9.000kB, shown 9.000kB',
      ]);
    });
  });
});
