import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal} from '../helpers/terminal.js';

const threads = `${fixturesDirectory}/threads.bin`;
const nested = `${fixturesDirectory}/nested.bin`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

/** No process here has a number beyond this. */
const NO_PROCESS = 2_000_000_000;

/** A process that holds so many bytes in `main`; all but the first were forked. */
function writeProcess(number: number, size: number, end: CaptureRecord = {type: 'trailer'}): string {
  const pid = NO_PROCESS + number;
  const path = join(folder, number === 1 ? 'results.bin' : `results.bin.${pid}`);
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'main', file: 'app.py'},
    {type: 'push', code: 1},
    {type: 'allocate', address: 64, size},
    end,
  ];
  writeFileSync(path, writeCapture(records, {pid, commandLine: 'app.py'}));
  return path;
}

it('prints a root for each process', async () => {
  const {code, stdout, stderr} = await runProgram([
    writeProcess(1, 1000),
    writeProcess(2, 3000),
    '--color=never',
  ]);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(stdout).toMatchInlineSnapshot(`
    "📂 4.000kB (100.00 %) <ROOT>
    ├── 📂 3.000kB (75.00 %) app.py (pid 2000000002, forked)
    │   └── 📄 3.000kB (75.00 %) main  app.py
    └── 📂 1.000kB (25.00 %) app.py (pid 2000000001)
        └── 📄 1.000kB (25.00 %) main  app.py
    peak of 2 captures: 4.000kB, shown 4.000kB
    "
  `);
});

it('prints one tree of all', async () => {
  const {stdout} = await runProgram([writeProcess(1, 1000), writeProcess(2, 3000), '--merge']);
  expect(stdout).toMatchInlineSnapshot(`
    "📂 4.000kB (100.00 %) <ROOT>
    └── 📄 4.000kB (100.00 %) main  app.py
    peak of 2 captures: 4.000kB, shown 4.000kB
    "
  `);
});

it.each([[], ['--inverted'], ['--view', 'by:function drop:absent']])(
  'shows of a capture that is given 20 times 20 times what it shows alone, as one tree or not: %j',
  async (...view) => {
    const read = async (...args: string[]) =>
      JSON.parse((await runProgram(['--json', '-b', '5', ...view, ...args])).stdout);
    const [alone, each, merged] = await Promise.all([
      read(nested),
      read(...Array(20).fill(nested)),
      read('--merge', ...Array(20).fill(nested)),
    ]);
    const {bytes, allocations} = alone.tree;
    expect(alone.elided.bytes).toBeGreaterThan(0);
    for (const {tree, kept, elided} of [each, merged]) {
      expect([tree.bytes, tree.allocations]).toEqual([20 * bytes, 20 * allocations]);
      expect(kept.bytes).toBe(20 * alone.kept.bytes);
      expect(elided.bytes).toBe(20 * alone.elided.bytes);
    }
    expect(merged.kept.locations).toBe(alone.kept.locations);
    expect(each.kept.locations).toBe(20 * alone.kept.locations);
  },
);

it('holds in each process what its capture holds alone', async () => {
  const read = async (...args: string[]) => JSON.parse((await runProgram(['--json', ...args])).stdout);
  const [both, ...alone] = [await read(threads, nested), await read(threads), await read(nested)];
  for (const [index, {tree, capture}] of alone.entries()) {
    const process = both.tree.children.find((node: {capture: number}) => node.capture === index);
    expect(process.bytes).toBe(tree.bytes);
    const names = (node: typeof tree): unknown[] => [
      node.function,
      node.line,
      node.bytes,
      node.children.map(names),
    ];
    expect(process.children.map(names)).toEqual(tree.children.map(names));
    expect(both.captures[index]).toMatchObject(capture);
  }
});

it('reads one of them from standard input', async () => {
  const {code, stdout} = await runProgram(['-', writeProcess(2, 3000)], {
    input: readFileSync(writeProcess(1, 1000)),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('app.py (pid 2000000001)');
});

it('shows the others beside one that cannot be opened, and one that is damaged', async () => {
  const damaged = writeProcess(3, 500, {type: 'bytes', bytes: [15]});
  const paths = [writeProcess(1, 1000), damaged];
  const marred = await runProgram(paths);
  expect(marred.code).toBe(3);
  expect(marred.stderr).toMatch(
    /^memray-tree-ink: .*results\.bin\.2000000003: Capture is damaged at byte .*\n$/,
  );
  const missing = await runProgram([...paths, join(folder, 'nope')]);
  expect(missing.code).toBe(1);
  expect(missing.stdout).toBe(marred.stdout.replace('peak of 2 captures:', 'peak of 2 of 3 captures:'));
  expect(missing.stderr).toBe(`${marred.stderr}memray-tree-ink: ${folder}/nope: no such file\n`);
});

it('says of each why none can be read', async () => {
  const {code, stdout, stderr} = await runProgram([join(folder, 'a'), folder]);
  expect({code, stdout}).toEqual({code: 1, stdout: ''});
  expect(stderr).toBe(
    `memray-tree-ink: 2 captures: ${folder}/a no such file; ${folder} is a directory, not a file\n`,
  );
});

it('shows the processes on the screen, with the facts of the selected one', async () => {
  const terminal = openTerminal([writeProcess(1, 1000), writeProcess(2, 3000), join(folder, 'nope')], {
    columns: 120,
    rows: 30,
  });
  await terminal.waitFor(/3\.000kB {2}75\.00 % .*app\.py \(pid 2000000002, forked\)/);
  expect(terminal.screen()).toContain(`${folder}/nope: no such file`);
  terminal.press('down');
  await terminal.waitFor(/Process: +2000000002, Python 3\.11/);
  expect(terminal.screen()).toContain('Process: app.py (pid 2000000002, forked)');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  terminal.dispose();
});
