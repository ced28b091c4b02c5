import {describe, expect, it} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import {OPTION_ROWS, type OptionName} from '../../bin/cli-table.js';
import type {CliOptions} from '../../bin/cli-values.js';
import {addDefaults, EXAMPLE_LINES} from '../../bin/default-arguments.js';

const parse = (defaults: string, line: string) =>
  addDefaults(defaults, line.split(' '), async words => parseCliOptions(words));

async function getOptions(defaults: string, line: string): Promise<CliOptions> {
  const command = await parse(defaults, line);
  if (command.kind !== 'run') throw new Error(JSON.stringify(command));
  return command.options;
}

async function getMessage(defaults: string, line: string): Promise<string> {
  const command = await parse(defaults, line);
  return command.kind === 'usage-error' ? command.message : command.kind;
}

describe('defaults of the environment', () => {
  it('are options like those of the command line, which overrules them', async () => {
    expect(await getOptions('--ascii --theme light', 'r.bin')).toMatchObject({ascii: true, theme: 'light'});
    expect(await getOptions('--theme light -b 7', '--theme dark r.bin')).toMatchObject({theme: 'dark'});
    expect(await getOptions(`--source-root 'a b'`, 'r.bin')).toMatchObject({sourceRoot: 'a b'});
    expect(await getOptions('  ', 'r.bin')).toEqual(await getOptions('', 'r.bin'));
  });

  it('may be overruled without a note, what the command line itself overrules may not', async () => {
    expect((await getOptions('--leaks', '--view peak r.bin')).overridden).toEqual([]);
    expect((await getOptions('--ascii', '--leaks --view peak r.bin')).overridden).toHaveLength(1);
    expect((await getOptions('--limit 3', '--export csv r.bin')).unused).toEqual([]);
    expect((await getOptions('--ascii', '--limit 3 --export csv r.bin')).unused).toHaveLength(1);
    // Of what is typed, the defaults decide as well whether it has an effect.
    expect((await getOptions('--json', '--flat --depth 0 r.bin')).unused).toEqual([]);
    expect((await getOptions('--flat', '--depth=3 r.bin')).unused).toEqual([
      '--depth: has no effect on tables',
    ]);
  });

  it('leave what comes after -- alone', async () => {
    expect(await getOptions('--ascii', '-- --text')).toMatchObject({
      ascii: true,
      results: '--text',
      text: false,
    });
  });

  it('hold neither captures nor unfinished options', async () => {
    const takes =
      'MEMRAY_TREE_ARGS takes options with their whole names, such as --ascii --theme light, but is ';
    expect(await getMessage('r.bin', 'r.bin')).toBe(`${takes}r.bin`);
    expect(await getMessage('--theme', 'r.bin')).toBe(`${takes}--theme`);
    expect(await getMessage('--nothing', 'r.bin')).toBe(`${takes}--nothing`);
    expect(await getMessage('--source-root "a', 'r.bin')).toBe(
      'MEMRAY_TREE_ARGS has a quote that is not closed',
    );
  });

  it.each([
    ['--color always', '--no-color r.bin', {color: 'never'}],
    ['--no-color', '--color always r.bin', {color: 'always'}],
    ['--text', '--json r.bin', {text: false, json: true}],
    ['--csv', '--json r.bin', {csv: false, json: true}],
    ['--leaks', '--temporary-allocations r.bin', {query: {select: {kind: 'temporary'}}}],
    ['--limit 5', '--timeline r.bin', {limit: null, timeline: true}],
    ['--diff a.bin --normalize', '--timeline r.bin', {input: {kind: 'file'}}],
    ['--follow', '--live 5000', {input: {kind: 'live'}}],
    ['--export html --with-source', '--text r.bin', {exportFormat: null, text: true}],
    ['--csv', 'r.bin', {csv: false}],
    ['--save s.bin', 'r.bin', {save: null}],
  ])('give way where they contradict the command line: %s, then %s', async (defaults, line, options) => {
    expect(await getOptions(defaults, line)).toMatchObject(options);
    expect(await getOptions(`--ascii ${defaults} --theme light`, line)).toMatchObject({
      ...options,
      ascii: true,
      theme: 'light',
    });
  });

  it('apply where the command line lets them', async () => {
    expect(await getOptions('--csv --no-color', '--flat r.bin')).toMatchObject({csv: true});
    expect(await getOptions('--normalize --diff a.bin --color always', '--no-color r.bin')).toMatchObject({
      query: {isNormalized: true},
      color: 'never',
    });
  });

  it('are named where they are wrong with any command line', async () => {
    expect(await getMessage('--theme lihgt', 'r.bin')).toBe(
      '--theme takes auto, dark, light, contrast, contrast-light or mono, not "lihgt" (MEMRAY_TREE_ARGS is --theme lihgt)',
    );
    expect(await getMessage('--limit x', '--timeline r.bin')).toContain('(MEMRAY_TREE_ARGS is --limit x)');
    expect(await getMessage('--text --json', 'r.bin')).toBe(
      '--text and --json cannot be used together (MEMRAY_TREE_ARGS is --text --json)',
    );
  });

  it('are not named where the command line is wrong without them', async () => {
    expect(await getMessage('--ascii', '--nothing r.bin')).toBe(await getMessage('', '--nothing r.bin'));
    expect(await getMessage('--leaks', '--text --json r.bin')).toBe(
      await getMessage('', '--text --json r.bin'),
    );
  });

  it.each(OPTION_ROWS)('--%s can be a default', async (name, row) => {
    const option = row.kind === 'switch' ? [`--${name}`] : [`--${name}`, SAMPLES[name] ?? 'x'];
    const kinds = EXAMPLE_LINES.map(line => parseCliOptions([...option, ...line]).kind);
    expect(kinds.some(kind => kind !== 'usage-error')).toBe(true);
  });
});

/** Values of options that do not take any word. */
const SAMPLES: Partial<Record<OptionName, string>> = {
  ...{'biggest-allocs': '1', 'temporary-allocation-threshold': '1', depth: '1', limit: '1', live: '5000'},
  ...{view: 'flat', by: 'line', sort: 'own', 'map-function': 'a=b', 'path-map': 'a=b', export: 'html'},
  ...{'fail-above': '1MB', 'fail-growth': '1MB', color: 'never', theme: 'dark'},
};
