import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type CaptureResult, readCapture, toJson, toText} from '../../../src/headless.js';
import type {View} from '../../../src/heap/snapshot.js';
import {type InputSpec, loadInput} from '../../../src/reader/input-spec.js';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {runLoad} from '../../../src/reader/run-load.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory, listCaptures} from '../../helpers/captures.js';

const fileOf = (name: string): string => `${fixturesDirectory}/${name}.bin`;
const nested = readFileSync(fileOf('nested'));

const read = (name: string, view: string): Promise<CaptureResult> =>
  readCapture(fileOf(name), {view: `${view} all`, pythonOnly: true});

/** The tree of a result as JSON prints it. */
function getTree(result: CaptureResult): string {
  const text = toJson(result);
  return text.slice(text.indexOf(',"tree":'));
}

const sumUp = ({of: {bytes, allocations}}: CaptureResult) => [bytes, allocations];

describe('the ends of a recording', () => {
  const names = listCaptures(fixturesDirectory)
    .map(({name}) => name)
    .filter(name => !name.includes('/') && !name.includes('aggregate'));

  test.each(names)('%s: are the plain peak, the leaks and nothing', async name => {
    const [peak, leaks] = [getTree(await read(name, 'peak')), getTree(await read(name, 'leaks'))];
    expect(getTree(await read(name, 'peak:0%..100%'))).toBe(peak);
    expect(getTree(await read(name, 'peak:0s..100%'))).toBe(peak);
    expect(getTree(await read(name, 'grown:0%..100%'))).toBe(leaks);
    expect(getTree(await read(name, 'at:100%'))).toBe(leaks);
    const nothing = await read(name, 'at:0%');
    expect(sumUp(nothing)).toEqual([0, 0]);
    expect(nothing.capture).toEqual((await read(name, 'peak')).capture);
    const generations = await read(name, 'gen:0%,50%,100%');
    expect(sumUp(generations)).toEqual(sumUp(await read(name, 'leaks')));
  });
});

/** [capture, from, to, peak and its count, growth and its count], as `memray flamegraph --temporal` (1.20.0) has them. */
const TEMPORAL: readonly (readonly [string, string, string, readonly number[], readonly number[]])[] = [
  ['imports', '#0', '#1', [1_581_355, 372], [1_402_536, 354]],
  ['imports', '#1', '#2', [1_818_866, 754], [404_930, 422]],
  ['imports', '#2', '#3', [3_071_254, 934], [1_217_486, 174]],
  ['imports', '#6', '#7', [6_078_247, 1819], [1_093_841, 53]],
  ['imports', '0%', '#3', [3_071_254, 934], [3_003_472, 925]],
  ['imports', '0%', '#4', [4_626_587, 1399], [4_525_586, 1403]],
  ['imports', '0%', '#5', [4_748_976, 1618], [4_738_643, 1620]],
  ['temps', '#0', '100%', [153_649, 55], [134_121, 51]],
  ['temps', '0%', '100%', [153_649, 55], [134_121, 51]],
  ['threads', '#0', '#1', [180_452, 79], [64_278, 63]],
  ['threads', '#3', '#4', [1_062_684, 133], [90_252, 18]],
  ['threads', '#4', '#5', [1_116_515, 136], [71_047, 10]],
  ['threads', '0%', '#1', [180_452, 79], [64_278, 63]],
  ['threads', '0%', '#2', [180_452, 79], [98_270, 73]],
  ['threads', '0%', '#5', [1_116_515, 136], [1_100_115, 135]],
  ['threads', '0%', '100%', [1_248_360, 146], [1_246_351, 143]],
];

/** memray's `--temporal` says of the range [a, b] of its snapshots what lies between the memory records a − 1 and b. */
describe('the ranges of memray', () => {
  test.each(TEMPORAL)('%s %s..%s', async (name, from, to, peak, grown) => {
    expect(sumUp(await read(name, `peak:${from}..${to}`))).toEqual(peak);
    expect(sumUp(await read(name, `grown:${from}..${to}`))).toEqual(grown);
  });
});

test('a peak that still rises when the program ends is the peak of the last range', async () => {
  // memray's temporal view of this capture has 3,163,674.
  expect(sumUp(await read('nested', 'peak:#0..100%'))).toEqual([3_663_670, 260]);
});

