import {afterEach, describe, expect, it} from 'vitest';
import {COMMANDS} from '../../src/commands/commands.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {
  nodeBinary,
  openTerminal,
  programPath,
  type Terminal,
  type TerminalOptions,
} from '../helpers/terminal.js';

const imports = `${fixturesDirectory}/imports.bin`;

let terminal: Terminal;
afterEach(() => terminal.dispose());

async function open(options: TerminalOptions, args: readonly string[] = []): Promise<void> {
  terminal = openTerminal([...args, imports], {...options, env: {TMUX: undefined, STY: undefined}});
  await terminal.waitFor(screen => /^[❯>] .*<ROOT>/mu.test(screen) && /^peak [·|] /m.test(screen));
}

/** What the program wrote into the clipboard last. */
function readCopied(): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  const copied = [...terminal.output().matchAll(/\u001b\]52;c;([^\u0007]*)\u0007/g)].at(-1);
  return Buffer.from(copied?.[1] ?? '', 'base64').toString();
}

const getRoot = (screen: string): string => /(\S+) +100\.00 % .*<ROOT>/u.exec(screen)?.[1] ?? '';

/** Copies the command of the view, and runs it: what it prints. */
async function runCopied(): Promise<{readonly command: string; readonly stdout: string}> {
  terminal.press('Y');
  await terminal.waitFor('Copied: ');
  const command = readCopied();
  const view = /--view (?:'([^']*)'|(\S+))/.exec(command);
  const {code, stdout} = await runProgram(['--json', '--view', view?.[1] ?? view?.[2] ?? 'peak', imports]);
  expect(code).toBe(0);
  return {command, stdout};
}

