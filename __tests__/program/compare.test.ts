import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';

const path = (name: string): string => `${fixturesDirectory}/${name}.bin`;
const folder = mkdtempSync(join(tmpdir(), 'compare-'));

function writeFile(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const damaged = writeFile('cut.bin', readFileSync(path('nested')).subarray(0, 9000));
const noCapture = writeFile('text.bin', 'no capture');

describe('--diff', () => {
  it('prints what changed since the base', async () => {
    const {code, stdout, stderr} = await runProgram([
      '--limit',
      '4',
      '--diff',
      path('nested'),
      path('threads'),
    ]);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(`\n${stdout.replaceAll(fixturesDirectory, '')}`).toMatchInlineSnapshot(`
      "
      📂 -2.415MB (-65.93 %) <ROOT>  3.664MB → 1.248MB
      ├── 📂 -3.492MB (-95.32 %) _run_tracker  memray.commands.run  3.664MB → 171.455kB
      │   ├── 📂 -3.622MB (-98.87 %) <module>  nested  gone, was 3.622MB
      │   │   └── 📂 -3.621MB (-98.82 %) main  nested  gone, was 3.621MB
      … 23 more
      9 rows unchanged (13.398kB)
      compared with /nested.bin: 3.664MB, shown 3.664MB
      peak of /threads.bin: 1.248MB, shown 1.248MB
      "
    `);
  });

  it('prints tables of both sides', async () => {
    const {stdout} = await runProgram(['--flat', '--limit', '2', '--diff', path('nested'), path('threads')]);
    expect(`\n${stdout.replaceAll(fixturesDirectory, '')}`).toMatchInlineSnapshot(`
      "
      peak › flat     1.248MB of 1.248MB (100.00 %); base 3.664MB of 3.664MB (100.00 %)
      Difference   Of base     Base   Total  Own diff  Count diff  Function
        -3.622MB  -98.87 %  3.622MB  0.000B  -1.728kB        -218  <module>  nested  gone
        -3.621MB  -98.82 %  3.621MB  0.000B  -2.000MB        -216  main  nested  gone
      … 19 more
      9 rows unchanged (13.398kB)
      compared with /nested.bin: 3.664MB, shown 3.664MB
      peak of /threads.bin: 1.248MB, shown 1.248MB
      "
    `);
  });

  it('is JSON with both sums in every node', async () => {
    const {stdout} = await runProgram(['--json', '--view', 'all', '--diff', path('nested'), path('threads')]);
    const {capture, baseCapture, base, unchanged, tree} = JSON.parse(stdout);
    expect([capture.name, baseCapture.name]).toEqual([path('threads'), path('nested')]);
    expect(base.kept).toEqual({bytes: 3_663_670, allocations: 260, locations: 31});
    expect(unchanged.difference).toBe(0);
    expect(tree).toMatchObject({bytes: 1_248_360, base: 3_663_670, difference: -2_415_310});
    expect(tree).toMatchObject({allocations: 146, baseAllocations: 260});
  });

  it('of a capture with itself is a root without children', async () => {
    const {stdout} = await runProgram(['--json', '--diff', path('nested'), path('nested')]);
    const {tree, unchanged} = JSON.parse(stdout);
    expect(tree).toMatchObject({bytes: 3_663_670, base: 3_663_670, difference: 0, children: []});
    expect(unchanged).toMatchObject({bytes: 3_663_670});
  });

  it('reads the base from standard input', async () => {
    const input = readFileSync(path('nested'));
    const args = ['--json', '--depth', '0', '--diff', '-', path('threads')];
    const {stdout} = await runProgram(args, {input});
    expect(JSON.parse(stdout).tree).toMatchObject({difference: -2_415_310});
    const empty = await runProgram(args, {input: Buffer.from('none')});
    expect(empty.stderr).toMatch(/cannot be compared with standard input: is not a memray capture\n$/);
  });

  it('reads one side from standard input', async () => {
    const input = readFileSync(path('threads'));
    const {stdout} = await runProgram(['--json', '--depth', '0', '--diff', path('nested'), '-'], {input});
    expect(JSON.parse(stdout).tree).toMatchObject({difference: -2_415_310});
  });

  it.each([
    ['a damaged base', [damaged, path('nested')], 3, /cut\.bin: Capture is cut off at byte 9000/],
    ['a damaged capture', [path('nested'), damaged], 3, /cut\.bin: Capture is cut off at byte 9000/],
    [
      'a base that is no capture',
      [noCapture, path('nested')],
      1,
      /nested\.bin: cannot be compared with .*text\.bin: is not a memray capture\n$/,
    ],
    ['no capture', [path('nested'), noCapture], 1, /: .*text\.bin: is not a memray capture\n$/],
    [
      'a base that is not there',
      ['/gone.bin', path('nested')],
      1,
      /cannot be compared with \/gone\.bin: no such file\n$/,
    ],
    ['no second capture', [path('nested')], 2, /no capture given to compare/],
  ])('of %s says so in one line', async (_, [base, ...files], code, message) => {
    const result = await runProgram(['--diff', base!, ...files]);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.split('\n')).toHaveLength(2);
  });

  it.each([
    [['--follow'], '--diff and --follow cannot be used together'],
    [['--follow'], '--diff and --follow cannot be used together'],
    [['--compare'], '--diff and --compare cannot be used together'],
    [['--stats'], 'statistics are those of one capture; --diff and --compare have trees and tables'],
    [['--map-function', 'old'], '--map-function takes OLD=NEW, not "old"'],
  ])('with %j is a usage error', async (options, message) => {
    const {code, stderr} = await runProgram(['--diff', path('nested'), ...options, path('threads')]);
    expect({code, stderr}).toEqual({code: 2, stderr: `memray-tree-ink: ${message}\n`});
  });

  it('takes renamed functions and folders for the same', async () => {
    const {stdout} = await runProgram([
      ...['--json', '--view', 'diff:absolute', '--map-function', 'build=build_all'],
      ...['--diff', path('nested'), path('nested')],
    ]);
    expect(stdout).toContain('"function":"build_all"');
    expect(stdout).toContain('"function":"build"');
  });

  it('says which of these name nothing', async () => {
    const {code, stderr} = await runProgram([
      ...['--diff', path('nested'), path('nested'), '--view', 'all'],
      ...['--map-function', 'nothing=build', '--path-map', '/nowhere=/elsewhere'],
    ]);
    expect({code, stderr}).toEqual({
      code: 0,
      stderr:
        'memray-tree-ink: --path-map /nowhere=/elsewhere: no recorded path begins with /nowhere\n' +
        'memray-tree-ink: --map-function nothing=build: no function of the base is called nothing\n',
    });
  });
});