test('blocks are those of the moment', async () => {
  const places = await read('nested', 'grown:@100..@300 places');
  expect(sumUp(places)).toEqual(sumUp(await read('nested', 'grown:@100..@300')));
  const large = await read('nested', 'at:@300 size:1kB..');
  const small = await read('nested', 'at:@300 size:..999');
  const all = await read('nested', 'at:@300');
  expect(large.kept.bytes + small.kept.bytes).toBe(all.kept.bytes);
  expect(large.kept.bytes).toBeGreaterThan(0);
  const highest = await read('nested', 'peak:@100..@500 places');
  expect(sumUp(highest)).toEqual(sumUp(await read('nested', 'peak:@100..@500')));
  const generations = await read('nested', 'gen:0%,@300,100% alloc:malloc');
  expect(sumUp(generations)).toEqual(sumUp(await read('nested', 'leaks')));
  expect(generations.kept).toMatchObject({bytes: (await read('nested', 'leaks alloc:malloc')).kept.bytes});
});

describe('generations', () => {
  test('are born between two marks, and alive at the end', async () => {
    const {tree} = await read('nested', 'gen:0%,@300,@400,100%');
    const values = [...tree.compared!.getValues(0)];
    expect(values.reduce((sum, value) => sum + value)).toBe(tree.bytes[0]);
    expect(values[2]).toBe((await read('nested', 'grown:@400..100%')).of.bytes);
  });

  test('have columns in tables, values in JSON, and sizes in rows', async () => {
    const result = await readCapture(nested, {view: 'gen:0%,@300,100% flat'});
    expect(toText(result, {limit: 3, name: 'nested.bin'})).toMatchInlineSnapshot(`
      "gen 0%,@300,100% › flat     3.664MB of 3.664MB (100.00 %)
        Total           0%..@300  @300..100%       Own           Count  Own count  Function
      3.661MB  99.92 %  38.585kB     3.622MB  26.643kB   0.73 %    257         29  _run_tracker  memray.commands.run:83
      3.621MB  98.82 %    0.000B     3.621MB    0.000B   0.00 %    216          0  <module>  nested:47
      2.000MB  54.59 %    0.000B     2.000MB   2.000MB  54.59 %      1          1  main  nested:43
      … 26 more
      generations of nested.bin: 3.664MB, shown 3.664MB
      "
    `);
    const tree = await readCapture(nested, {view: 'gen:0%,@300,100%'});
    expect(toText(tree, {depth: 1, name: 'nested.bin'})).toMatchInlineSnapshot(`
      "📂 3.664MB (100.00 %) <ROOT>  0%..@300 41.381kB, @300..100% 3.622MB
      ├── 📂 3.661MB (99.92 %) _run_tracker  memray.commands.run:83  0%..@300 38.585kB, @300..100% 3.622MB
      ├── 📂 1.456kB (0.04 %) _run_tracker  memray.commands.run:80  0%..@300 1.456kB
      └── 📄 1.340kB (0.04 %) _run_tracker  memray.commands.run:58  0%..@300 1.340kB
      generations of nested.bin: 3.664MB, shown 3.664MB
      "
    `);
    const json = JSON.parse(toJson(tree, {depth: 0}));
    expect(json.tree.values).toEqual([41_381, 3_622_289]);
    expect(json.marks).toHaveLength(3);
    expect(json.query).toEqual(['gen:0%,@300,100%']);
  });
});

