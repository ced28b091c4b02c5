import {mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {fixturesDirectory, listCaptures} from '../helpers/captures.js';
import {writeLz4} from '../helpers/lz4-writer.js';
import {runProgram} from '../helpers/run-program.js';
import {openShell, type Shell} from '../helpers/shell.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
const FIRST_ROW = '📂 3.664MB (100.00 %) <ROOT>\n';

function getLargest(): string {
  const sizes = listCaptures().map(({path}) => ({path, size: statSync(path).size}));
  return sizes.reduce((a, b) => (b.size > a.size ? b : a)).path;
}

/** A sound capture of at least so many bytes. */
function writeLarge(bytes: number): Uint8Array {
  const code: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let id = 1; id <= 100; id++) code.push({type: 'code', id, function: `f${id}`, file: 'f.py'});
  const loop: CaptureRecord[] = [];
  for (let id = 1; id <= 100; id++) {
    loop.push({type: 'push', code: id}, {type: 'allocate', address: id * 4096, size: id}, {type: 'pop'});
  }
  const head = writeCapture(code);
  const body = writeCapture([...code, ...loop]).subarray(head.length);
  const turns = Math.ceil(bytes / body.length);
  return Buffer.concat([head, ...Array.from({length: turns}, () => body), Uint8Array.of(1)]);
}

describe('without a terminal', () => {
  it('prints the tree as text, without colours', async () => {
    const {code, stdout, stderr} = await runProgram([nested]);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(
      stdout.startsWith(`${FIRST_ROW}├── 📂 3.661MB (99.92 %) _run_tracker  memray.commands.run:83\n`),
    ).toBe(true);
    expect(stdout).not.toContain('\u001b');
  });

  it.each([
    ['a pipe', () => readFileSync(nested)],
    ['a file', () => openSync(nested, 'r')],
  ])('reads - from %s', async (_, openInput) => {
    const {code, stdout, stderr} = await runProgram(['-'], {input: openInput()});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout.startsWith(FIRST_ROW)).toBe(true);
  });

  /**
   * Compressed and not, aggregated, unfinished, the largest one at hand; one of several chunks of the reader;
   * a cut one.
   */
  const inputs: [string, () => Uint8Array][] = [
    ...['imports', 'killed-buffered', 'aggregate-middle'].map((name): [string, () => Uint8Array] => [
      name,
      () => readFileSync(`${fixturesDirectory}/${name}.bin`),
    ]),
    ['the largest', () => readFileSync(getLargest())],
    ['5 MB, compressed', () => writeLz4(writeLarge(5e6), {blockBytes: 40_000})],
    ['5 MB', () => writeLarge(5e6)],
    ['a cut one', () => readFileSync(getLargest()).subarray(0, -5000)],
  ];

  it.each(inputs)('prints the same JSON of a pipe as of a file: %s', async (_, create) => {
    const folder = mkdtempSync(join(tmpdir(), 'piped-'));
    const path = join(folder, 'results.bin');
    const bytes = create();
    writeFileSync(path, bytes);
    const [file, pipe] = [
      await runProgram(['--json', path]),
      await runProgram(['--json', '-'], {input: bytes}),
    ];
    rmSync(folder, {recursive: true});
    expect(pipe.stdout === file.stdout).toBe(true);
    expect(file.stdout.length).toBeGreaterThan(1000);
    expect(pipe.code).toBe(file.code);
    expect(pipe.stderr).toBe(file.stderr.replace(path, 'standard input'));
  });

  it('prints JSON of the whole tree', async () => {
    const {code, stdout} = await runProgram(['--json', nested]);
    const {format, tree, capture} = JSON.parse(stdout);
    expect({code, format, bytes: tree.bytes, damage: capture.damage}).toEqual({
      code: 0,
      format: 'memray-tree-ink/tree',
      bytes: 3_663_670,
      damage: null,
    });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stdout.split('\n')).toHaveLength(2);
  });

  it('prints colours if asked to', async () => {
    expect((await runProgram(['--color', 'always', nested])).stdout).toContain('\u001b[');
    expect((await runProgram(['--color=always', '--color=never', nested])).stdout).not.toContain('\u001b[');
  });
});

