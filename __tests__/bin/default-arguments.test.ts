import {describe, expect, it} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import type {CliOptions} from '../../bin/cli-values.js';
import {addDefaults} from '../../bin/default-arguments.js';

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

  it('are named where only they make a mistake', async () => {
    expect(await getMessage('--csv', '--json r.bin')).toMatch(/^--.* \(MEMRAY_TREE_ARGS is --csv\)$/);
    expect(await getMessage('--ascii', '--nothing r.bin')).not.toContain('MEMRAY_TREE_ARGS');
  });
});
