import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import {toExportedQuery} from '../../../src/export/exported-query.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {needsBlocks} from '../../../src/query/needs.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import {arbitraryQuery} from '../../helpers/arbitrary-query.js';
import {arbitraryPair, openCompared} from '../../helpers/compared-locations.js';
import {
  decodeComparedCsv,
  decodeComparedFolded,
  decodeComparedPprof,
  decodeFolded,
  decodeGprof2dot,
  decodePprof,
  decodeSpeedscope,
  parseCsv,
  sumStacks,
} from '../../helpers/decode-exports.js';
import {exportAs, exportQuery} from '../../helpers/export-formats.js';
import type {ReferenceLocation} from '../../helpers/reference-query.js';
import {type ReferenceNode, runReferenceQuery} from '../../helpers/reference-shapes.js';

beforeAll(loadRegexEngine);

type Locations = readonly ReferenceLocation[];

interface Case {
  readonly compared: readonly Locations[];
  readonly bases: readonly Locations[];
  readonly query: TreeQuery;
}

/** Captures that have much in common, and what is asked of them. */
function arbitraryRuns({maxRuns}: {readonly maxRuns: number}): fc.Arbitrary<Case> {
  const side = fc.array(arbitraryPair(), {minLength: 1, maxLength: maxRuns});
  return fc.tuple(side, side).chain(([first, second]) => {
    const compared = first.map(({after}) => after);
    // Captures of one side are variants of those of the other one.
    const bases = second.map((pair, index) => first[index]?.before ?? pair.before);
    return arbitraryQuery([...compared, ...bases].flat()).map(query => ({compared, bases, query}));
  });
}

/** The blocks of a plain reading: only what asks for them has them. */
function forgetBlocks({blocks: _, runs, ...snapshot}: Snapshot): Snapshot {
  return {...snapshot, runs: runs!.map(({blocks: _, ...run}) => run)};
}

/** What ends at each stack of one capture, the slow way: `[bytes, allocations]`. */
function listOwn(locations: Locations, query: TreeQuery, naming: Parameters<typeof runReferenceQuery>[2]) {
  const own = new Map<string, readonly number[]>();
  const visit = (node: ReferenceNode, stack: readonly (readonly [string, string, number])[]): void => {
    if (node.selfAllocations > 0) own.set(JSON.stringify(stack), [node.selfBytes, node.selfAllocations]);
    for (const child of node.children) {
      visit(child, [...stack, [child.function || child.file, child.file, child.line]]);
    }
  };
  visit(runReferenceQuery(locations, query, naming).root, []);
  return own;
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}

/** `[compared, base]` of each stack that one of them has. */
function listReference({compared, bases, query}: Case) {
  const {naming} = openCompared(compared, bases);
  const by = query.by === 'line' ? ('function' as const) : query.by;
  const asTree = toExportedQuery({...query, by, shape: query.shape.kind === 'callees' ? query.shape : TREE});
  const [news, olds] = [compared, bases].map(side => side.map(each => listOwn(each, asTree, naming)));
  const keys = new Set([...news!, ...olds!].flatMap(own => [...own.keys()]));
  const combine = (side: readonly ReadonlyMap<string, readonly number[]>[], key: string) => {
    const [bytes, allocations] = [0, 1].map(at => middle(side.map(own => own.get(key)?.[at] ?? 0)));
    return {bytes: bytes!, allocations: allocations!};
  };
  const all = [...keys].map(key => [key, [combine(news!, key), combine(olds!, key)]] as const);
  return keepSome(all);
}

type Sides = readonly {readonly bytes: number; readonly allocations: number}[];

/** The stacks of which one of the sides has something. */
function keepSome<T extends Sides>(all: Iterable<readonly [string, T]>): Map<string, T> {
  return new Map(
    [...all].filter(([, sides]) => sides.some(({bytes, allocations}) => bytes + allocations > 0)),
  );
}

const TREE = {kind: 'tree'} as const;
/** Shapes that begin with the outermost frames, or are about all stacks. */
const SHAPES: readonly string[] = ['tree', 'inverted', 'callees'];

const isExportable = ({query}: Case): boolean => SHAPES.includes(query.shape.kind);

const sorted = (sums: Iterable<readonly [string, unknown]>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));

function formatStack(stack: string): string {
  return (JSON.parse(stack) as readonly (readonly [string, string, number])[])
    .map(([name, file]) => (file === '' || file === name ? name : `${name} (${file})`))
    .join(';');
}

const RUNS = {numRuns: 300};