describe('processes of one run', () => {
  const pid = 42;
  const records = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'work', file: 'f.py'},
    {type: 'push', code: 1},
    {type: 'allocate', address: 4096, size: 1_000_000},
    {type: 'trailer'},
  ] as const;
  const captures = ['run.bin', `run.bin.${pid}`].map(name => writeFile(name, writeCapture(records, {pid})));

  it('count as runs, and a line says so', async () => {
    const {code, stderr} = await runProgram(['--diff', path('nested'), '--against', ...captures]);
    expect({code, stderr}).toEqual({
      code: 0,
      stderr:
        `memray-tree-ink: ${captures.join(' and ')} are processes of one run: each counts as a run; ` +
        '--merge adds up the captures of each side\n',
    });
  });

  it('are added up with --merge', async () => {
    const {code, stdout, stderr} = await runProgram([
      '--merge',
      '--diff',
      captures[0]!,
      '--against',
      ...captures,
    ]);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(`\n${stdout.replaceAll(folder, '')}`).toMatchInlineSnapshot(`
      "
      📂 +1.000MB (+100.00 %) <ROOT>  1.000MB → 2.000MB
      └── 📄 +1.000MB (+100.00 %) work  f.py  1.000MB → 2.000MB
      compared with /run.bin: 1.000MB, shown 1.000MB
      peak of 2 captures: 2.000MB, shown 2.000MB
      "
    `);
  });

  it('are each in JSON', async () => {
    const {stdout} = await runProgram(['--json', '--merge', '--diff', captures[0]!, ...captures]);
    const {capture, baseCapture} = JSON.parse(stdout);
    expect(capture).toMatchObject({name: '2 captures', peakBytes: 2_000_000});
    expect(capture.captures.map(({name}: {name: string}) => name)).toEqual(captures);
    expect(baseCapture).toMatchObject({name: captures[0], peakBytes: 1_000_000});
  });
});

