import {describe, expect, test} from 'vitest';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';
import {fixturesDirectory, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {
  decodeCsv,
  decodeFolded,
  decodeGprof2dot,
  decodePprof,
  decodeSpeedscope,
  parseCsv,
  type StackSums,
  sumStacks,
} from '../../helpers/decode-exports.js';
import {exportAs} from '../../helpers/export-formats.js';
import {readSnapshot} from '../../helpers/read-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SMALL = `
  main app.py:1 10
    load app.py:5 2000 x2, 50 @0x2 (worker)
      parse data.py:7 300 x3
    load app.py:6 4000
    <module> lib.py:0 8
`;

describe('what is written of a small capture', () => {
  test('folded', async () => {
    expect(`\n${await exportAs('folded', parseSnapshot(SMALL))}`).toBe(`
main (app.py:1) 10
main (app.py:1);load (app.py:5) 2050
main (app.py:1);load (app.py:5);parse (data.py:7) 300
main (app.py:1);load (app.py:6) 4000
main (app.py:1);<module> (lib.py) 8
`);
  });

  test('csv', async () => {
    expect(`\n${await exportAs('csv', parseSnapshot(SMALL))}`).toBe(`
allocator,num_allocations,size,tid,thread_name,stack_trace
,1,10,1,0x1,"main;app.py;1"
,3,2050,1; 2,0x1; 0x2 (worker),"load;app.py;5|main;app.py;1"
,3,300,1,0x1,"parse;data.py;7|load;app.py;5|main;app.py;1"
,1,4000,1,0x1,"load;app.py;6|main;app.py;1"
,1,8,1,0x1,"<module>;lib.py;0|main;app.py;1"
`);
  });

  test('gprof2dot', async () => {
    expect(JSON.parse(String(await exportAs('gprof2dot', parseSnapshot(SMALL))))).toEqual({
      version: 0,
      costs: [{description: 'Memory', unit: 'bytes'}],
      events: [
        {callchain: [0], cost: [10]},
        {callchain: [1, 0], cost: [2000]},
        {callchain: [1, 0], cost: [50]},
        {callchain: [2, 1, 0], cost: [300]},
        {callchain: [1, 0], cost: [4000]},
        {callchain: [3, 0], cost: [8]},
      ],
      functions: [
        {name: 'main', module: 'app.py'},
        {name: 'load', module: 'app.py'},
        {name: 'parse', module: 'data.py'},
        {name: '<module>', module: 'lib.py'},
      ],
    });
  });

  test('speedscope', async () => {
    expect(JSON.parse(String(await exportAs('speedscope', parseSnapshot(SMALL), 'through:load')))).toEqual({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      name: 'app.py · peak › through load',
      activeProfileIndex: 0,
      exporter: 'memray-tree-ink',
      shared: {
        frames: [
          {name: 'main', file: 'app.py', line: 1},
          {name: 'load', file: 'app.py', line: 5},
          {name: 'parse', file: 'data.py', line: 7},
          {name: 'load', file: 'app.py', line: 6},
        ],
      },
      profiles: [
        {
          ...{type: 'sampled', name: 'Memory', unit: 'bytes', startValue: 0, endValue: 6350},
          samples: [
            [0, 1],
            [0, 1, 2],
            [0, 3],
          ],
          weights: [2050, 300, 4000],
        },
        {
          ...{type: 'sampled', name: 'Allocations', unit: 'none', startValue: 0, endValue: 7},
          samples: [
            [0, 1],
            [0, 1, 2],
            [0, 3],
          ],
          weights: [3, 3, 1],
        },
      ],
    });
  });

  test('pprof', async () => {
    const {samples, ...facts} = decodePprof(
      await exportAs('pprof', parseSnapshot(SMALL), 'drop:parse inverted sort:name'),
    );
    expect(facts).toEqual({
      sampleTypes: ['inuse_objects/count', 'inuse_space/bytes'],
      defaultSampleType: 'inuse_space',
      timeNanos: 1_700_000_000_000e6,
      durationNanos: 1000e6,
      comments: ['view: peak › drop parse', 'app.py'],
      mappings: [{id: 1, file: 'app.py'}],
      firstString: '',
    });
    const main = ['main', 'app.py', 1];
    const labels = {thread: '0x1'};
    expect(samples).toEqual([
      {stack: [main], bytes: 10, allocations: 1, labels},
      {stack: [main, ['load', 'app.py', 5]], bytes: 2000, allocations: 2, labels},
      {stack: [main, ['load', 'app.py', 5]], bytes: 50, allocations: 1, labels: {thread: '0x2 (worker)'}},
      {stack: [main, ['load', 'app.py', 6]], bytes: 4000, allocations: 1, labels},
      {stack: [main, ['<module>', 'lib.py', 0]], bytes: 8, allocations: 1, labels},
    ]);
  });

  test('of a level beyond functions: names of files, modules or packages stand for functions', async () => {
    const folded = await exportAs('folded', parseSnapshot(SMALL), 'by:file');
    expect(`\n${folded}`).toBe('\napp.py 6060\napp.py;lib.py 8\napp.py;data.py 300\n');
    expect(
      parseCsv(String(await exportAs('csv', parseSnapshot(SMALL), 'by:file')))
        .at(-1)!
        .at(-1),
    ).toBe('data.py;data.py;0|app.py;app.py;0');
  });

  test('by allocators where blocks were read: csv has a row for each of them, as pprof has samples', async () => {
    const snapshot = parseBlocks(['main>load:5 2*200@malloc 1*4096@mmap 1*64@malloc']);
    expect(`\n${await exportAs('csv', snapshot, 'places')}`).toBe(`
allocator,num_allocations,size,tid,thread_name,stack_trace
MALLOC,3,464,1,0x1,"load;/app/load.py;5|main;/app/main.py;1"
MMAP,1,4096,1,0x1,"load;/app/load.py;5|main;/app/main.py;1"
`);
  });

  test('of what a function is called by, and what it calls', async () => {
    const read = async (written: string) => String(await exportAs('folded', parseSnapshot(SMALL), written));
    expect(await read('callers:parse by:function')).toBe('main (app.py);load (app.py);parse (data.py) 300\n');
    expect(await read('callees:parse by:function')).toBe('parse (data.py) 300\n');
  });

  test('all locations, unless the view says how many', async () => {
    const many = Array.from({length: 300}, (_, line) => `f app.py:${line + 1} ${line + 1}`).join('\n');
    expect(decodeFolded(await exportAs('folded', parseSnapshot(many))).size).toBe(300);
    const biggest = decodeFolded(await exportAs('folded', parseSnapshot(many), 'biggest:2'));
    expect([...biggest]).toEqual([
      ['f (app.py:299)', 299],
      ['f (app.py:300)', 300],
    ]);
  });

  test.each(['folded', 'speedscope', 'pprof', 'csv', 'gprof2dot'] as const)(
    '%s of nothing is valid',
    async format => {
      const file = await exportAs(format, parseSnapshot(SMALL), 'through:nowhere');
      const decoders = {
        folded: decodeFolded,
        speedscope: decodeSpeedscope,
        pprof: (bytes: Buffer) => sumStacks(decodePprof(bytes).samples),
        csv: decodeCsv,
        gprof2dot: decodeGprof2dot,
      };
      expect(decoders[format](file).size).toBe(0);
    },
  );
});

/** What ends at each node of a tree: its stacks. */
function listTreeStacks(tree: CallTree): StackSums {
  const stacks = Array.from({length: tree.length}, (_, node) => {
    const stack: [string, string, number][] = [];
    for (let at = node; at > 0; at = tree.prefix[at]!) {
      const call = tree.getNode(at);
      stack.push([call.function || call.file!, call.file!, call.line!]);
    }
    return {
      stack: stack.reverse(),
      bytes: tree.selfBytes[node]!,
      allocations: tree.selfAllocations[node]!,
    };
  });
  return sumStacks(stacks.filter(({allocations}) => allocations > 0));
}

const CAPTURES = listCaptures(fixturesDirectory)
  .filter(({name}) => !name.includes('/') && !name.includes('native') && !['hostile', 'deep'].includes(name))
  .filter(({goldens}) => goldens.includes('tree'));

const PEAK: View = {kind: 'peak'};
const LEAKS: View = {kind: 'leaks'};

describe('every format holds the same stacks and totals', () => {
  test('of at least ten captures', () => {
    expect(CAPTURES.length).toBeGreaterThanOrEqual(10);
  });

  test.each(CAPTURES)('of $name', async ({path}) => {
    const views: (readonly [View, string])[] = [
      [PEAK, ''],
      [PEAK, 'by:function through:e drop:main'],
      [PEAK, 'by:module'],
      [LEAKS, ''],
    ];
    for (const [view, written] of views) {
      const snapshot = readSnapshot(path, {view, biggestAllocs: Infinity});
      const {tree} = runTreeQuery(snapshot, `${written} all`);
      await expectSameStacks(snapshot, written, tree);
    }
  });
});

async function expectSameStacks(snapshot: Snapshot, written: string, tree: CallTree): Promise<void> {
  const all = listTreeStacks(tree);
  // Formats of stacks leave out blocks without one.
  const framed = new Map([...all].filter(([stack]) => stack !== '[]'));
  const sized = new Map([...framed].filter(([, {bytes}]) => bytes > 0));
  expect(decodeCsv(await exportAs('csv', snapshot, written))).toEqual(all);
  const pprof = decodePprof(await exportAs('pprof', snapshot, written));
  expect(sumStacks(pprof.samples)).toEqual(framed);
  expect(decodeSpeedscope(await exportAs('speedscope', snapshot, written))).toEqual(framed);
  const byFunction = sumStacks(
    [...framed].map(([stack, {bytes}]) => ({
      stack: (JSON.parse(stack) as [string, string, number][]).map(([name, file]) => [name, file, 0]),
      bytes,
      allocations: 0,
    })),
  );
  expect(decodeGprof2dot(await exportAs('gprof2dot', snapshot, written))).toEqual(byFunction);
  const lines = [...sized].map(
    ([stack, {bytes}]) =>
      [
        (JSON.parse(stack) as [string, string, number][])
          .map(([name, file, line]) =>
            name === file ? name : `${name} (${file}${line === 0 ? '' : `:${line}`})`,
          )
          .join(';'),
        bytes,
      ] as const,
  );
  expect(decodeFolded(await exportAs('folded', snapshot, written))).toEqual(new Map(lines));
}

describe('plain views are those of memray transform', () => {
  const captures = listCaptures(fixturesDirectory).filter(({goldens}) => goldens.includes('transform'));

  test('of several captures', () => {
    expect(captures.length).toBeGreaterThan(4);
  });

  test.each(captures)('$name', async capture => {
    const golden = readGoldenOf(capture, 'transform') as Record<'peak' | 'leaks', Record<string, never>>;
    for (const view of [PEAK, LEAKS] as const) {
      const {csv, speedscope, gprof2dot} = golden[view.kind as 'peak' | 'leaks'];
      const snapshot = readSnapshot(capture.path, {view, biggestAllocs: Infinity});
      const sortRows = (text: string) =>
        parseCsv(text)
          // memray names one of several allocators and threads.
          .map(([, allocations, bytes, , , trace]) => [allocations, bytes, trace].join(' '))
          .sort();
      expect(sortRows(String(await exportAs('csv', snapshot)))).toEqual(sortRows(csv!));
      expect(decodeSpeedscope(await exportAs('speedscope', snapshot))).toEqual(decodeSpeedscope(speedscope!));
      expect(decodeGprof2dot(await exportAs('gprof2dot', snapshot))).toEqual(decodeGprof2dot(gprof2dot!));
    }
  });
});
