import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {FORMAT_ROWS} from '../../src/export/formats.js';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {listCaptures} from '../helpers/captures.js';
import {scanControls} from '../helpers/control-scanner.js';
import {isForbidden} from '../helpers/hostile-text.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal} from '../helpers/terminal.js';

/** All that the program ever writes besides text. */
const OURS = [
  // Line ends of a frame.
  '"\\r"',
  '"\\n"',
  // Cursor up, down to a line's start, to a column, home; erase to the end of the line, and the screen.
  'CSI nA',
  'CSI nB',
  'CSI nC',
  'CSI nE',
  'CSI E',
  'CSI nG',
  'CSI G',
  'CSI H',
  'OSC 11 ?',
  // Links to files.
  'OSC 8',
  'CSI nH',
  'CSI K',
  'CSI nK',
  'CSI J',
  'CSI nJ',
  // Colours.
  'CSI nm',
  // Cursor, alternate screen, mouse, synchronized update, bracketed paste.
  ...['25', '1049', '1000', '1006', '2026', '2004'].flatMap(mode => [`CSI ?${mode}h`, `CSI ?${mode}l`]),
];

const folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
afterAll(() => rmSync(folder, {recursive: true}));

const NASTY_NAMES = [
  '\u001b[5;9r\u001b[31mred\u001bc',
  '\u001b]52;c;cHduZWQ=\u0007clipboard',
  '\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\',
  '\u001bPq#0~\u001b\\sixel',
  '\u009b31mC1\u009d0;title\u009c\u0090x',
  'cr\rlf\nnel\u0085ls\u2028ps\u2029',
  'bell\u0007 back\b del\u007f nul-less tab\t vt\u000b',
  '\u202eevil\u2066\u200f\u061c\u200b\ufeff\u{e0041}',
  '__proto__',
  'constructor',
  '[bold red]markup[/] [link=file:///etc/passwd]x[/link]',
  `64 KiB ${'n'.repeat(70_000)}`,
  `${'\u0301'.repeat(500)}marks`,
];

/**
 * A capture whose functions, files and threads have these names; one of the files is there, and nasty itself.
 */
function writeNastyCapture(): string {
  const source = join(folder, 'nasty.py');
  writeFileSync(source, NASTY_NAMES.map(name => `x = "${name.slice(0, 200)}"`).join('\n'));
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'name', name: NASTY_NAMES[1]!},
  ];
  for (const [index, name] of NASTY_NAMES.entries()) {
    const file = index % 2 === 0 ? source : `/tmp/${name}.py`;
    records.push({type: 'code', id: index + 1, function: name, file, firstLine: index + 1});
    records.push({type: 'push', code: index + 1});
    records.push({type: 'allocate', address: 4096 * (index + 1), size: 1000 * (index + 1)});
    if (index % 3 === 2) records.push({type: 'pop', count: 2});
  }
  const path = join(folder, 'nasty.bin');
  writeFileSync(
    path,
    writeCapture([...records, {type: 'trailer'}], {commandLine: NASTY_NAMES[0]!, sysPath: [NASTY_NAMES[2]!]}),
  );
  return path;
}

const wanted = ['hostile', 'markup-crash', 'markup-panel', 'unicode', 'bad/raw-unknown-record', 'bad/text'];
const captures = [
  ...listCaptures().filter(({name}) => wanted.includes(name)),
  {name: 'names that are written for it', path: writeNastyCapture()},
];

