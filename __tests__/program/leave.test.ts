import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {openShell, type Shell} from '../helpers/shell.js';

const nested = `${fixturesDirectory}/nested.bin`;
let shell: Shell;
afterEach(() => shell.dispose());

/** Modes that were switched on and not off again. */
function listModesLeftOn(output: string): string[] {
  // The cursor is a mode that is on from the start.
  const modes = new Set(['25']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  for (const [, numbers, end] of output.matchAll(/\u001b\[\?([\d;]+)([hl])/g)) {
    for (const mode of numbers!.split(';')) end === 'h' ? modes.add(mode) : modes.delete(mode);
  }
  return [...modes];
}

/**
 * Opens a shell with something on its screen, starts the program in it, and waits until it shows its tree.
 */
async function start(command = `program '${nested}'`) {
  shell = await openShell({columns: 100, rows: 30});
  const before = await shell.ask('stty -a | cksum');
  const modesBefore = listModesLeftOn(shell.output());
  const screen = (await shell.prompted()).filter(line => line !== '');
  shell.run(command);
  await shell.waitFor('3.664MB');
  expect(shell.screen()).not.toContain('cksum');
  return async () => {
    const lines = (await shell.prompted()).filter(line => line !== '');
    expect(shell.isAlternateScreen()).toBe(false);
    // What stood there stands there again, and nothing but a message came to it.
    expect(lines.slice(0, screen.length - 1)).toEqual(screen.slice(0, -1));
    expect(await shell.ask('stty -a | cksum')).toBe(before);
    expect(listModesLeftOn(shell.output())).toEqual(modesBefore);
    return lines.slice(screen.length, -1);
  };
}

describe('leaves the shell as it was', () => {
  it('on q', async () => {
    const restored = await start();
    shell.press('q');
    await shell.prompted();
    expect(await shell.ask('echo "code $?"')).toBe('code 0');
    await restored();
  });

  it('on Ctrl+C', async () => {
    const restored = await start();
    shell.press('ctrl-c');
    await shell.prompted();
    expect(await shell.ask('echo "code $?"')).toBe('code 130');
    await restored();
  });

  it.each([
    ['is thrown', "throw new Error('broken \\x1b[31mpart')"],
    ['rejects', "void Promise.reject(new Error('broken \\x1b[31mpart'))"],
  ])('when an error %s that nobody expects, with one line about it', async (_, statement) => {
    const preload = encodeURIComponent(`process.on('SIGURG', () => {${statement}})`);
    const restored = await start(
      `"$NODE" --import 'data:text/javascript,${preload.replaceAll("'", '%27')}' "$PROGRAM" '${nested}'`,
    );
    process.kill(shell.getChildPid(), 'SIGURG');
    const message = await restored();
    expect(message.join('')).toMatch(
      /memray-tree-ink: unexpected error: broken ␛\[31mpart \(this is a bug in/,
    );
    expect(message.join('')).not.toContain('    at ');
  });

  it.each([
    ['TERM', 143],
    ['HUP', 129],
    ['INT', 130],
    ['QUIT', 131],
    ['ABRT', 134],
    ['USR1', 138],
    ['USR2', 140],
    ['ALRM', 142],
    ['XCPU', 152],
    ['VTALRM', 154],
    ['PROF', 155],
  ])('on SIG%s', async (signal, code) => {
    const restored = await start();
    process.kill(shell.getChildPid(), `SIG${signal}` as NodeJS.Signals);
    await shell.prompted();
    expect(await shell.ask('echo "code $?"')).toBe(`code ${code}`);
    await restored();
  });
});

it('goes on after SIGPIPE, which Node ignores', async () => {
  const restored = await start();
  process.kill(shell.getChildPid(), 'SIGPIPE');
  shell.press('?');
  await shell.waitFor('one row up');
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
  await restored();
});

it('goes on while Node profiles it, for which it uses SIGPROF', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leave-'));
  const restored = await start(`"$NODE" --cpu-prof --cpu-prof-dir='${folder}' "$PROGRAM" '${nested}'`);
  shell.press('?');
  await shell.waitFor('one row up');
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  rmSync(folder, {recursive: true});
  await restored();
});

it('starts the line after it on a row of its own below a prompt', async () => {
  shell = await openShell({columns: 100, rows: 30});
  shell.run(`program --inline '${nested}'`);
  await shell.waitFor('3.664MB');
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
});

it('writes nothing to standard error where that is a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leave-'));
  shell = await openShell({columns: 100, rows: 30});
  shell.run(`program '${nested}' 2>'${folder}/stderr'`);
  await shell.waitFor('3.664MB');
  shell.press('q');
  await shell.prompted();
  const written = readFileSync(join(folder, 'stderr'), 'utf8');
  rmSync(folder, {recursive: true});
  expect(written).toBe('');
});