describe('what is said of moments', () => {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let i = 1; i <= 4; i++) {
    records.push({type: 'memory', rss: 1000 * i, ms: 100 * i});
    records.push({type: 'allocate', address: 4096 * i, size: 100 * i});
  }
  const bytes = writeCapture([...records, {type: 'trailer'}]);
  const startMs = 1_700_000_000_000;
  const read = (view: string) => readCapture(bytes, {view});
  const readNested = (view: string) => readCapture(nested, {view: `${view} all`});
  const describeEnd = (result: CaptureResult): string =>
    toText(result, {name: 'x.bin'}).trim().split('\n').at(-1)!;

  test('JSON has where it is', async () => {
    const json = JSON.parse(toJson(await read('at:#2')));
    expect(json.moment).toEqual({
      record: 2,
      allocationRecords: 2,
      timeMs: startMs + 300,
      heap: 300,
      rss: 3000,
    });
    expect(json.query).toEqual(['at:#2']);
    expect(json.options.view).toBe('moment');
    const range = JSON.parse(toJson(await read('grown:@1..100%')));
    expect(range.from).toEqual({
      record: 1,
      allocationRecords: 1,
      timeMs: startMs + 200,
      heap: 100,
      rss: 2000,
    });
    expect(range.to).toEqual({record: 3, allocationRecords: 4, timeMs: startMs + 400, heap: 1000, rss: 4000});
    const start = JSON.parse(toJson(await read('at:0s')));
    expect(start.moment).toEqual({record: null, allocationRecords: 0, timeMs: null, heap: 0, rss: null});
  });

  test('of the highest state of a range, after how many records it is', async () => {
    const freed: CaptureRecord[] = [...records, {type: 'free', address: 4096}, {type: 'free', address: 8192}];
    const bytes = writeCapture([...freed, {type: 'trailer'}]);
    const highest = async (view: string) => JSON.parse(toJson(await readCapture(bytes, {view}))).highest;
    expect(await highest('peak:0%..100%')).toEqual({allocationRecords: 4, heap: 1000});
    expect(await highest('peak:@1..@3')).toEqual({allocationRecords: 3, heap: 600});
    // The range begins with it.
    expect(await highest('peak:@5..100%')).toEqual({allocationRecords: 5, heap: 900});
    expect(await highest('grown:@1..@3')).toBeUndefined();
    expect(describeEnd(await readCapture(bytes, {view: 'peak:@5..100%'}))).toBe(
      'peak at @5 from @5 (0.4s, #3) to the end of x.bin: 900.000B, shown 900.000B',
    );
  });

  test.each([['@100..@500'], ['10%..90%'], ['#0..100%']])('%s: it is the state there', async range => {
    const peak = await readNested(`peak:${range}`);
    const at = await readNested(`at:@${peak.moments![2]!.allocationRecords}`);
    expect(getTree(at)).toBe(getTree(peak));
  });

  test('the last line names it', async () => {
    const views = [
      'at:0.25s',
      'at:25%',
      'at:@3',
      'at:0%',
      'at:100%',
      'peak:0%..#2',
      'grown:0.1s..100%',
      'at:9s',
      'at:#7',
    ];
    const lines: string[] = [];
    for (const view of views) lines.push(`${view}: ${describeEnd(await read(view))}`);
    expect(lines).toMatchInlineSnapshot(`
      [
        "at:0.25s: at 0.2s (#1) of x.bin: 100.000B, shown 100.000B",
        "at:25%: at 0.2s (#1) of x.bin: 100.000B, shown 100.000B",
        "at:@3: at @3 (0.4s, #3) of x.bin: 600.000B, shown 600.000B",
        "at:0%: at the start of x.bin: 0.000B, shown 0.000B",
        "at:100%: at the end of x.bin: 1.000kB, shown 1.000kB",
        "peak:0%..#2: peak at @2 from the start to 0.3s (#2) of x.bin: 300.000B, shown 300.000B",
        "grown:0.1s..100%: grown from 0.1s (#0) to the end of x.bin: 1.000kB, shown 1.000kB",
        "at:9s: at the end of x.bin: 1.000kB, shown 1.000kB",
        "at:#7: at #7 of x.bin: 0.000B, shown 0.000B",
      ]
    `);
  });

  test.each([
    ['at:#4', '#4: not in the recording, which has 4 memory records; nothing is shown'],
    ['peak:#0..#9', '#9: not in the recording, which has 4 memory records; nothing is shown'],
    ['at:@5', '@5: not in the recording, which has 4 allocation records; nothing is shown'],
    ['grown:100%..#1', '100% is after #1 in the recording; nothing is shown'],
    ['gen:0%,#3,0.1s', '#3 is after 0.1s in the recording; nothing is shown'],
  ])('%s shows nothing, and why', async (view, note) => {
    const result = await read(view);
    expect(result.capture.notes).toContain(note);
    expect(sumUp(result)).toEqual([0, 0]);
    expect(result.moments).toBeUndefined();
    expect(result.tree.length).toBe(1);
  });

  test.each([
    ['at:1s', 'at:100%'],
    ['at:1s places', 'at:100% places'],
    ['grown:0.1s..9s', 'grown:0.1s..100%'],
    ['peak:0s..9s', 'peak:0%..100%'],
    ['gen:0s,0.3s,9s', 'gen:0%,0.3s,100%'],
  ])('%s is %s: the recording ends with its first second', async (view, same) => {
    const [result, expected] = [await read(view), await read(same)];
    expect(getTree(result)).toBe(getTree(expected));
    expect(result.moments).toEqual(expected.moments);
    const isLate = view.includes('9s');
    const late = '9s is after the end of the recording (1 s)';
    expect(result.capture.notes.includes(late)).toBe(isLate);
  });

  test('an unfinished recording ends with its last memory record, whatever its header says', async () => {
    const unfinished = writeCapture(records, {endTimeMs: startMs});
    const [before, after] = [
      await readCapture(unfinished, {view: 'at:0.39s'}),
      await readCapture(unfinished, {view: 'at:0.41s'}),
    ];
    expect([before, after].map(sumUp)).toEqual([
      [300, 2],
      [1000, 4],
    ]);
    expect(before.capture.notes.join()).not.toContain('after the end');
    expect(after.capture.notes).toContain('0.41s is after the end of the recording (0.4 s)');
  });

  test('without memory records there are no times', async () => {
    const plain = records.filter(({type}) => type !== 'memory');
    const result = await readCapture(writeCapture(plain), {view: 'at:0.1s'});
    expect(result.capture.notes.at(-1)).toBe(
      '0.1s: not in the recording, which has no memory records; nothing is shown',
    );
    expect(sumUp(await readCapture(writeCapture(plain), {view: 'at:100%'}))).toEqual([1000, 4]);
  });

  test('a share of a recording that was not finished is of the time up to the last memory record', async () => {
    const unfinished = writeCapture(records, {endTimeMs: 0});
    const {moments} = await readCapture(unfinished, {view: 'at:50%'});
    expect(moments![0]!.record).toBe(1);
  });

  test('a cut capture has the moments before the damage', async () => {
    const cut = nested.subarray(0, nested.length - 2000);
    const result = await readCapture(cut, {view: 'at:@100'});
    expect(sumUp(result)).toEqual(sumUp(await readCapture(nested, {view: 'at:@100'})));
    expect(sumUp(result)[0]).toBeGreaterThan(0);
    expect(result.damage).toMatchObject({code: 'cut'});
  });
});