describe('with a shell around', () => {
  let shell: Shell;
  afterEach(() => shell.dispose());

  it('ends quietly when its reader has enough', async () => {
    shell = await openShell({columns: 110, rows: 30});
    shell.run(`program '${fixturesDirectory}/imports.bin' | head -1; echo "\${PIPESTATUS[@]}"`);
    const lines = (await shell.prompted()).filter(line => line !== '');
    expect(lines.slice(-3, -1)).toEqual(['📂 5.503MB (100.00 %) <ROOT>', '0 0']);
  });

  it('takes the capture from a pipe and the keys from the terminal', async () => {
    shell = await openShell({columns: 110, rows: 30});
    const before = await shell.ask('stty -a | cksum');
    shell.run(`cat '${nested}' | program -`);
    await shell.waitFor('3.664MB');
    shell.press('down', 'down');
    await shell.waitFor(/^❯ .*nested:47/m);
    shell.press('q');
    await shell.prompted();
    expect(await shell.ask('stty -a | cksum')).toBe(before);
  });

  it.each(['cat capture | program -', 'program - <capture'])(
    'says that %s cannot be read again',
    async command => {
      shell = await openShell({columns: 110, rows: 30});
      shell.run(command.replace('capture', `'${nested}'`));
      await shell.waitFor('3.664MB');
      shell.press('R');
      await shell.waitFor('standard input can be read only once');
      // The tree stays.
      shell.press('down');
      await shell.waitFor(/^❯ .*_run_tracker/m);
      shell.press('q');
      await shell.prompted();
      expect(await shell.ask('echo "code $?"')).toBe('code 0');
    },
  );

  it('takes the capture from a file as standard input and the keys from the terminal', async () => {
    shell = await openShell({columns: 110, rows: 30});
    shell.run(`program - < '${nested}'`);
    await shell.waitFor('3.664MB');
    shell.press('down');
    await shell.waitFor(/^❯ .*_run_tracker/m);
    shell.press('ctrl-c');
    await shell.prompted();
    expect(await shell.ask('echo "code $?"')).toBe('code 130');
  });

  it('says in one line that a terminal is no capture', async () => {
    shell = await openShell({columns: 110, rows: 30});
    shell.run('program -');
    const lines = (await shell.prompted()).filter(line => line !== '');
    expect(lines.at(-2)).toBe('memray-tree-ink: standard input: is a terminal; pipe a capture into it');
    expect(lines.at(-3)).toMatch(/program -$/);
    expect(await shell.ask('echo "code $?"')).toBe('code 1');
  });
});

describe('in a terminal that', () => {
  let terminal: Terminal;
  afterEach(() => terminal.dispose());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  const STYLE = /\u001b\[[\d;]*m/g;

  /** Styles written while the tree was shown. */
  async function readStyles(env: Record<string, string>, args: string[] = []): Promise<string[]> {
    terminal = openTerminal([...args, nested], {env});
    await terminal.waitFor(/^❯ +3\.664MB .*<ROOT>/m);
    expect(terminal.isAlternateScreen()).toBe(true);
    terminal.press('down');
    await terminal.waitFor(/^❯ .*├▾ 📂/mu);
    const styles = new Set(terminal.output().match(STYLE));
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
    return [...styles];
  }

  it('shows all colours', async () => {
    expect(await readStyles({})).toEqual(expect.arrayContaining([expect.stringMatching(/\[38;2;/)]));
  });

  it('belongs to a build machine: interactive all the same', async () => {
    expect(await readStyles({CI: 'true'})).toEqual(
      expect.arrayContaining([expect.stringMatching(/\[38;2;/)]),
    );
  });

  it.each([
    ['NO_COLOR', '1'],
    ['FORCE_COLOR', '0'],
  ])('wants no colours (%s=%s): the marker alone shows the selected row', async (name, value) => {
    const styles = await readStyles({[name]: value, COLORTERM: ''});
    expect(styles.filter(style => style !== '\u001b[0m')).toEqual([]);
  });

  it('shows 256 colours', async () => {
    const styles = await readStyles({TERM: 'xterm-256color', COLORTERM: ''});
    expect(styles).toEqual(expect.arrayContaining([expect.stringMatching(/\[38;5;/)]));
    expect(styles).not.toEqual(expect.arrayContaining([expect.stringMatching(/\[38;2;/)]));
  });
});

it('prints the tree on a terminal that cannot place text, and says why', async () => {
  const terminal = openTerminal([nested], {columns: 120, rows: 40, env: {TERM: 'dumb'}});
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  expect(terminal.screen()).toContain('this terminal cannot show the screen (TERM=dumb)');
  expect(terminal.screen()).toMatch(/^\+ 3\.664MB \(100\.00 %\) <ROOT>$/m);
  expect(terminal.output()).not.toContain('\u001b');
  terminal.dispose();
});