describe('several runs', () => {
  it('are compared by their medians, and what is no more than noise is left out', async () => {
    const {code, stdout} = await runProgram([
      ...['--diff', path('nested'), path('nested'), path('nested'), path('nested')],
      ...['--against', path('nested'), path('threads'), path('nested'), path('nested')],
    ]);
    expect(code).toBe(0);
    expect(`\n${stdout.replaceAll(fixturesDirectory, '')}`).toMatchInlineSnapshot(`
      "
      📄 0.000B (0.00 %) <ROOT>  3.664MB → 3.664MB
      within noise: 35 rows (0.000B)
      compared with 4 captures: 3.664MB, shown 3.664MB
      median peak of 4 captures: 3.664MB, shown 3.664MB
      "
    `);
  });

  it('have the values of each run in JSON, and which nodes have changed', async () => {
    const {stdout} = await runProgram([
      ...['--json', '--depth', '0', '--diff', path('nested'), path('nested')],
      ...['--against', path('threads'), path('threads')],
    ]);
    const {captures, baseCaptures, fewRuns, tree} = JSON.parse(stdout);
    expect([captures.length, baseCaptures.length, fewRuns]).toEqual([2, 2, true]);
    expect(tree).toMatchObject({
      values: [1_248_360, 1_248_360],
      baseValues: [3_663_670, 3_663_670],
      changed: true,
    });
  });

  it('of which one cannot be read are compared without it', async () => {
    const {code, stdout, stderr} = await runProgram([
      ...['--json', '--depth', '0', '--diff', path('nested'), noCapture],
      ...['--against', path('threads')],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/text\.bin: is not a memray capture\n$/);
    expect(JSON.parse(stdout).tree).toMatchObject({base: 3_663_670, baseValues: [3_663_670, null]});
  });
});

describe('--compare', () => {
  it('shows the median of each node, how far captures spread, and which stand out', async () => {
    const same = new Array(5).fill(path('nested'));
    const {code, stdout} = await runProgram(['--limit', '3', '--compare', ...same, path('imports')]);
    expect(code).toBe(0);
    expect(`\n${stdout.replaceAll(fixturesDirectory, '')}`).toMatchInlineSnapshot(`
      "
      📂 3.664MB (100.00 %) <ROOT>  3.664MB to 5.503MB, ± 0.000B; stands out: imports.bin 5.503MB
      └── 📂 3.664MB (100.00 %) _run_tracker  memray.commands.run  3.664MB to 5.503MB, ± 0.000B; stands out: imports.bin 5.503MB
          ├── 📂 0.000B (0.00 %) <module>  imports  0.000B to 5.477MB, ± 0.000B; stands out: imports.bin 5.477MB
      … 95 more
      sorted by the greatest value of any capture
      median peak of 6 captures: 3.664MB, shown 3.664MB
      "
    `);
  });

  it('names the captures that stand out in JSON, whatever their order', async () => {
    for (const at of [0, 2, 5]) {
      const captures = new Array(5).fill(path('nested')).toSpliced(at, 0, path('imports'));
      const {stdout} = await runProgram([
        '--json',
        '--depth',
        '0',
        '--view',
        'all',
        '--compare',
        ...captures,
      ]);
      expect(JSON.parse(stdout).tree).toMatchObject({
        bytes: 3_663_670,
        outliers: [at],
        least: 3_663_670,
        most: 6_120_806,
      });
    }
  });

  it('says once that nothing can have grown without a base', async () => {
    for (const format of ['--text', '--json']) {
      const args = [format, '--view', 'diff:grown', '--compare', path('nested'), path('threads')];
      const {code, stderr} = await runProgram(args);
      expect({code, stderr}).toEqual({
        code: 0,
        stderr:
          'memray-tree-ink: diff:grown: these captures have no base, so it has no effect; --diff BASE compares with one\n',
      });
    }
  });

  it('takes several captures', async () => {
    const {code, stderr} = await runProgram(['--compare', path('nested')]);
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: 'memray-tree-ink: --compare takes several captures, but one was given\n',
    });
  });
});
