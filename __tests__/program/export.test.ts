import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {
  decodeComparedCsv,
  decodeComparedFolded,
  decodeCsv,
  decodePprof,
  parseCsv,
} from '../helpers/decode-exports.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, projectRoot} from '../helpers/terminal.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  copyFileSync(`${fixturesDirectory}/nested.bin`, join(folder, 'results.bin'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const run = (...args: readonly string[]) => runProgram(args, {cwd: folder});
const read = (name: string) => readFileSync(join(folder, name));
const sumBytes = (csv: Buffer) => [...decodeCsv(csv).values()].reduce((sum, {bytes}) => sum + bytes, 0);

describe('--export', () => {
  test('writes a file, and over it only with --force', async () => {
    expect(await run('--export', 'csv', '-o', 'out.csv', 'results.bin')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(sumBytes(read('out.csv'))).toBe(3_663_670);
    expect(statSync(join(folder, 'out.csv')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'out.csv'), 'mine');
    expect(await run('--export', 'csv', '-o', 'out.csv', 'results.bin')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'memray-tree-ink: out.csv: exists already; --force overwrites it\n',
    });
    expect(String(read('out.csv'))).toBe('mine');
    expect((await run('--export', 'csv', '--force', '-o', 'out.csv', 'results.bin')).code).toBe(0);
    expect(sumBytes(read('out.csv'))).toBe(3_663_670);
  });

  test('writes to standard output where no file is named', async () => {
    const {stdout, code} = await run('--export', 'folded', '--through', 'make_row', 'results.bin');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^_run_tracker \(.*;make_row \(nested\.py:6\) 711375\n$/);
  });

  test('writes what the query leaves, of all locations unless -b is given', async () => {
    const count = async (...args: readonly string[]) =>
      parseCsv((await run('--export', 'csv', ...args, 'results.bin')).stdout).length - 1;
    expect(await count()).toBe(31);
    expect(await count('-b', '3')).toBe(3);
    expect(await count('--leaks', '--view', 'through:build')).toBeLessThan(31);
  });

  test('names options that it does not use', async () => {
    const args = ['--export', 'csv', '--whole-peak', '-b', '3', 'results.bin'];
    const {stdout, stderr} = await run(...args);
    expect(stdout).toBe((await run('--export', 'csv', '-b', '3', 'results.bin')).stdout);
    expect(stderr).toMatch(/^memray-tree-ink: --whole-peak: has no effect on exports, .*\n$/);
  });

  test('tells of a damaged capture with exit code 3, and writes what is before the damage', async () => {
    const damaged = `${fixturesDirectory}/bad/lz4-cut-half.bin`;
    const {code, stderr} = await run('--export', 'csv', '-o', 'out.csv', damaged);
    expect(code).toBe(3);
    expect(stderr).toContain(damaged);
    expect(sumBytes(read('out.csv'))).toBeGreaterThan(0);
  });

  test('says which step names nothing', async () => {
    const {code, stderr, stdout} = await run('--export', 'folded', '--through', 'nowhere', 'results.bin');
    expect({code, stdout}).toEqual({code: 0, stdout: ''});
    expect(stderr).toBe('memray-tree-ink: through:nowhere: nothing here matches\n');
  });

  test('knows allocators where the view is about blocks', async () => {
    const {stdout} = await run('--export', 'csv', '--places', 'results.bin');
    const [, ...rows] = parseCsv(stdout);
    expect(new Set(rows.map(([allocator]) => allocator))).toEqual(new Set(['MALLOC', 'REALLOC']));
    await run('--export', 'pprof', '--view', 'alloc:realloc', '-o', 'out.pb.gz', 'results.bin');
    const {samples} = decodePprof(read('out.pb.gz'));
    expect(new Set(samples.map(({labels}) => labels.allocator))).toEqual(new Set(['realloc']));
  });

  test.each([
    [['--export', 'svg'], '--export takes one of html, speedscope, pprof, folded, csv, gprof2dot, not "svg"'],
    [['--export', 'csv', '--json'], '--json and --export cannot be used together'],
    [['--export', 'csv', '--stats'], 'statistics have no export; --stats --json prints them'],
    [['--export', 'html', '--view', 'stats'], 'statistics have no export; --stats --json prints them'],
    [['--export', 'csv', '--with-source'], '--with-source is for pages; use it together with --export html'],
  ])('%j is a usage error', async (args, message) => {
    expect(await run(...args, 'results.bin')).toEqual({
      code: 2,
      stdout: '',
      stderr: `memray-tree-ink: ${message}\n`,
    });
  });

  test('writes nothing binary to a terminal', async () => {
    const terminal = openTerminal(['--export', 'pprof', 'results.bin'], {cwd: folder});
    try {
      const {code} = await terminal.exited;
      expect(code).toBe(1);
      expect(await terminal.waitFor('add -o FILE')).toContain(
        'standard output: pprof is binary, which no terminal can show; add -o FILE',
      );
    } finally {
      terminal.dispose();
    }
  });

  test('leaves source text out, unless it is asked for', async () => {
    const example = join(projectRoot, 'examples/newsroom/newsroom.bin');
    const size = async (...args: readonly string[]) =>
      (await run('--export', 'html', ...args, example)).stdout.length;
    expect(await size('--with-source')).toBeGreaterThan(await size());
  });
});

describe('--export of captures that are compared', () => {
  beforeEach(() => {
    copyFileSync(`${fixturesDirectory}/threads.bin`, join(folder, 'base.bin'));
  });

  test.each([
    ['--diff', 'base.bin'],
    ['--diff', 'base.bin', '--view', 'through:e', '--leaks'],
    ['--diff', 'base.bin', '--inverted', '-b', '20'],
  ])('pprof, folded and csv have the differences of the JSON report: %j', async (...args) => {
    const given = [...args, 'results.bin'];
    const all = args.includes('-b') ? [] : ['--view', 'all'];
    const {tree} = JSON.parse((await run('--json', ...all, ...given)).stdout);
    await run('--export', 'pprof', '-o', 'out.pb.gz', ...given);
    const {samples} = decodePprof(read('out.pb.gz'));
    const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    const ofBase = samples.filter(({labels}) => labels['pprof::base'] === 'true');
    expect(sumOf(samples.map(({bytes}) => bytes))).toBe(tree.difference);
    expect(sumOf(ofBase.map(({bytes}) => bytes))).toBe(-tree.base);
    const folded = decodeComparedFolded(Buffer.from((await run('--export', 'folded', ...given)).stdout));
    expect(sumOf([...folded.values()].map(([base]) => base!))).toBe(tree.base);
    expect(sumOf([...folded.values()].map(([, compared]) => compared!))).toBe(tree.bytes);
    const csv = decodeComparedCsv(Buffer.from((await run('--export', 'csv', ...given)).stdout));
    const differences = [...csv.values()].map(([compared, base]) => compared.bytes - base.bytes);
    expect(sumOf(differences)).toBe(tree.difference);
  });

  test('a page says what is compared', async () => {
    const {stdout, code} = await run('--export', 'html', '--diff', 'base.bin', 'results.bin');
    expect(code).toBe(0);
    expect(stdout).toContain('<h1>+2.415MB (+193.48 %) · results.bin compared with base.bin</h1>');
  });

  test('tells of medians', async () => {
    copyFileSync(`${fixturesDirectory}/nested.bin`, join(folder, 'other.bin'));
    const {code, stderr} = await run('--export', 'csv', '--compare', 'results.bin', 'base.bin', 'other.bin');
    expect({code, stderr}).toEqual({
      code: 0,
      stderr: 'memray-tree-ink: the numbers are medians of 3 captures\n',
    });
  });

  test.each([
    [
      ['--export', 'speedscope'],
      '--export speedscope: no form for a comparison; use html, pprof, folded or csv',
    ],
    [
      ['--export', 'gprof2dot'],
      '--export gprof2dot: no form for a comparison; use html, pprof, folded or csv',
    ],
  ])('%j is a usage error', async (args, message) => {
    expect(await run(...args, '--diff', 'base.bin', 'results.bin')).toEqual({
      code: 2,
      stdout: '',
      stderr: `memray-tree-ink: ${message}\n`,
    });
  });
});

describe('key x', () => {
  test('offers formats and a name, writes the view, and never over a file', async () => {
    const terminal = openTerminal(['--view', 'through:build', 'results.bin'], {cwd: folder});
    try {
      await terminal.waitFor('build');
      for (const file of ['results.csv', 'results-2.csv']) {
        terminal.press('x');
        await terminal.waitFor('Export this view as:');
        terminal.press('c', 's', 'v', 'enter');
        await terminal.waitFor('write results.csv');
        terminal.press('enter');
        await terminal.waitFor(`Exported to ${file}`);
        expect(String(read(file))).toBe(
          (await run('--export', 'csv', '--through', 'build', 'results.bin')).stdout,
        );
      }
      terminal.press('x', 'enter', 'ctrl-u', 'a', '/', 'b');
      await terminal.waitFor('a name without a folder is needed');
      terminal.press('enter');
      await terminal.waitFor('type a name without a folder');
      terminal.press('ctrl-u', 'p', 'a', 'g', 'e', 'enter');
      await terminal.waitFor('Exported to page');
      expect(String(read('page'))).toMatch(/^<!doctype html>/);
      terminal.press('3', 'x', 'c', 's', 'v', 'enter', 'ctrl-u', 't', 'enter');
      await terminal.waitFor('Exported the stacks of this table to t');
      const written = ['page', 'results-2.csv', 'results.bin', 'results.csv', 't'];
      expect(readdirSync(folder).sort()).toEqual(written);
    } finally {
      terminal.dispose();
    }
  });
});

const hasGo = spawnSync('go', ['version']).status === 0;

describe.skipIf(!hasGo)('go tool pprof', () => {
  test('reads functions, files, totals and threads', async () => {
    await run('--export', 'pprof', '-o', 'out.pb.gz', 'results.bin');
    const pprof = (...args: readonly string[]) =>
      execFileSync('go', ['tool', 'pprof', ...args, 'out.pb.gz'], {cwd: folder, encoding: 'utf8'});
    expect(pprof('-unit=B', '-top')).toMatch(/Total samples = 3663670B/);
    expect(pprof('-unit=B', '-top')).toMatch(/ 711375B 19\.42% .* make_row\n/);
    expect(pprof('-sample_index=inuse_objects', '-top')).toMatch(/Total samples = 260 /);
    expect(pprof('-unit=B', '-peek', '^make_row$')).toMatch(/ 711375B +100% \| +<listcomp>/);
    expect(pprof('-tags')).toContain('thread: Total 3.5MB');
  });

  test('shows a comparison as it does with -diff_base', async () => {
    copyFileSync(`${fixturesDirectory}/threads.bin`, join(folder, 'base.bin'));
    const view = ['--by', 'function', '--export', 'pprof'];
    await run(...view, '-o', 'base.pb.gz', 'base.bin');
    await run(...view, '-o', 'new.pb.gz', 'results.bin');
    await run('--export', 'pprof', '--diff', 'base.bin', '-o', 'diff.pb.gz', 'results.bin');
    const show = (report: string, ...args: readonly string[]) => {
      const text = execFileSync('go', ['tool', 'pprof', '-unit=B', report, ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
      return text.slice(text.indexOf('Showing nodes'));
    };
    for (const report of ['-top', '-tree', '-traces']) {
      expect(show(report, 'diff.pb.gz')).toBe(show(report, '-diff_base', 'base.pb.gz', 'new.pb.gz'));
    }
    expect(show('-top', 'diff.pb.gz')).toContain(' of 1248360B total\n');
  });
});
