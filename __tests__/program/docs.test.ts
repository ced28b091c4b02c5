import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {splitWords} from '../../src/query/grammar/word.js';
import {runProgram} from '../helpers/run-program.js';
import {projectRoot} from '../helpers/terminal.js';

const PAGE = readFileSync(`${projectRoot}docs/finding-a-cause.md`, 'utf8');
const BLOCKS = [...PAGE.matchAll(/```console\n\$ memray-tree-ink (.*)\n([\s\S]*?)```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);

test('the page on finding a cause has commands', () => {
  expect(BLOCKS.length).toBeGreaterThan(3);
});

// A shell and written steps hold blanks in quotes alike.
test.each(BLOCKS)('memray-tree-ink %s prints what the page shows', async (command, output) => {
  const words = splitWords(command).map(({text}) => text);
  const {stdout, stderr, code} = await runProgram(words);
  expect({stdout, stderr, code}).toEqual({stdout: output, stderr: '', code: 0});
});