describe('what has no moments', () => {
  test('an aggregated capture', async () => {
    await expect(readCapture(fileOf('aggregate-middle'), {view: 'at:50%'})).rejects.toMatchObject({
      code: 'no-moments',
      message: expect.stringContaining('aggregated'),
    });
  });

  test('a stream, which can be read once', async () => {
    const stream = (async function* () {
      yield nested;
    })();
    await expect(readCapture(stream, {view: 'at:50%'})).rejects.toMatchObject({code: 'read-once'});
  });

  test('a file that has changed between two readings', async () => {
    let opened = 0;
    const open = () => openSource(++opened === 1 ? nested : nested.subarray(0, 5000));
    const view: View = {kind: 'moment', at: {kind: 'allocations', count: 600}};
    let last: LoadMessage | null = null;
    await runLoad(open, {view, biggestAllocs: 10}, message => {
      last = message;
    });
    expect(last).toMatchObject({type: 'failed', code: 'read-once'});
  });
});

describe('several captures', () => {
  async function load(input: InputSpec, view: View) {
    let last: LoadMessage | null = null;
    await loadInput(input, {view, biggestAllocs: Infinity}, message => {
      last = message;
    });
    const ending = last as unknown as LoadMessage;
    if (ending.type !== 'done') throw new Error(JSON.stringify(ending));
    return ending.snapshot;
  }
  const view: View = {kind: 'moment', at: {kind: 'share', percent: 50}};
  const paths = [fileOf('threads'), fileOf('peak-middle')];
  let alone: number[] = [];
  beforeAll(async () => {
    alone = [];
    for (const path of paths) {
      const {of, moments} = await readCapture(path, {view: 'at:50%'});
      alone.push(of.bytes, moments![0]!.allocationRecords);
    }
  });
  afterAll(() => {
    alone = [];
  });

  test.each([
    {kind: 'files', paths, isMerged: false},
    {kind: 'files', paths, isMerged: true},
    {kind: 'runs', paths, bases: [], renames: {folders: [], functions: []}, isMerged: false},
    {
      kind: 'runs',
      paths: [paths[0]!],
      bases: [paths[1]!],
      renames: {folders: [], functions: []},
      isMerged: false,
    },
  ] satisfies InputSpec[])('$kind $isMerged: each has its own moment', async input => {
    const {capture, locations} = await load(input, view);
    const sum = locations.bytes.reduce((all, bytes) => all + bytes, 0);
    expect(sum).toBe(alone[0]! + alone[2]!);
    expect(capture.parts!.map(({moments}) => moments![0]!.allocationRecords)).toEqual([alone[1], alone[3]]);
  });
});