describe('both sides are those of a slow reference', () => {
  test.each([
    ['one capture against one', 1],
    ['medians of several captures', 3],
  ])('%s', async (_, maxRuns) => {
    await fc.assert(
      fc.asyncProperty(arbitraryRuns({maxRuns}).filter(isExportable), async given => {
        const query: TreeQuery = {...given.query, diff: 'absolute'};
        const isPlain = !needsBlocks(query);
        // A row for each allocator has medians of its own.
        fc.pre(isPlain || maxRuns === 1);
        const {snapshot: whole} = openCompared(given.compared, given.bases);
        const snapshot = isPlain && maxRuns > 1 ? forgetBlocks(whole) : whole;
        const expected = listReference(given);
        const csv = decodeComparedCsv(await exportQuery('csv', snapshot, query));
        // Where most captures lack a stack, both medians may be 0.
        expect(sorted(keepSome(csv))).toEqual(sorted(expected));
        const framed = [...expected].filter(([stack]) => stack !== '[]');
        const whole64 = framed.map(([stack, sides]) => [stack, sides.map(roundAmounts)] as const);
        const pprof = decodeComparedPprof(await exportQuery('pprof', snapshot, query));
        expect(sorted(pprof)).toEqual(sorted(whole64));
        const folded = decodeComparedFolded(await exportQuery('folded', snapshot, query));
        const lines = new Map<string, number[]>();
        for (const [stack, [compared, base]] of whole64) {
          if (compared!.bytes + base!.bytes === 0) continue;
          const known = lines.get(formatStack(stack)) ?? [0, 0];
          lines.set(formatStack(stack), [known[0]! + base!.bytes, known[1]! + compared!.bytes]);
        }
        expect(sorted(folded)).toEqual(sorted(lines));
      }),
      RUNS,
    );
  });

  test('csv leaves out what is the same, as the mode says', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRuns({maxRuns: 1}).filter(given => isExportable(given) && !needsBlocks(given.query)),
        fc.constantFrom('difference', 'grown'),
        async (given, diff) => {
          const snapshot = forgetBlocks(openCompared(given.compared, given.bases).snapshot);
          const expected = [...listReference(given)].filter(([, [compared, base]]) =>
            diff === 'grown'
              ? compared!.bytes > base!.bytes
              : compared!.bytes !== base!.bytes || compared!.allocations !== base!.allocations,
          );
          const csv = await exportQuery('csv', snapshot, {...given.query, diff});
          expect(sorted(decodeComparedCsv(csv))).toEqual(sorted(expected));
        },
      ),
      RUNS,
    );
  });

  test('a capture compared with itself has no row of csv, and pprof sums of zero', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPair(), async ({before}) => {
        const {snapshot} = openCompared([before], [before]);
        expect(parseCsv(String(await exportAs('csv', snapshot)))).toHaveLength(1);
        const {samples} = decodePprof(await exportAs('pprof', snapshot));
        const total = sumStacks(samples);
        for (const sums of total.values()) expect(sums).toEqual({bytes: 0, allocations: 0});
      }),
      {numRuns: 50},
    );
  });
});

function roundAmounts({bytes, allocations}: {readonly bytes: number; readonly allocations: number}) {
  return {bytes: Math.round(bytes), allocations: Math.round(allocations)};
}

const at = (stack: readonly string[], bytes: number, thread = '0x1', count = 1): ReferenceLocation => ({
  stack: stack.map(name => ({function: name, file: 'app.py', line: 1})),
  bytes: bytes * count,
  allocations: count,
  thread,
  blocks: [{allocator: bytes > 5000 ? 'mmap' : 'malloc', size: bytes, count}],
  index: 0,
});

const BEFORE = [at(['main', 'gone'], 300), at(['main', 'same'], 50), at(['main', 'load'], 10)];
const AFTER = [at(['main', 'load'], 40, '0x2 (worker)', 2), at(['main', 'same'], 50), at(['main', 'new'], 7)];

const open = (compared: readonly Locations[], bases: readonly Locations[]) =>
  forgetBlocks(openCompared(compared, bases).snapshot);

