import {afterEach, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
/** The colour of 100 % in each palette. */
const DARK = '\u001b[38;2;205;92;92m';
const LIGHT = '\u001b[38;2;176;36;36m';
const QUERY = '\u001b]11;?\u001b\\';
const WHITE = '\u001b]11;rgb:ffff/ffff/ffff\u001b\\';

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.dispose();
  terminal = null;
});

async function open(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Terminal> {
  terminal = openTerminal([...args, nested], {columns: 100, rows: 30, env});
  await terminal.waitFor(/^❯ +3\.664MB .*<ROOT>/m);
  return terminal;
}

describe('the background of the terminal', () => {
  it('is asked for, and the answer draws everything in colours for it; no key comes of it', async () => {
    const {output, type, waitFor, screen, press, exited} = await open();
    expect(output()).toContain(QUERY);
    expect(output()).toContain(DARK);
    const before = screen();
    // In two pieces, as a slow line may bring it.
    type(WHITE.slice(0, 9));
    type(WHITE.slice(9));
    await waitFor(() => output().includes(LIGHT));
    expect(screen()).toBe(before);
    press('q');
    expect((await exited).code).toBe(0);
  });

  it.each([
    [['--theme', 'light'], {}, LIGHT],
    [['--theme=dark'], {COLORFGBG: '0;15'}, DARK],
    [[], {COLORFGBG: '0;15'}, LIGHT],
  ])('is known from %j %j', async (args, env, color) => {
    const {output} = await open(args, env);
    expect(output()).toContain(color);
    expect(output().includes(QUERY)).toBe(args.length === 0);
  });
});

it.each([
  [['--theme', 'light'], {}, '\u001b[31m'],
  [['--theme', 'light'], {}, '\u001b[34m'],
  [[], {COLORFGBG: '0;15'}, '\u001b[34m'],
  [[], {MEMRAY_TREE_ARGS: '--theme light'}, '\u001b[34m'],
  [[], {}, '\u001b[32m'],
])('text has the colours of the theme as well: %j %j', async (args, env, color) => {
  const {stdout} = await runProgram(['--text', '--color', 'always', ...args, nested], {env});
  expect(stdout).toContain(color);
});

it('--theme mono has no colours, but reverse and bold', async () => {
  const {output} = await open(['--theme', 'mono']);
  // Parameters of all SGR sequences.
  const styles = new Set(
    output()
      .match(/(?<=\[)[\d;]*(?=m)/g)!
      .flatMap(codes => codes.split(';')),
  );
  expect([...styles].filter(code => Number(code) >= 30)).toEqual([]);
  expect(styles).toContain('7');
  expect(styles).toContain('1');
});

it.each([
  {LC_ALL: 'C'},
  {LC_ALL: '', LC_CTYPE: '', LANG: 'en_US.ISO-8859-1'},
  {TERM: 'vt100'},
  {TERM: 'linux'},
])('a terminal without UTF-8 or with few characters (%j) gets ASCII', async env => {
  terminal = openTerminal([nested], {columns: 100, rows: 30, env: {COLORTERM: '', ...env}});
  await terminal.waitFor(/^> +3\.664MB .*<ROOT>/m);
  expect(terminal.screen()).toMatch(/^[\x20-\x7e\n]*$/);
  terminal.press('?');
  await terminal.waitFor('Shift+Up');
  expect(terminal.screen()).toMatch(/^[\x20-\x7e\n]*$/);
});
