import {readFileSync} from 'node:fs';
import {afterEach, describe, expect, it} from 'vitest';
import {fixturesDirectory, listCaptures, readGoldenOf} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const path = (name: string): string => `${fixturesDirectory}/${name}.bin`;

function readGolden(name: string, kind: string): unknown {
  return readGoldenOf(listCaptures(fixturesDirectory).find(capture => capture.name === name)!, kind);
}

describe('the command line', () => {
  it('prints the places of a replay as JSON', async () => {
    const {stdout} = await runProgram(['--json', '--places', path('mmaps')]);
    const {tree, query} = JSON.parse(stdout);
    const rows = tree.children.map((row: Record<string, unknown>) =>
      JSON.stringify(
        ['allocator', 'function', 'file', 'line', 'bytes', 'allocations'].map(name => row[name]),
      ),
    );
    const golden = readGolden('mmaps', 'places') as unknown[];
    expect(query).toEqual(['places']);
    expect(rows.sort()).toEqual(golden.map(row => JSON.stringify(row)).sort());
  });

  it('prints the statistics of memray as JSON', async () => {
    const {stdout} = await runProgram(['--json', '--view', 'stats', path('nested')]);
    const {stats} = JSON.parse(stdout);
    const golden = readGolden('nested', 'statistics') as Record<string, unknown>;
    const {allocations, bytesAllocated, peakBytes, allocators} = golden;
    expect(stats).toMatchObject({allocations, bytesAllocated, peakBytes, allocators});
    expect(stats.histogram.map((bin: {upTo: number; count: number}) => [bin.upTo, bin.count])).toEqual(
      golden.histogram,
    );
    expect(stats.topBySize).toHaveLength(5);
    expect(stats.modulesBySize[0]).toEqual({module: 'nested', bytes: 5_870_853, allocations: 447});
  });

  it('keeps blocks by allocator and size in any view', async () => {
    const {stdout} = await runProgram(['--json', '--view', 'alloc:mmap size:1MB..', path('imports')]);
    // Arenas of Python's small-object allocator.
    expect(JSON.parse(stdout).kept).toMatchObject({bytes: 4 * 2 ** 20, allocations: 4});
  });

  it('says that an aggregated capture has no single allocations, and prints what it has of statistics', async () => {
    const places = await runProgram(['--places', path('aggregate-middle')]);
    expect(places).toMatchObject({code: 1, stdout: ''});
    expect(places.stderr).toMatch(/aggregated/);
    const sized = await runProgram(['--stats', '--view', 'size:1kB..', path('aggregate-middle')]);
    expect(sized).toMatchObject({code: 1, stdout: ''});
    const {stdout, code} = await runProgram(['--stats', path('aggregate-middle')]);
    expect(code).toBe(0);
    expect(stdout).toContain('Places by bytes at the peak');
  });

  it('reads statistics of standard input, and says that places of it take another reading', async () => {
    const input = readFileSync(path('nested'));
    const stats = await runProgram(['--stats', '-'], {input});
    expect(stats.stdout).toContain('Allocated in all          6.223MB');
    const places = await runProgram(['--places', '-'], {input});
    expect(places.code).toBe(1);
    expect(places.stderr).toMatch(/standard input: can be read only once/);
  });

  it('lists the allocators where one is not known', async () => {
    const {code, stderr} = await runProgram(['--view', 'alloc:heap', path('nested')]);
    expect(code).toBe(2);
    expect(stderr).toContain('"heap" is no allocator: one of pymalloc_malloc');
  });
});

describe('on the screen', () => {
  let terminal: Terminal;
  afterEach(() => terminal.dispose());

  it('shows places, statistics and the facts of a row, each after another reading', async () => {
    terminal = openTerminal([path('nested')], {columns: 120, rows: 40});
    await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
    terminal.press('6');
    await terminal.waitFor(/Count +Mean Allocator Function/);
    await terminal.waitFor(/196\.611kB +5\.37 % .* 3 +65\.537kB malloc +add {2}nested:22/);
    terminal.press('7');
    await terminal.waitFor(/^whole run › stats .*6\.223MB of 6\.223MB/m);
    terminal.press('1', 'down', 'H');
    await terminal.waitFor(/^_run_tracker {2}.*\n\nBlocks\n/m);
    terminal.press('escape');
    await terminal.waitFor(/^❯ .*_run_tracker/mu);
  });
});
