import {describe, expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {formatCsv} from '../../../src/report/csv.js';
import {formatJson} from '../../../src/report/json.js';
import {formatText} from '../../../src/report/text.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';

const START = 1_700_000_000_000;
const SNAPSHOT: Snapshot = parseBlocks(
  ['main>load 2*100@malloc 1*4096@mmap', 'main>save:3 6*10@malloc [0x2 (worker)]', '- 1*50@calloc'],
  {
    capture: {
      startTimeMs: START,
      endTimeMs: START + 1500,
      peakBytes: 4000,
      run: {peakRecords: 3, peakTimeMs: START + 20, highestRss: 9_000_000, highestRssTimeMs: START + 1234},
    },
  },
);

function report(view: string, snapshot = SNAPSHOT) {
  const query = parseQuery(view);
  const derived = deriveTree(snapshot, query, {naming: createNaming(snapshot)});
  const options = {biggestAllocs: Infinity, wholePeak: false, pythonOnly: false};
  return {...derived, capture: snapshot.capture, view: snapshot.view, query, options};
}

function print(view: string, options: Parameters<typeof formatText>[1] = {}, snapshot = SNAPSHOT): string {
  return `\n${[...formatText(report(view, snapshot), {name: 'results.bin', ...options})].join('')}`;
}

const RUN: Snapshot = {...SNAPSHOT, view: {kind: 'allocated'}};

describe('statistics', () => {
  it('are lines of figures', () => {
    expect(print('stats', {}, RUN)).toMatchInlineSnapshot(`
      "
      whole run › stats     4.406kB of 4.406kB (100.00 %)
      Run
        Duration                  1.500 s
        Allocations                    10
        Allocated in all          4.406kB
        Peak of the heap          4.000kB  after 0.020 s
        Highest resident memory   9.000MB  after 1.234 s
        Smallest allocation       10.000B
        Mean allocation          440.600B
        Largest allocation        4.096kB

      Sizes of allocations
        <    18.000B  6  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
        <    33.000B  0
        <    60.000B  1  ▇▇▇▇
        <   110.000B  2  ▇▇▇▇▇▇▇▇
        <   202.000B  0
        <   369.000B  0
        <   673.000B  0
        <    1.229kB  0
        <    2.244kB  0
        <=   4.096kB  1  ▇▇▇▇

      Allocators
        malloc  8  80.00 %  260.000B  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
        calloc  1  10.00 %   50.000B  ▇▇▇
        mmap    1  10.00 %   4.096kB  ▇▇▇

      Places by bytes
        4.296kB  97.50 %  3  load       load:1
        60.000B   1.36 %  6  save       save:3
        50.000B   1.13 %  1  <unknown>

      Places by allocations
        60.000B   1.36 %  6  save       save:3
        4.296kB  97.50 %  3  load       load:1
        50.000B   1.13 %  1  <unknown>

      Modules by bytes
        4.296kB  97.50 %  3  load
        60.000B   1.36 %  6  save
        50.000B   1.13 %  1  <root>

      Modules by allocations
        60.000B   1.36 %  6  save
        4.296kB  97.50 %  3  load
        50.000B   1.13 %  1  <root>
      all allocations of results.bin: 4.406kB, shown 4.406kB
      "
    `);
  });

  it('have as many rows in each list as are asked for, and no emoji or box characters in ASCII', () => {
    const text = print('stats', {limit: 1, ascii: true}, RUN);
    expect(text).toMatch(/^ {2}malloc {2}8 {2}80\.00 % {2}260\.000B {2}#+$/m);
    expect(text).toMatch(/Places by bytes\n.*load {2}load:1\n\n/);
  });

  it('are an object in JSON, in place of the tree', () => {
    const json = JSON.parse([...formatJson(report('stats', RUN), {limit: 1})].join(''));
    expect(json.tree).toBeUndefined();
    expect(json.stats).toEqual({
      ...{allocations: 10, bytesAllocated: 4406, peakBytes: 4000, durationMs: 1500},
      ...{peakTimeMs: START + 20, highestRss: 9_000_000, highestRssTimeMs: START + 1234},
      ...{smallest: 10, largest: 4096},
      histogram: expect.any(Array),
      allocators: {malloc: 8, calloc: 1, mmap: 1},
      topBySize: [{function: 'load', file: '/app/load.py', line: 1, bytes: 4296}],
      topByCount: [{function: 'save', file: '/app/save.py', line: 3, allocations: 6}],
      modulesBySize: [{module: 'load', bytes: 4296, allocations: 3}],
      modulesByCount: [{module: 'save', bytes: 60, allocations: 6}],
    });
  });

  it('of an aggregated capture are what it has, and say what it does not have', () => {
    const {blocks: _, ...rest} = RUN;
    const text = print('stats', {}, {...rest, capture: {...RUN.capture, fileFormat: 'aggregated'}});
    expect(text).toMatch(/^\npeak › stats /);
    expect(text).toMatch(/\npeak of results\.bin: [^\n]*\n$/);
    expect(text).toContain('Recorded with --aggregate: what was freed before the peak, sizes and allocators');
    expect(text).toContain('Places by bytes at the peak');
    expect(text).not.toMatch(/Allocated in all|Sizes|Allocators/);
  });
});

describe('places', () => {
  it('are a table', () => {
    expect(print('places')).toMatchInlineSnapshot(`
      "
      peak › places     4.406kB of 4.406kB (100.00 %)
         Total           Count      Mean  Allocator  Function
       4.096kB  92.96 %      1   4.096kB  mmap       load  load:1
      200.000B   4.54 %      2  100.000B  malloc     load  load:1
       60.000B   1.36 %      6   10.000B  malloc     save  save:3
       50.000B   1.13 %      1   50.000B  calloc     <unknown>
      peak of results.bin: 4.000kB, shown 4.406kB
      "
    `);
  });

  it('are comma-separated values', () => {
    expect([...formatCsv(report('places').tree, {limit: 2, moduleOf: file => file})].join('')).toBe(
      [
        'bytes,allocations,allocator,function,file,line,threads',
        '4096,1,mmap,load,/app/load.py,1,0x1',
        '200,2,malloc,load,/app/load.py,1,0x1',
        '',
      ].join('\n'),
    );
  });

  it('have the allocator of each row in JSON', () => {
    const {tree} = JSON.parse([...formatJson(report('places'))].join(''));
    expect(tree.children.map((row: {allocator: string}) => row.allocator)).toEqual([
      ...['mmap', 'malloc', 'malloc', 'calloc'],
    ]);
    expect(tree.children.at(-1)).toMatchObject({function: '', file: '', line: 0, bytes: 50, selfBytes: 50});
  });
});