describe.each(captures)('$name', ({path}) => {
  it('leads to nothing but our own sequences, through a whole session', async () => {
    const terminal = openTerminal([path], {columns: 110, rows: 34});
    try {
      await terminal.waitFor(screen => !screen.includes('Reading') && /^❯ |: \S/m.test(screen));
      terminal.press('E');
      for (let step = 0; step < 40; step++) terminal.press('down');
      for (const key of ['G', 'pageup', 'home', 'u', 'i', 'i', 'tab', 'pagedown', 'tab', '?'])
        terminal.press(key);
      await terminal.waitFor('one row up');
      terminal.press('?', '/');
      terminal.type('\u202e\u009b1m[bold');
      await terminal.waitFor('[bold');
      terminal.press('enter');
      terminal.resize(70, 30);
      terminal.press('R', 'tab', '.');
      terminal.resize(50, 20);
      terminal.press('q');
      expect(await terminal.exited).toEqual({code: 0, signal: undefined});
      const {kinds, unknown} = scanControls(terminal.output());
      expect(unknown).toEqual([]);
      expect([...kinds].filter(kind => !OURS.includes(kind))).toEqual([]);
    } finally {
      terminal.dispose();
    }
  });

  it('leads to text without any sequence, on both outputs', async () => {
    const {stdout, stderr} = await runProgram(['--text', '--color=never', path]);
    const {kinds, unknown} = scanControls(stdout + stderr);
    expect(unknown).toEqual([]);
    expect([...kinds].filter(kind => kind !== '"\\n"')).toEqual([]);
  });

  it('leads to colours only in coloured text', async () => {
    const {stdout} = await runProgram(['--text', '--color=always', path]);
    const {kinds, unknown} = scanControls(stdout);
    expect(unknown).toEqual([]);
    expect([...kinds].filter(kind => kind !== '"\\n"' && kind !== 'CSI nm')).toEqual([]);
  });

  it('leads to JSON in one line that every reader takes', async () => {
    const {stdout, code} = await runProgram(['--json', path]);
    if (code === 1) return;
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout).tree.function).toBe('<ROOT>');
  });
});

/** Everything that is printed in a terminal, but for the screen. */
const PRINTED = [
  ...[
    '--text --color=never',
    '--json',
    '--flat --csv',
    '--places --csv',
    '--view imports --csv',
    '--stats --text --color=never',
  ],
  ...['--stats --json', '--timeline', '--timeline --json', '--timeline --csv', '--json -o /dev/stdout'],
  ...[
    '--flat --csv -o /dev/stderr',
    '--fail-above 1B --json --annotations',
    '--fail-above 1B --color=never --junit /dev/stderr',
  ],
  ...FORMAT_ROWS.map(([name]) => `--export ${name}`),
  ...['--export csv -o -', '--export folded -o /dev/fd/2', '--export pprof -o /dev/stdout'],
];

describe('on a terminal', () => {
  /** A nasty name, of a file that is there. */
  const nasty = join(folder, 'a\u001b]2;title\u0007\u001b[2J\n\u202e\u009b1m.bin');
  copyFileSync(join(folder, 'nasty.bin'), nasty);

  it.each([
    ...PRINTED.map(line => [line, [nasty]] as const),
    ...['csv', 'html', 'folded'].map(name => [`--export ${name}`, ['--diff', nasty, nasty]] as const),
    ...['csv', 'html'].map(name => [`--export ${name} --compare`, [nasty, nasty]] as const),
  ])('%s leads to text without any sequence', async (line, files) => {
    const terminal = openTerminal([...line.split(' '), ...files], {columns: 200});
    try {
      const {code} = await terminal.exited;
      const {kinds, unknown, text} = scanControls(terminal.output());
      expect(unknown).toEqual([]);
      expect([...kinds].filter(kind => !['"\\r"', '"\\n"', 'CSI K'].includes(kind))).toEqual([]);
      expect([...text].filter(character => isForbidden(character.codePointAt(0)!))).toEqual([]);
      expect(text).not.toBe('');
      expect(code).toBe(line.includes('pprof') ? 1 : line.includes('--fail-above') ? 4 : 0);
    } finally {
      terminal.dispose();
    }
  });

  it.each(['--json', '--export speedscope', '--export gprof2dot'])('%s is the same JSON', async line => {
    const args = [...line.split(' '), nasty];
    const {stdout} = await runProgram(args);
    // Where there is no line of progress.
    const terminal = openTerminal(args, {env: {TERM: 'dumb'}});
    try {
      await terminal.exited;
      expect(JSON.parse(terminal.output())).toEqual(JSON.parse(stdout));
    } finally {
      terminal.dispose();
    }
  });

  it.each(['--flat --csv', '--export csv', '--export folded'])('%s is as recorded elsewhere', async line => {
    const {stdout} = await runProgram([...line.split(' '), nasty]);
    expect(stdout).toContain('\u001b[31mred\u001bc');
  });
});

