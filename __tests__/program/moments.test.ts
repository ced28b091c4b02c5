import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const fileOf = (name: string): string => `${fixturesDirectory}/${name}.bin`;
const nested = fileOf('nested');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'moments-'));
});
afterAll(() => rm(folder, {recursive: true}));

describe('moments as text and JSON', () => {
  it('prints what was alive, and when that was', async () => {
    const {code, stdout, stderr} = await runProgram(['--json', '--view', 'at:#3', fileOf('imports')]);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const {moment, query, of} = JSON.parse(stdout);
    expect(query).toEqual(['at:#3']);
    expect(moment).toMatchObject({record: 3, heap: expect.any(Number), rss: expect.any(Number)});
    expect(of.bytes).toBe(moment.heap);
    const again = await runProgram(['--json', '--view', query.join(' '), fileOf('imports')]);
    expect(again.stdout).toBe(stdout);
  });

  it('prints ranges and generations, as text, CSV and exports', async () => {
    const grown = await runProgram(['--text', '--view', 'grown:#1..#5', '--limit', '1', fileOf('imports')]);
    expect(grown.code).toBe(0);
    expect(grown.stdout).toMatch(/^grown from 0\.\d+s \(#1\) to 0\.\d+s \(#5\) of .*imports\.bin: /m);
    const csv = await runProgram([
      '--csv',
      '--view',
      'gen:0%,#4,100% flat',
      '--limit',
      '1',
      fileOf('imports'),
    ]);
    expect(csv.stdout).toMatch(/^total_bytes,.*,total_bytes of 0%\.\.#4,total_bytes of #4\.\.100%,function/);
    const leaks = await runProgram(['--export', 'folded', '--leaks', nested]);
    const end = await runProgram(['--export', 'folded', '--view', 'at:100%', nested]);
    expect(end).toEqual(leaks);
    const generations = await runProgram(['--export', 'folded', '--view', 'gen:0%,100%', nested]);
    expect(generations.stdout.split('\n').toSorted()).toEqual(leaks.stdout.split('\n').toSorted());
  });

  it('shows nothing, with a notice, of a moment that is not there', async () => {
    const {code, stdout, stderr} = await runProgram(['--text', '--view', 'at:#77', nested]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<No allocations>\n/);
    expect(stderr).toContain('#77: not in the recording, which has 1 memory record; nothing is shown');
    const json = await runProgram(['--json', '--view', 'at:#77', nested]);
    expect(JSON.parse(json.stdout)).toMatchObject({moment: null, kept: {bytes: 0}});
  });

  it.each(['at:soon', 'at:', 'at:#-1', 'peak:#1', 'grown:2s..1s', 'gen:0%'])(
    '%s is a usage error that points at the word',
    async word => {
      const {code, stdout, stderr} = await runProgram(['--text', '--view', `flat ${word}`, nested]);
      expect({code, stdout}).toEqual({code: 2, stdout: ''});
      expect(stderr).toContain(word);
    },
  );

  it('names what is expected', async () => {
    const {code, stderr} = await runProgram(['--text', '--view', 'at', nested]);
    expect(code).toBe(2);
    expect(stderr).toContain('"at": expected at:MOMENT');
    const peak = await runProgram(['--text', '--view', 'at:12', nested]);
    expect(peak.stderr).toContain('"12" is not a moment, such as 12.3s, 50%, #17 or @12345');
  });

  it('exits with 1 of an aggregated capture, and of standard input', async () => {
    const aggregated = await runProgram(['--text', '--view', 'at:50%', fileOf('aggregate-middle')]);
    expect(aggregated.code).toBe(1);
    expect(aggregated.stderr).toMatch(/aggregated capture .*no other moments/);
    const piped = await runProgram(['--text', '--view', 'at:50%', '-'], {input: readFileSync(nested)});
    expect(piped.code).toBe(1);
    expect(piped.stderr).toMatch(/standard input: can be read only once, .*two readings/);
  });

  it('exits with 3 of a cut capture, with the moments before the damage', async () => {
    const cut = path.join(folder, 'cut.bin');
    await writeFile(cut, readFileSync(nested).subarray(0, -2000));
    const {code, stdout} = await runProgram(['--json', '--view', 'at:@100', cut]);
    expect(code).toBe(3);
    const whole = await runProgram(['--json', '--view', 'at:@100', nested]);
    expect(JSON.parse(stdout).tree).toEqual(JSON.parse(whole.stdout).tree);
  });

  it('compares two captures at their own moments', async () => {
    const {code, stdout} = await runProgram(['--json', '--view', 'at:100%', '--diff', nested, nested]);
    expect(code).toBe(0);
    const {tree, capture, baseCapture} = JSON.parse(stdout);
    expect(tree).toMatchObject({bytes: tree.base, difference: 0, children: []});
    expect(capture.moments).toEqual(baseCapture.moments);
    expect(capture.moments[0].record).toBe(0);
  });

  it('has generations of one capture only', async () => {
    const {code, stderr} = await runProgram(['--text', '--view', 'gen:0%,100%', '--compare', nested, nested]);
    expect(code).toBe(1);
    expect(stderr).toContain('gen: takes one capture, and no comparison');
  });

  it('keeps a budget at a moment', async () => {
    const budgets = path.join(folder, 'budgets.json');
    const at = (max: string) => ({budgets: [{name: 'half way', view: 'at:@300', max}]});
    await writeFile(budgets, JSON.stringify(at('1kB')));
    expect((await runProgram(['--budget', budgets, nested])).code).toBe(4);
    await writeFile(budgets, JSON.stringify(at('1GB')));
    expect((await runProgram(['--budget', budgets, nested])).code).toBe(0);
  });
});

describe('moments on the screen', () => {
  let terminal: Terminal;
  afterEach(() => terminal.dispose());

  it('takes another reading for a moment that is typed, and comes back', async () => {
    terminal = openTerminal([nested], {columns: 120, rows: 30});
    await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
    terminal.press(...':at:@300', 'enter');
    await terminal.waitFor(screen => screen.includes('at @300') && /132\.174kB .*<ROOT>/u.test(screen));
    terminal.press('v');
    await terminal.waitFor(screen => screen.includes('peak ·') && /3\.664MB .*<ROOT>/u.test(screen));
  });

  it('opens with a moment', async () => {
    terminal = openTerminal(['--view', 'grown:@100..@300', nested], {columns: 120, rows: 30});
    await terminal.waitFor(screen => screen.includes('grown @100..@300') && screen.includes('<ROOT>'));
  });
});