describe('what is written of a small comparison', () => {
  test('csv', async () => {
    expect(`\n${await exportAs('csv', open([AFTER], [BEFORE]))}`).toBe(`
allocator,num_allocations,size,base_num_allocations,base_size,num_allocations_difference,size_difference,tid,thread_name,stack_trace
,2,80,1,10,1,70,2; 1,0x2 (worker); 0x1,"load;app.py;0|main;app.py;0"
,1,7,0,0,1,7,1,0x1,"new;app.py;0|main;app.py;0"
,0,0,1,300,-1,-300,1,0x1,"gone;app.py;0|main;app.py;0"
`);
  });

  test('csv, by allocators where blocks were read', async () => {
    const before = [at(['main'], 9000), at(['main'], 100)];
    const after = [at(['main'], 100), at(['main'], 9000, '0x1', 2)];
    const {snapshot} = openCompared([after], [before]);
    const [, ...rows] = parseCsv(String(await exportAs('csv', snapshot, 'places')));
    expect(rows).toEqual([['MMAP', '2', '18000', '1', '9000', '1', '9000', '1', '0x1', 'main;app.py;0']]);
  });

  test('folded, as difffolded.pl: base first, all stacks', async () => {
    expect(`\n${await exportAs('folded', open([AFTER], [BEFORE]))}`).toBe(`
main (app.py);load (app.py) 10 80
main (app.py);same (app.py) 50 50
main (app.py);new (app.py) 0 7
main (app.py);gone (app.py) 300 0
`);
  });

  test('pprof: samples of the base are negative and have its label', async () => {
    const {samples, comments} = decodePprof(await exportAs('pprof', open([AFTER], [BEFORE])));
    expect(comments).toContain('base: base-0.bin');
    const main = ['main', 'app.py', 0];
    const ofBase = {thread: '0x1', 'pprof::base': 'true'};
    expect(samples).toEqual([
      {stack: [main, ['load', 'app.py', 0]], bytes: 80, allocations: 2, labels: {thread: '0x2 (worker)'}},
      {stack: [main, ['load', 'app.py', 0]], bytes: -10, allocations: -1, labels: ofBase},
      {stack: [main, ['same', 'app.py', 0]], bytes: 50, allocations: 1, labels: {thread: '0x1'}},
      {stack: [main, ['same', 'app.py', 0]], bytes: -50, allocations: -1, labels: ofBase},
      {stack: [main, ['new', 'app.py', 0]], bytes: 7, allocations: 1, labels: {thread: '0x1'}},
      {stack: [main, ['gone', 'app.py', 0]], bytes: -300, allocations: -1, labels: ofBase},
    ]);
  });

  test('of several captures a side csv leaves out noise', async () => {
    const run = (noisy: number, grown: number) => [
      at(['main', 'noisy'], noisy),
      at(['main', 'grown'], grown),
    ];
    const bases = [run(500_000, 1000), run(900_000, 1000), run(700_000, 1010)];
    const compared = [run(600_000, 90_000), run(950_000, 90_000), run(710_000, 90_050)];
    const rows = async (written: string) =>
      [...decodeComparedCsv(await exportAs('csv', open(compared, bases), written))].map(
        ([stack, [now, before]]) => [stack.includes('grown'), now.bytes, before.bytes],
      );
    expect(await rows('')).toEqual([[true, 90_000, 1000]]);
    expect(await rows('diff:absolute')).toEqual([
      [false, 710_000, 700_000],
      [true, 90_000, 1000],
    ]);
  });
});

describe('captures without a base', () => {
  const RUNS_OF_THREE = [[at(['main'], 10)], [at(['main'], 30), at(['main', 'x'], 5)], [at(['main'], 20)]];

  test('csv has the medians, then columns for each capture', async () => {
    expect(`\n${await exportAs('csv', open(RUNS_OF_THREE, []))}`).toBe(`
allocator,num_allocations,size,num_allocations of new-0.bin,size of new-0.bin,num_allocations of new-1.bin,size of new-1.bin,num_allocations of new-2.bin,size of new-2.bin,tid,thread_name,stack_trace
,1,20,1,10,1,30,1,20,1,0x1,"main;app.py;0"
,0,0,0,0,1,5,0,0,1,0x1,"x;app.py;0|main;app.py;0"
`);
  });

  test('the other formats have the medians', async () => {
    const snapshot = open(RUNS_OF_THREE, []);
    const key = JSON.stringify([['main', 'app.py', 0]]);
    const expected = new Map([[key, {bytes: 20, allocations: 1}]]);
    expect(decodeSpeedscope(await exportAs('speedscope', snapshot))).toEqual(expected);
    expect(sumStacks(decodePprof(await exportAs('pprof', snapshot)).samples)).toEqual(expected);
    const note = 'the numbers are medians of 3 captures';
    expect(String(await exportAs('speedscope', snapshot))).toContain(` · peak · ${note}"`);
    expect(decodePprof(await exportAs('pprof', snapshot)).comments).toContain(note);
    expect(decodeFolded(await exportAs('folded', snapshot))).toEqual(new Map([['main (app.py)', 20]]));
    expect(decodeGprof2dot(await exportAs('gprof2dot', snapshot))).toEqual(
      new Map([[key, {bytes: 20, allocations: 0}]]),
    );
  });

  test('names of captures are no formulas', async () => {
    const {capture, ...snapshot} = open(RUNS_OF_THREE, []);
    const parts = capture.parts!.map(part => ({...part, name: '=a,"b\n.bin'}));
    const [headings] = parseCsv(String(await exportAs('csv', {...snapshot, capture: {...capture, parts}})));
    expect(headings![4]).toBe('size of =a,"b\n.bin');
    expect(headings).toHaveLength(12);
  });
});

test('hostile names stay in their cells and lines', async () => {
  const names = ['=cmd', '-1', 'a"b', 'a,b', 'a|b', 'a;b', 'a\nb', '\t', '', '__proto__'];
  const locations = (factor: number) => names.map((name, index) => at(['main', name], factor * (index + 1)));
  const snapshot = open([locations(3)], [locations(1)]);
  const rows = parseCsv(String(await exportAs('csv', snapshot)));
  expect(rows.every(row => row.length === 10)).toBe(true);
  for (const row of rows) expect(row[9]).not.toMatch(/^[=+\-@\t\r]/);
  expect(rows).toHaveLength(1 + names.length);
  const folded = String(await exportAs('folded', snapshot));
  for (const line of folded.split('\n').slice(0, -1))
    expect(line).toMatch(/^main \(app\.py\);[^;]* \d+ \d+$/);
  const pprof = decodeComparedPprof(await exportAs('pprof', snapshot));
  expect(pprof.size).toBe(names.length);
});
