import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {splitWords} from '../../src/query/grammar/word.js';
import {runProgram} from '../helpers/run-program.js';
import {projectRoot} from '../helpers/terminal.js';

const PAGES = ['reading', 'finding-a-cause', 'over-time', 'comparing', 'gates'];

/** A command that is followed by the exit code has that as its last line. */
const ASKS_CODE = '; echo $?';

function listBlocks(page: string) {
  const text = readFileSync(`${projectRoot}docs/${page}.md`, 'utf8');
  const blocks = [...text.matchAll(/```console\n\$ memray-tree-ink (.*)\n([\s\S]*?)```/g)];
  return blocks.map(([, command, output]) => ({command: command!, output: output!}));
}

describe.each(PAGES)('docs/%s.md', page => {
  test('has commands', () => {
    expect(listBlocks(page).length).toBeGreaterThan(1);
  });

  // A shell and written steps hold blanks in quotes alike.
  test.each(listBlocks(page))('$command prints what the page shows', async ({command, output}) => {
    const asksCode = command.endsWith(ASKS_CODE);
    const words = splitWords(asksCode ? command.slice(0, -ASKS_CODE.length) : command).map(({text}) => text);
    const {stdout, stderr, code} = await runProgram(words);
    const shown = {stdout: asksCode ? `${stdout}${code}\n` : stdout, stderr};
    expect(shown).toEqual({stdout: output, stderr: ''});
    expect(asksCode || code === 0).toBe(true);
  });
});
