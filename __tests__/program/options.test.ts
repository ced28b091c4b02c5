import {lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {formatHelp} from '../../bin/help.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {projectRoot} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
const folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
afterAll(() => rmSync(folder, {recursive: true}));

describe('-o', () => {
  it('writes a file that only its owner reads, and nothing else', async () => {
    const path = join(folder, 'tree.txt');
    expect(await runProgram(['-o', path, nested])).toEqual({code: 0, stdout: '', stderr: ''});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^📂 3\.664MB \(100\.00 %\) <ROOT>\n/u);
  });

  it('never writes over a file without --force', async () => {
    const path = join(folder, 'kept.json');
    writeFileSync(path, 'mine');
    const {code, stderr} = await runProgram(['--json', '-o', path, nested]);
    expect({code, kept: readFileSync(path, 'utf8')}).toEqual({code: 1, kept: 'mine'});
    expect(stderr).toBe(`memray-tree-ink: ${path}: exists already; --force overwrites it\n`);
    expect((await runProgram(['--json', '--force', '-o', path, nested])).code).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8')).tree.bytes).toBe(3_663_670);
  });

  it('never writes through a link, --force or not', async () => {
    const target = join(folder, 'target');
    const link = join(folder, 'link');
    writeFileSync(target, 'mine');
    symlinkSync(target, link);
    for (const options of [[], ['--force']]) {
      const {code, stderr} = await runProgram([...options, '-o', link, nested]);
      expect(code).toBe(1);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('says in one line where it cannot write, and leaves no file for a capture that is none', async () => {
    const {code, stderr} = await runProgram(['-o', join(folder, 'none', 'x'), nested]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^memray-tree-ink: .*: cannot be written: no such directory \(ENOENT\)\n$/);
    const unborn = join(folder, 'unborn');
    expect((await runProgram(['-o', unborn, `${fixturesDirectory}/bad/text.bin`])).code).toBe(1);
    expect(() => statSync(unborn)).toThrow(/ENOENT/);
  });
});

it('cuts text and JSON at --depth', async () => {
  const text = await runProgram(['--depth', '1', nested]);
  // Four rows and the summary.
  expect(text.stdout.trimEnd().split('\n')).toHaveLength(5);
  const json = JSON.parse((await runProgram(['--json', '--depth=0', nested])).stdout);
  expect(json.tree).toMatchObject({bytes: 3_663_670, children: []});
});

it('counts elided locations with --whole-peak, and cuts at -b', async () => {
  const {stdout} = await runProgram(['-b', '3', '--whole-peak', nested]);
  expect(stdout).toMatch(/^📂 3\.664MB \(100\.00 %\) <ROOT>\n/u);
  expect(stdout).toMatch(/❓/u);
});

it('writes JSON to a file whose name ends in .json', async () => {
  const path = join(folder, 'tree.json');
  expect(await runProgram(['-f', '-o', path, nested])).toEqual({code: 0, stdout: '', stderr: ''});
  expect(readFileSync(path, 'utf8')).toBe((await runProgram(['--json', nested])).stdout);
});

it('says that filters have no effect on JSON', async () => {
  const {code, stdout, stderr} = await runProgram(['--json', '--hide-import-system', nested]);
  expect(code).toBe(0);
  expect(stdout).toBe((await runProgram(['--json', nested])).stdout);
  expect(stderr).toBe(
    'memray-tree-ink: --hide-import-system: has no effect on JSON, which always holds the whole tree\n',
  );
  const text = await runProgram(['--text', '--hide-import-system', nested]);
  expect(text.stderr).toBe('');
});

it.each([
  [[], 'no capture given'],
  [['--leak', 'x'], 'unknown option --leak; did you mean --leaks?'],
  [['-b', '-1', 'x'], '--biggest-allocs'],
  [['-b', 'many', 'x'], '--biggest-allocs'],
  [['--leaks', '--temporary-allocations', 'x'], 'cannot be shown together'],
  [['--temporary-allocations', '--temporary-allocation-threshold', '2', 'x'], 'cannot be used together'],
  [['--text', '--json', 'x'], 'cannot be used together'],
  [['--color', 'pink', 'x'], '--color'],
  [['--follow', 'one.bin', 'two.bin'], 'one capture'],
  [['flamegraph', 'x.bin'], '"memray-tree-ink x.bin" for the tree'],
])('reports a wrong command line %j in one line', async (args, text) => {
  const {code, stdout, stderr} = await runProgram(args);
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(text)]);
  expect(stderr).toMatch(/^memray-tree-ink: /);
});

it('prints its version and its options', async () => {
  const {version} = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  expect(await runProgram(['--version'])).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
  expect((await runProgram(['-V'])).stdout).toBe(`${version}\n`);
  expect(await runProgram(['--help'])).toEqual({code: 0, stdout: `${formatHelp()}\n`, stderr: ''});
  expect((await runProgram(['-h'])).stdout).toBe(`${formatHelp()}\n`);
});

it('takes the name of memray’s command before the file', async () => {
  const {stdout} = await runProgram(['tree', '--depth', '0', nested]);
  expect(stdout).toBe(`📂 3.664MB (100.00 %) <ROOT>\npeak of ${nested}: 3.664MB, shown 3.664MB\n`);
});

it('says which Node it needs on an older one, with the arguments as a shell takes them', async () => {
  const pretend =
    "Object.defineProperty(process, 'versions', {value: {...process.versions, node: '20.9.0'}})";
  const preload = `--import=data:text/javascript,${encodeURIComponent(pretend)}`;
  const args = ['--path-map', '/app=my src', "it's.bin", 'a\u001b[2J\n\u202e.bin'];
  const {code, stdout, stderr} = await runProgram(args, {nodeOptions: [preload]});
  expect({code, stdout}).toEqual({code: 1, stdout: ''});
  expect(stderr).toBe(
    'memray-tree-ink: Node 22 or newer is needed, but this is Node 20.9.0. Without installing it: ' +
      "npx -p node@24 -p memray-tree-ink memray-tree-ink --path-map '/app=my src' 'it'\\''s.bin' 'a?[2J??.bin'\n",
  );
});

it.each([
  ['--json', 'more rows are not printed'],
  ['--csv --flat --by package', '--limit 1: 2 more rows are not printed'],
  ['--csv --flat --by package --whole-peak -b 1', '--limit 1: 3 more rows are not printed'],
  ['--json --places -b 2', '--limit 1: 1 more row is not printed'],
])('--limit with %s says how many rows are left out', async (options, remark) => {
  const {code, stderr} = await runProgram([...options.split(' '), '--limit', '1', nested]);
  expect({code, lines: stderr.trimEnd().split('\n').length}).toEqual({code: 0, lines: 1});
  expect(stderr).toContain(remark);
});
