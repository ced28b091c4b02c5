import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {OPTION_ROWS} from '../../bin/cli-table.js';
import {formatFish} from '../../scripts/build/shell/completions.js';
import {formatManPage} from '../../scripts/build/shell/man-page.js';
import {projectRoot} from '../helpers/terminal.js';

const completions = join(projectRoot, 'dist/completions');

/** What bash offers for the last word. It takes words apart at "=". */
function complete(...words: readonly string[]): readonly string[] {
  const script = `source "$0"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_memray_tree_ink
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const file = join(completions, 'memray-tree-ink.bash');
  const args = ['--norc', '-c', script, file, 'memray-tree-ink', ...words];
  const {stdout, stderr} = spawnSync('bash', args, {encoding: 'utf8', cwd: projectRoot});
  expect(stderr).toBe('');
  return stdout.split('\n').filter(line => line !== '');
}

describe('bash', () => {
  it('offers options', () => {
    expect(complete('--th')).toEqual(['--through', '--theme']);
    expect(complete('--')).toEqual(OPTION_ROWS.map(([name]) => `--${name}`));
  });

  it('offers values', () => {
    expect(complete('--theme', 'con')).toEqual(['contrast', 'contrast-light']);
    expect(complete('--by', '=', 'm')).toEqual(['module']);
    expect(complete('r.bin', '--sort', '=')).toContain('own');
    expect(complete('-b', '')).toEqual([]);
  });

  it('offers files and folders', () => {
    expect(complete('exam')).toEqual(['examples']);
    expect(complete('--ignore', 'README')).toEqual(['README.md']);
    expect(complete('--symbols', 'exam')).toEqual(['examples']);
    expect(complete('--symbols', 'README')).toEqual([]);
  });
});

describe.each([
  ['_memray-tree-ink', (name: string) => `--${name}`],
  ['memray-tree-ink.fish', (name: string) => ` -l ${name} `],
])('%s', (file, spell) => {
  it('has each option, in quotes that are closed', () => {
    const text = readFileSync(join(completions, file), 'utf8');
    for (const [name] of OPTION_ROWS) expect(text).toContain(spell(name));
    for (const line of text.split('\n'))
      expect(line.replaceAll(/'(?:[^'\\]|\\.)*'|\\'/g, '')).not.toContain("'");
  });
});

it('gives the values of an option no description in fish, which would repeat that of the option', () => {
  const themes = formatFish()
    .split('\n')
    .find(line => line.includes(' -l theme '));
  expect(themes).toContain(String.raw` -a 'auto\\t dark\\t `);
});

describe('the manual page', () => {
  const page = formatManPage('1.2.3', '2026-11-27');

  it('has all options, and what the environment decides', () => {
    for (const [name] of OPTION_ROWS) expect(page).toContain(`\\-\\-${name.replaceAll('-', '\\-')}`);
    expect(page).toContain('MEMRAY_TREE_ARGS');
    expect(page.split('\n')[0]).toBe(
      '.TH MEMRAY-TREE-INK 1 "2026-11-27" "memray-tree-ink 1.2.3" "User Commands"',
    );
  });

  it('is ASCII', () => expect(page).toMatch(/^[\n -~]*$/));

  it('has no line that is a command by accident', () => {
    const commands = new Set(['.TH', '.SH', '.SS', '.TP', '.B', '.BR', '.br', '.nf', '.fi']);
    const lines = page.split('\n').filter(line => /^[.']/.test(line));
    expect(lines.filter(line => !commands.has(line.split(' ')[0]!))).toEqual([]);
  });
});
