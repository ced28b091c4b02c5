import {copyFileSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {runScript} from '../helpers/run-script.js';
import {projectRoot} from '../helpers/terminal.js';

const path = (name: string): string => `${fixturesDirectory}/${name}.bin`;
const folder = mkdtempSync(join(tmpdir(), 'gates-'));

function writeFile(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const damaged = writeFile('cut.bin', readFileSync(path('nested')).subarray(0, 9000));
const noCapture = writeFile('text.bin', 'no capture');
const writeBudgets = (name: string, budgets: readonly object[], ignore: readonly string[] = []): string =>
  writeFile(name, JSON.stringify({budgets, ignore}));

describe('--fail-above', () => {
  // The peak of the capture is 3,663,670 bytes.
  it.each([
    ['3663670', path('nested'), 0],
    ['3663669', path('nested'), 4],
    ['3.7MB', path('nested'), 0],
    ['3MB', path('nested'), 4],
    ['1GB', damaged, 3],
    ['1B', damaged, 3],
    ['1GB', noCapture, 1],
    ['much', path('nested'), 2],
  ])('%s of %s: exit code %d', async (size, capture, expected) => {
    const {code, stdout} = await runProgram(['--fail-above', size, capture]);
    expect(code).toBe(expected);
    expect(stdout === '').toBe(expected === 1 || expected === 2);
  });

  it.each([
    ['says that it failed', '--fail-above 3MB --junit report.xml', 4, 'failures="1"'],
    ['says that it passed', '--fail-above 1GB --junit report.xml', 0, 'failures="0"'],
    ['does not pass', `--fail-above 1GB --junit report.xml --force`, 3, 'errors="1"'],
  ])('%s where nobody reads the output to its end', async (_, args, expected, report) => {
    const script = mkdtempSync(join(tmpdir(), 'gates-pipe-'));
    const capture = expected === 3 ? damaged : path('nested');
    const {stdout, stderr} = await runScript(
      `program ${args} ${capture} >&9; echo $?; program ${args} --force --json ${capture} >&9; echo $?; cat report.xml`,
      {folder: script},
    );
    expect(stdout).toMatch(new RegExp(`^${expected}\n${expected}\n`));
    expect(stdout).toContain(report);
    expect(stderr).toBe('');
  });

  it.each([
    [['--fail-above', '1GB', damaged], ['--fail-above']],
    [['--fail-above', '1B', damaged], ['--fail-above']],
    [
      ['--fail-above', '1GB', '--fail-growth', '1B', '--diff', damaged, path('nested')],
      ['--fail-above', '--fail-growth'],
    ],
  ])('%j says that nothing is judged', async (args, gates) => {
    const {code, stderr} = await runProgram(args);
    expect(code).toBe(3);
    const {length} = gates;
    expect(stderr.split('\n').slice(-1 - length, -1)).toEqual(
      gates.map(
        gate => `memray-tree-ink: ${args.at(-1)}: ${gate}: not judged, since not everything could be read`,
      ),
    );
  });

  it('prints the view as a whole, and then says what failed', async () => {
    const plain = await runProgram(['--json', path('nested')]);
    const {code, stdout, stderr} = await runProgram(['--json', '--fail-above', '3MB', path('nested')]);
    expect({code, stdout}).toEqual({code: 4, stdout: plain.stdout});
    expect(stderr).toBe(
      `memray-tree-ink: ${path('nested')}: --fail-above: kept 3.664MB, 663.670kB above the limit of 3.000MB\n`,
    );
  });

  it('writes a JUnit report and annotates, as budgets do', async () => {
    const junit = join(folder, 'above.xml');
    const args = ['--fail-above', '3MB', '--junit', junit, '--annotations', '--depth', '0', path('nested')];
    const {code, stdout} = await runProgram(args);
    expect(code).toBe(4);
    expect(stdout.split('\n').at(-2)).toBe(
      `::error title=--fail-above::${path('nested')}: kept 3.664MB, 663.670kB above the limit of 3.000MB`,
    );
    expect(readFileSync(junit, 'utf8')).toContain(
      `<testcase name="--fail-above" classname="${path('nested')}: peak" time="0">`,
    );
  });

  it('says how near to the limit what has passed is', async () => {
    const junit = join(folder, 'near.xml');
    const args = [
      '--fail-above',
      '4MB',
      '--junit',
      junit,
      '--ignore',
      writeFile('build.txt', 'leak:^build$'),
    ];
    const {code, stderr} = await runProgram([...args, '--depth', '0', path('nested')]);
    const said = '--fail-above: kept 2.043MB, within the limit of 4.000MB; 1.621MB suppressed';
    expect({code, stderr}).toEqual({code: 0, stderr: `memray-tree-ink: ${path('nested')}: ${said}\n`});
    expect(readFileSync(junit, 'utf8')).toContain(`<system-out>${said}</system-out>`);
  });

  it('says how much of small-object pools the view hides', async () => {
    const newsroom = join(projectRoot, 'examples/newsroom/newsroom.bin');
    const args = ['--leaks', '--no-pools', '--fail-above', '1MB', '--depth', '0', newsroom];
    const {code, stderr} = await runProgram(args);
    const said = 'kept 61.549kB, within the limit of 1.000MB; 5.243MB of small-object pools left out';
    expect({code, stderr}).toEqual({
      code: 0,
      stderr: `memray-tree-ink: ${newsroom}: --fail-above: ${said}\n`,
    });
  });

  it('looks at what the steps keep, not at the cut', async () => {
    const args = ['--view', 'through:fn:=build', '-b', '1'];
    const kept = await runProgram([...args, '--fail-above', '1620559', path('nested')]);
    const above = await runProgram([...args, '--fail-above', '1620560', path('nested')]);
    expect([kept.code, above.code]).toEqual([4, 0]);
  });
});

describe('at moments', () => {
  // 3,663,670 bytes are held at the end, 132,174 after 300 allocation records.
  it.each([
    ['at:100%', '3663670', 0],
    ['at:100%', '3663669', 4],
    ['at:@300', '132174', 0],
    ['at:@300', '132173', 4],
    ['gen:0%,@300,100%', '3663670', 0],
    ['gen:0%,@300,100% flat', '3663669', 4],
    // What is not there is within no limit.
    ['at:#999', '1GB', 3],
    ['at:@99999', '1GB', 3],
    ['peak:@300..#0', '1GB', 3],
    ['at:10h', '1GB', 2],
    ['grown:36000s..72000s', '1GB', 3],
  ])('%s, %s: ends with %d', async (view, limit, code) => {
    const args = ['--view', view, '--depth', '0', path('nested')];
    const {code: ofLimit} = await runProgram(['--fail-above', limit, ...args]);
    const budget = writeFile('moment.json', JSON.stringify({budgets: [{name: 'm', view, max: limit}]}));
    const {code: ofBudget} = await runProgram(['--budget', budget, path('nested')]);
    expect([ofLimit, ofBudget]).toEqual([code, code]);
  });

  it('are missing of either side', async () => {
    const args = ['--fail-growth', '1GB', '--view', 'at:#1', '--depth', '0'];
    const {code, stderr} = await runProgram(['--diff', path('imports'), ...args, path('nested')]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'nested.bin: #1: not in the recording, which has 1 memory record; nothing is shown',
    );
  });
});

describe('--fail-growth', () => {
  it.each([
    ['1B', 'nested', 'nested', 0],
    ['0%', 'nested', 'threads', 0],
    ['2415310', 'threads', 'nested', 0],
    ['2415309', 'threads', 'nested', 4],
    ['193.4%', 'threads', 'nested', 4],
    ['193.5%', 'threads', 'nested', 0],
    ['+193.4%', 'threads', 'nested', 4],
    ['+2415310', 'threads', 'nested', 0],
    ['++1B', 'threads', 'nested', 2],
    ['lots', 'threads', 'nested', 2],
  ])('of %s from %s to %s: exit code %d', async (limit, base, capture, expected) => {
    const {code} = await runProgram(['--fail-growth', limit, '--diff', path(base), path(capture)]);
    expect(code).toBe(expected);
  });

  it('cannot be had of shares', async () => {
    const args = ['--fail-growth', '1B', '--normalize', '--diff', path('threads'), path('nested')];
    const {code, stderr} = await runProgram(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--fail-growth limits sizes, and --normalize compares shares/);
  });

  it('needs a base', async () => {
    const {code, stderr} = await runProgram(['--fail-growth', '5%', path('nested')]);
    expect({code, stderr}).toEqual({code: 2, stderr: 'memray-tree-ink: --fail-growth needs --diff BASE\n'});
  });

  it('of a damaged capture on either side is 3', async () => {
    const base = await runProgram(['--fail-growth', '1B', '--diff', damaged, path('nested')]);
    const capture = await runProgram(['--fail-growth', '1B', '--diff', path('nested'), damaged]);
    expect([base.code, capture.code]).toEqual([3, 3]);
  });
});

describe('what cannot be read at all', () => {
  const budgets = writeBudgets('unread.json', [
    {name: 'peak', max: '1GB'},
    {name: 'leaks', view: 'leaks', max: '1GB'},
  ]);

  it.each([
    ['a capture', ['--fail-above', '1GB', noCapture], 1, `${noCapture}: is not a memray capture`],
    [
      'a base',
      ['--fail-growth', '1%', '--diff', '/gone.bin', path('nested')],
      1,
      `${path('nested')}: cannot be compared with /gone.bin: no such file`,
    ],
    ['a capture of budgets', ['--budget', budgets, noCapture], 2, `${noCapture}: is not a memray capture`],
  ])('is an error of each gate: %s', async (name, args, errors, reason) => {
    const junit = join(folder, `${name}.xml`);
    const {code, stdout} = await runProgram([...args, '--junit', junit, '--annotations']);
    expect({code, stdout}).toEqual({
      code: 1,
      stdout: `::error title=Incomplete capture::not everything could be read: ${reason}\n`,
    });
    const report = readFileSync(junit, 'utf8');
    expect(report).toContain(`tests="${errors}" failures="0" errors="${errors}"`);
    expect(report).toContain(`message="not everything could be read: ${reason}"`);
  });
});

describe('a capture without an end mark', () => {
  const killed = path('killed-buffered');
  const budgets = writeBudgets('killed.json', [{name: 'peak', max: '1GB'}]);

  it('passes no gate', async () => {
    const kept = await runProgram(['--fail-above', '1GB', killed]);
    expect(kept.code).toBe(3);
    expect(kept.stderr.split('\n').at(-2)).toBe(
      `memray-tree-ink: ${killed}: --fail-above: ${killed} has no end mark, so what came later is not known; --allow-unfinished judges what was recorded`,
    );
    const {code, stdout} = await runProgram(['--budget', budgets, '--json', killed]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      incomplete: expect.stringContaining('has no end mark'),
      gates: [{passed: false, outcome: 'incomplete'}],
    });
  });

  it('is called standard input where it comes from there', async () => {
    const input = readFileSync(killed);
    const {code, stdout} = await runProgram(['--budget', budgets, '-'], {input});
    expect(code).toBe(3);
    expect(stdout).toContain('\nstandard input has no end mark');
  });

  it('fails where what it holds is above the limit, and passes where that is allowed', async () => {
    const codes = [];
    for (const args of [
      ['--fail-above', '1B'],
      ['--fail-above', '1GB', '--allow-unfinished'],
      ['--budget', budgets, '--allow-unfinished'],
      ['--fail-growth', '1GB', '--diff', path('nested')],
      ['--fail-above', '1GB', '--compare', path('nested')],
      ['--text'],
    ]) {
      codes.push((await runProgram([...args, killed])).code);
    }
    expect(codes).toEqual([4, 0, 0, 3, 3, 0]);
  });
});

describe('several captures', () => {
  const [small, large] = [path('threads'), path('nested')];

  it('of --compare have to keep a limit each', async () => {
    const args = ['--compare', small, small, large, '--fail-above'];
    const [passed, failed] = await Promise.all(
      ['3663670', '3663669'].map(size => runProgram([...args, size])),
    );
    expect([passed!.code, failed!.code]).toEqual([0, 4]);
    expect(failed!.stderr).toBe(
      `memray-tree-ink: 3 captures: --fail-above: ${large} kept 3.664MB, 1.000B above the limit of 3.664MB; 1 of 3 captures is above it\n`,
    );
  });

  it('of --compare have budgets each', async () => {
    const budgets = writeBudgets('fleet.json', [{name: 'peak', max: '2MB'}]);
    const {code, stdout} = await runProgram([
      '--budget',
      budgets,
      '--json',
      '--compare',
      small,
      small,
      large,
    ]);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      captures: [small, small, large],
      bases: [],
      gates: [{bytes: 3_663_670, capture: large, capturesOver: 1}],
    });
  });

  it('of --diff are runs, of which the medians are judged', async () => {
    const budgets = writeBudgets('runs.json', [
      {name: 'peak', max: '1MB'},
      {name: 'growth', max: '+193.4%'},
    ]);
    const args = ['--diff', small, '--against', large, large, small];
    const {code, stdout} = await runProgram(['--budget', budgets, ...args]);
    expect(code).toBe(4);
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      Budget              Measured                Limit   Over by  Verdict
      peak                 3.664MB              1.000MB   2.664MB  failed
      growth  +2.415MB (+193.48 %)  +2.414MB (+193.4 %)  982.000B  failed
        no row differs by more than noise
      measured: medians of 3 and 1 runs
      2 of 2 failed
      "
    `);
    const {stdout: json} = await runProgram(['--budget', budgets, '--json', ...args]);
    expect(JSON.parse(json)).toMatchObject({
      captures: [large, large, small],
      bases: [small],
      medianOf: {captures: 3, bases: 1},
    });
    const {stderr} = await runProgram(['--fail-growth', '5%', ...args]);
    expect(stderr).toContain('(+193.48 %; the base has 1.248MB; medians of 3 and 1 runs)');
    expect(stderr).toMatch(/ above the limit of .*, although no row differs by more than noise\n$/);
    const clear = await runProgram(['--fail-growth', '5%', '--diff', small, '--against', large, large]);
    expect(clear.stderr).toMatch(/ above the limit of /);
    expect(clear.stderr).not.toContain('noise');
  });

  it('without a comparison are judged as a sum', async () => {
    const {stdout} = await runProgram(['--fail-above', '1GB', small, large]);
    const above = await runProgram(['--fail-above', '4MB', small, large]);
    expect(stdout).toContain('4.912MB');
    expect(above.code).toBe(4);
    expect(above.stderr).toContain('kept 4.912MB (the sum of 2 captures), 912.030kB above the limit');
    const budgets = writeBudgets('sum.json', [{name: 'peak', max: '1GB'}]);
    const table = await runProgram(['--budget', budgets, small, large]);
    expect(table.stdout.split('\n').at(-3)).toBe('measured: the sum of 2 captures');
    const json = await runProgram(['--budget', budgets, '--json', small, large]);
    expect(JSON.parse(json.stdout)).toMatchObject({sumOf: 2, medianOf: null});
  });
});

describe('--budget', () => {
  const mixed = writeBudgets(
    'mixed.json',
    [
      {name: 'peak', max: '3MB', why: 'containers are small'},
      {name: 'leaks', view: 'leaks', max: '5MB'},
      {name: 'temporary', view: 'temporary:1', max: '1GB'},
      {name: 'mapped', view: 'alloc:mmap', max: '0'},
      {name: 'one module', view: 'module:nested', max: '1MB'},
    ],
    ['leak:render'],
  );

  it('prints a table, the budget that is furthest over its limit first', async () => {
    const {code, stdout, stderr} = await runProgram(['--budget', mixed, path('nested')]);
    expect({code, stderr}).toEqual({code: 4, stderr: ''});
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      Budget       Measured    Limit  Over by  Verdict
      one module    2.911MB  1.000MB  1.911MB  failed
      mapped         0.000B   0.000B           passed
      peak          2.952MB  3.000MB           passed
      leaks         2.952MB  5.000MB           passed
      temporary   718.432kB  1.000GB           passed
      suppressed, and not counted: up to 711.198kB
      1 of 5 failed
      "
    `);
  });

  it('prints JSON, writes a JUnit report and annotates', async () => {
    const junit = join(folder, 'report.xml');
    const {code, stdout, stderr} = await runProgram([
      ...['--budget', mixed, '--json', '--junit', junit, '--annotations', path('nested')],
    ]);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'memray-tree-ink/gates',
      formatVersion: 1,
      passed: false,
    });
    expect(stderr).toBe(
      `::error title=one module::${path('nested')}: kept 2.911MB, 1.911MB above the limit of 1.000MB; 711.198kB suppressed\n`,
    );
    expect(readFileSync(junit, 'utf8')).toContain('tests="5" failures="1"');
  });

  it.each([[[]], [['--compare']], [['--diff', '::base::b.bin']]])(
    'has no commands for GitHub but annotations: %j',
    async given => {
      const cwd = mkdtempSync(join(tmpdir(), 'gates-names-'));
      const names = ['::stop-commands::tok', '::debug:: ##[add-mask]x', '::base::b.bin'];
      for (const name of names) copyFileSync(path('nested'), join(cwd, name));
      const budgets = names.slice(0, 2).map(name => ({
        ...{name, why: `${name}\n${name}`, view: `through:"${name}"`},
        ...{max: '1B', mustMatch: true},
      }));
      const file = writeBudgets('commands.json', budgets);
      const args = [
        '--budget',
        file,
        '--annotations',
        ...given,
        ...names.slice(0, given.length === 1 ? 2 : 1),
      ];
      const {code, stdout, stderr} = await runProgram(args, {cwd});
      expect(code).toBe(4);
      const lines = `${stdout}${stderr}`.split('\n');
      const isAnnotation = (line: string): boolean => /^::(error|notice) title=/.test(line);
      expect(lines.filter(isAnnotation)).toHaveLength(4);
      const others = lines.filter(line => !isAnnotation(line));
      expect(others.filter(line => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([]);
      expect(others.filter(line => line.startsWith('\\::stop-commands::tok '))).toHaveLength(1);
    },
  );

  it('says which steps match nothing, but not which patterns', async () => {
    const budgets = [{name: 'misspelt', view: 'through:mod:nestd ignore:nothing alloc:mmap', max: '1MB'}];
    const file = writeBudgets('misspelt.json', budgets, ['leak:gone']);
    const {code, stdout, stderr} = await runProgram(['--budget', file, path('nested')]);
    expect(stdout.split('\n')[2]).toBe('  through:mod:nestd matches nothing');
    expect({code, stderr}).toEqual({
      code: 0,
      stderr: `memray-tree-ink: ${path('nested')}: "misspelt": through:mod:nestd: nothing here matches\n`,
    });
  });

  it('of a damaged capture has no verdict that passed or failed', async () => {
    const junit = join(folder, 'damaged.xml');
    const {code, stdout, stderr} = await runProgram([
      ...['--budget', mixed, '--json', '--junit', junit, '--annotations', damaged],
    ]);
    expect(code).toBe(3);
    const verdicts = JSON.parse(stdout);
    expect(verdicts.passed).toBe(false);
    expect(verdicts.incomplete).toMatch(/cut\.bin: Capture is cut off at byte 9000/);
    expect(verdicts.gates.map(({passed}: {passed: boolean}) => passed)).toEqual(Array(5).fill(false));
    expect(readFileSync(junit, 'utf8')).toContain('tests="5" failures="0" errors="5"');
    expect(stderr).toMatch(/^::error title=Incomplete capture::not everything could be read: /);
  });

  it('counts native captures by Python modules', async () => {
    const file = writeBudgets('native.json', [{name: 'nested', view: 'module:nested', max: '1MB'}]);
    const native = await runProgram(['--budget', file, '--json', path('native-nested')]);
    const python = await runProgram(['--budget', file, '--json', '--python-only', path('native-nested')]);
    const {gates} = JSON.parse(native.stdout);
    expect(gates[0].bytes).toBe(JSON.parse(python.stdout).gates[0].bytes);
    expect(gates[0]).toMatchObject({suppressed: 0, passed: false});
  });

  it('says once that only one side has native frames', async () => {
    const file = writeBudgets('sides.json', [
      {name: 'growth', max: '+1GB'},
      {name: 'leaks', view: 'leaks', max: '+1GB'},
    ]);
    const args = ['--budget', file, '--diff', path('native-nested'), path('nested')];
    const {stderr} = await runProgram(args);
    expect(stderr.match(/only .*native-nested\.bin was recorded with --native/g)).toHaveLength(1);
    expect((await runProgram([...args, '--python-only'])).stderr).not.toContain('--native');
  });

  it('has limits of growth', async () => {
    const growth = writeBudgets('growth.json', [
      {name: 'peak', max: '+5%'},
      {name: 'leaks', view: 'leaks', max: '3MB', of: 'base'},
    ]);
    const {code, stdout} = await runProgram(['--budget', growth, '--diff', path('threads'), path('nested')]);
    expect(code).toBe(4);
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      Budget              Measured             Limit  Over by  Verdict
      peak    +2.415MB (+193.48 %)  +62.418kB (+5 %)  2.353MB  failed
      leaks               +2.417MB          +3.000MB           passed
      1 of 2 failed
      "
    `);
    const alone = await runProgram(['--budget', growth, path('nested')]);
    expect(alone).toMatchObject({code: 2, stdout: ''});
    expect(alone.stderr).toMatch(/growth\.json: "peak" is about growth, which needs --diff BASE\n$/);
  });

  it.each([
    ['that is not there', '/gone.json', path('nested'), 1, '/gone.json: no such file'],
    ['that is a folder', folder, path('nested'), 1, 'is a directory, not a file'],
    ['without an end', '/dev/zero', path('nested'), 1, '/dev/zero: is larger than 16 MiB'],
    ['that is no JSON', damaged, path('nested'), 2, 'is no JSON'],
    ['of a damaged capture', mixed, damaged, 3, 'Capture is cut off'],
    ['of no capture', mixed, noCapture, 1, 'is not a memray capture'],
    [
      'of an aggregated capture',
      mixed,
      path('aggregate-middle'),
      1,
      '"temporary": was recorded with --aggregate',
    ],
  ])('%s ends with its exit code', async (_, budgets, capture, code, message) => {
    const result = await runProgram(['--budget', budgets, capture]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(message);
  });

  it('may begin with a byte order mark', async () => {
    const file = writeFile('bom.json', `\ufeff${JSON.stringify({budgets: [{name: 'peak', max: '1GB'}]})}`);
    expect(await runProgram(['--budget', file, path('nested')])).toMatchObject({code: 0, stderr: ''});
  });

  it.each([['--leaks'], ['--through', 'x'], ['--fail-above', '1B']])(
    'takes no %s beside the budgets',
    async (option, ...values) => {
      const {code, stderr} = await runProgram(['--budget', mixed, option!, ...values, path('nested')]);
      expect({code, stderr}).toEqual({
        code: 2,
        stderr: `memray-tree-ink: --budget and ${option} cannot be used together: each budget has a limit and a view\n`,
      });
    },
  );

  it('does not read standard input twice', async () => {
    const input = readFileSync(path('nested'));
    const {code, stderr} = await runProgram(['--budget', mixed, '-'], {input});
    expect(code).toBe(1);
    expect(stderr).toMatch(/these budgets take several readings; save it to a file first\n$/);
  });

  it.each([
    ['--junit', '--budget', mixed],
    ['--junit', '--fail-above', '1B'],
    ['-o', '--budget', mixed],
  ])('does not read where %s names a file that exists: %s', async (option, ...gate) => {
    const report = writeFile('kept.xml', 'mine');
    // A capture that was read would be told to be damaged.
    const result = await runProgram([...gate, option, report, damaged]);
    const name = option === '-o' ? report : `--junit ${report}`;
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: `memray-tree-ink: ${name}: exists already; --force overwrites it\n`,
    });
    expect(readFileSync(report, 'utf8')).toBe('mine');
  });
});

describe('files of options', () => {
  it('are never written over', async () => {
    const budgets = writeBudgets('mine.json', [{name: 'peak', max: '1GB'}]);
    const patterns = writeFile('mine.txt', 'leak:render\n');
    const refusal = 'is a file of options of this command; choose another file';
    for (const args of [
      ['--budget', budgets, '--junit', budgets],
      ['--budget', budgets, '-o', budgets],
      ['--ignore', patterns, '--text', '-o', patterns],
    ]) {
      const {code, stderr} = await runProgram([...args, '--force', path('nested')]);
      expect({code, stderr}).toMatchObject({code: 1, stderr: expect.stringContaining(refusal)});
    }
    expect(readFileSync(patterns, 'utf8')).toBe('leak:render\n');
    expect(readFileSync(budgets, 'utf8')).toContain('1GB');
  });
});

describe('--junit', () => {
  it.each([
    ['standard output', ['--junit', '-']],
    ['standard output', ['--junit', '/dev/stdout', '-o', '-']],
    [join(folder, 'same'), ['--junit', `${folder}/./same`, '-o', join(folder, 'same')]],
  ])('needs a file of its own, not %s: %j', async (target, args) => {
    const result = await runProgram([...args, '--fail-above', '1B', path('nested')]);
    expect(result).toEqual({
      code: 2,
      stdout: '',
      stderr: `memray-tree-ink: --junit needs a file of its own: ${target} gets the result\n`,
    });
  });
});

describe('--ignore', () => {
  const suppressions = writeFile('suppressions.txt', '# known\nleak:rend*r$\n');

  it('makes what is known one row, which gates do not count', async () => {
    const args = ['--ignore', suppressions, '--json'];
    const {stdout} = await runProgram([...args, path('nested')]);
    const {tree} = JSON.parse(stdout);
    const row = tree.children.find(({file}: {file: string}) => file === '<suppressed>');
    expect(row).toMatchObject({bytes: 711_198, selfBytes: 711_198, children: []});
    expect(tree.bytes).toBe(3_663_670);
    const [passed, failed] = await Promise.all(
      ['2952472', '2952471'].map(size => runProgram([...args, '--fail-above', size, path('nested')])),
    );
    expect([passed!.code, failed!.code]).toEqual([0, 4]);
  });

  it('adds up where it is given several times', async () => {
    const other = writeFile('other.txt', 'leak: make_row \n');
    const args = ['--ignore', suppressions, '--ignore', other, '--json', path('nested')];
    const {tree} = JSON.parse((await runProgram(args)).stdout);
    const row = tree.children.find(({file}: {file: string}) => file === '<suppressed>');
    expect(row.bytes).toBe(711_198 + 711_375);
  });

  it.each([
    [
      'with too many patterns',
      writeFile('many.txt', 'leak:a*b\n'.repeat(10_001)),
      2,
      `memray-tree-ink: ${join(folder, 'many.txt')}: holds more than 10,000 patterns\n`,
    ],
    ['that is not there', '/gone.txt', 1, 'memray-tree-ink: /gone.txt: no such file\n'],
    [
      'with a wrong line',
      writeFile('wrong.txt', 'leak:a\nrace:b\n'),
      2,
      `memray-tree-ink: ${join(folder, 'wrong.txt')}: line 2: "race:b" does not begin with leak:\n`,
    ],
  ])('of a file %s says so', async (_, file, code, message) => {
    const result = await runProgram(['--ignore', file, path('nested')]);
    expect(result).toEqual({code, stdout: '', stderr: message});
  });
});