describe.each<[TerminalOptions, readonly string[]]>([
  [{columns: 80, rows: 24}, []],
  [{columns: 120, rows: 40}, []],
  [{columns: 100, rows: 30}, ['--ascii']],
])('the course of a run, %j %j', (options, args) => {
  it('is gone through by keys, and the commands that are copied show the same', async () => {
    await open(options, args);
    const atPeak = getRoot(terminal.screen());
    terminal.press('T');
    await terminal.waitFor(/Time: heap \S+ at .*@/);
    terminal.press('home');
    await terminal.waitFor(/^at @\d+ [·|] /m);
    const atFirst = await runCopied();
    expect(atFirst.command).toContain('at:@');
    expect(JSON.parse(atFirst.stdout).query).toEqual([expect.stringMatching(/^at:@\d+$/)]);
    terminal.press('right', 'right');
    await terminal.waitFor(screen => /^at @\d+ [·|] /m.test(screen) && !screen.includes('Copied'));
    terminal.press('shift-right', 'shift-right', 'shift-right');
    await terminal.waitFor(/^peak @\d+\.\.@\d+ [·|] /m);
    terminal.press('space');
    await terminal.waitFor(/^grown @\d+\.\.@\d+ [·|] /m);
    terminal.press('escape');
    await terminal.waitFor(screen => /^ {2}Time: grown/m.test(screen));
    terminal.press('}');
    await terminal.waitFor(/^grown @288\.\.@1156 [·|] /m);
    const rise = await runCopied();
    const {tree, from, to} = JSON.parse(rise.stdout);
    expect(from.heap).toBeLessThan(to.heap);
    expect(tree.bytes).toBeGreaterThan(0);
    terminal.press('P');
    await terminal.waitFor(/^at #\d+ [·|] /m);
    terminal.press('p');
    await terminal.waitFor(screen => /^peak [·|] /m.test(screen) && getRoot(screen) === atPeak);
    terminal.press('g', 'B');
    await terminal.waitFor(/^at @\d+ [·|] /m);
    terminal.press('backspace');
    await terminal.waitFor(screen => /^peak [·|] /m.test(screen) && getRoot(screen) === atPeak);
    terminal.press('O');
    await terminal.waitFor(screen => /\|/.test(/^[❯>].*<ROOT>/mu.exec(screen)?.[0] ?? ''));
    terminal.press('v');
    await terminal.waitFor(/^leaks [·|] /m);
    terminal.press('T');
    await terminal.waitFor(screen => !screen.includes('Time: '));
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
    if (args.includes('--ascii')) expect(terminal.screen()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it.each([0, 1, 2, 3, 4])('q ends it after %i keys', async count => {
    await open(options, args);
    terminal.press(...['T', 'home', 'shift-right', '}', 'O'].slice(0, count), 'q');
    expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  });
});

it('starts with the rows over time', async () => {
  await open({columns: 120, rows: 40}, ['--over-time']);
  await terminal.waitFor(screen => (/^❯.*<ROOT>/mu.exec(screen)?.[0] ?? '').includes('|'));
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
});

it('every key can be pressed with the strip open', async () => {
  await open({columns: 120, rows: 40});
  const leaving = ['q', 'ctrl+c', 'ctrl+z', 'o', 'W', 'escape'];
  const keys = COMMANDS.flatMap(({keys: own}) => own).filter(key => !leaving.includes(key));
  for (const key of keys) {
    terminal.press('T', key === '+' ? key : key.replace('+', '-'));
  }
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
});

it('a screen reader reads what is chosen', async () => {
  terminal = openTerminal([imports], {columns: 100, rows: 30, env: {INK_SCREEN_READER: 'true'}});
  await terminal.waitFor('Row 1 of 63: ');
  terminal.press('T');
  await terminal.waitFor(/^Time strip: heap \S+ at [\s\S]*Left and right choose a\s+moment/m);
  terminal.press('home');
  await terminal.waitFor(/^Time strip: heap \S+ at \S+ \(@25\)/m);
  terminal.press('shift-right');
  await terminal.waitFor(/^Time strip: highest state from /m);
  terminal.press('space');
  await terminal.waitFor(/^Time strip: grown from /m);
  expect(terminal.screen()).toMatch(/^[\x20-\x7e\n]*$/);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
});

it('of an aggregated capture there are sizes over time, and keys that say why there is no moment', async () => {
  terminal = openTerminal([`${fixturesDirectory}/aggregate-threads.bin`], {columns: 100, rows: 30});
  await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
  terminal.press('T');
  await terminal.waitFor('Time: heap and resident memory as they were recorded');
  terminal.press('home');
  await terminal.waitFor('Recorded with --aggregate: there are no moments');
  terminal.press('O');
  await terminal.waitFor('Aggregated captures hold no sizes over time');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
});

it('of standard input the moments that are kept are shown', async () => {
  const command = ['sh', '-c', `"${process.execPath}" "${programPath}" - <"${imports}"`];
  terminal = openTerminal([], {columns: 100, rows: 30, command});
  await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
  const atPeak = getRoot(terminal.screen());
  terminal.press('T', 'home');
  await terminal.waitFor(/^at @\d+ · /m);
  terminal.press('escape');
  await terminal.waitFor(/^ {2}Time: /m);
  terminal.press(...':at:50%', 'enter');
  await terminal.waitFor(screen => /^at @\d{4,} · /m.test(screen));
  terminal.press('}');
  await terminal.waitFor('Standard input cannot be read again for this');
  terminal.press('p');
  await terminal.waitFor(screen => /^peak · /m.test(screen) && getRoot(screen) === atPeak);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
});

it('is drawn as in a pipe where a terminal does not know its size', async () => {
  const {stdout} = await runProgram(['--timeline', imports]);
  const unsized = ['sh', '-c', 'stty cols 0 rows 0; exec "$@"', 'sh', nodeBinary, programPath];
  terminal = openTerminal(['--timeline', imports], {command: unsized});
  await terminal.exited;
  expect(terminal.output().replaceAll('\r\n', '\n')).toContain(stdout);
});