describe('a message', () => {
  const NAME = 'a\u001b]2;title\u0007\n::warning::injected\u202e\u009b1m';
  const capture = join(folder, 'nasty.bin');
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const budget = (fields: object): string => JSON.stringify({budgets: [{name: NAME, max: '1MB', ...fields}]});
  const asBudget = (name: string, text: string) => ['--budget', write(name, text), capture];

  it.each([
    ['of an unknown option', [`--${NAME}`, capture]],
    ['of a value', ['--by', NAME, capture]],
    ['of a number', ['--depth', NAME, capture]],
    ['of a format', ['--export', NAME, capture]],
    ['of a step', ['--view', NAME, capture]],
    ['of an expression', ['--view', `through:re:(${NAME}`, capture]],
    ['of another file', ['--against', NAME, '--diff', capture, NAME]],
    ['of a limit', ['--fail-above', NAME, capture]],
    ['of a missing capture', [NAME]],
    ['of a missing base', ['--text', '--diff', NAME, capture]],
    ['of a missing file of budgets', ['--budget', NAME, capture]],
    ['of a missing file of patterns', ['--ignore', NAME, capture]],
    ['of a pattern', ['--ignore', write('ignore.txt', `leak:\n${NAME}`), capture]],
    ['of a file that cannot be written', ['--json', '-o', `/${NAME}/x`, capture]],
    ['of no JSON', asBudget('1.json', `{\n"a": \u001b]2;x\u0007\n::warning::x`)],
    ['of a key', asBudget('2.json', budget({[NAME]: 1}))],
    [
      'of a key that stands twice',
      asBudget('3.json', `{"budgets": [{${`${JSON.stringify(NAME)}: 1, `.repeat(2)} "a": 1}]}`),
    ],
    ['of the limit of a budget', asBudget('4.json', budget({max: NAME}))],
    ['of the share of a budget', asBudget('5.json', budget({max: '5%'}))],
    ['of the view of a budget', asBudget('6.json', budget({view: NAME}))],
    ['of the expression of a budget', asBudget('7.json', budget({view: 'through:re:('}))],
    ['of growth without a base', asBudget('8.json', budget({max: '+1MB'}))],
    [
      'of a pattern of budgets',
      asBudget('9.json', `{"budgets": [{"name": "a", "max": "1MB"}], "ignore": [${JSON.stringify(NAME)}]}`),
    ],
  ])('%s is one line of text', async (_, args) => {
    const {code, stderr} = await runProgram(args);
    const {kinds, unknown} = scanControls(stderr);
    expect(unknown).toEqual([]);
    expect([...kinds]).toEqual(['"\\n"']);
    expect(stderr).toMatch(/^memray-tree-ink: .*\n$/);
    expect([1, 2]).toContain(code);
  });

  it('of the defaults is one line of text', async () => {
    const {stderr} = await runProgram([capture], {env: {MEMRAY_TREE_ARGS: `--by '${NAME}'`}});
    expect(scanControls(stderr).unknown).toEqual([]);
    expect(stderr).toMatch(/^memray-tree-ink: .*\n$/);
  });
});

it('keeps nasty names apart and readable on the screen', async () => {
  const terminal = openTerminal([join(folder, 'nasty.bin')], {columns: 200, rows: 40});
  try {
    await terminal.waitFor(/^❯ .*<ROOT>/mu);
    terminal.press('E');
    const screen = await terminal.waitFor('cr␊lf');
    for (const name of [
      '␛[5;9r␛[31mred␛c',
      '␛]52;c;cHduZWQ=␇clipboard',
      'cr␊lf␊nel␊ls␊ps␊',
      '__proto__',
      'constructor',
    ]) {
      expect(screen).toContain(name);
    }
    // So is the source, which holds the same.
    terminal.press('down');
    await terminal.waitFor('x = "␛[5;9r␛[31mred␛c"');
  } finally {
    terminal.dispose();
  }
});
