import {expect, test} from 'vitest';
import {deriveTree, readCapture, toText} from '../../../src/headless.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {runProgram} from '../../helpers/run-program.js';

const path = `${fixturesDirectory}/imports.bin`;

test.each([
  'all',
  'flat by:function sort:own',
  'flat by:package sort:count reverse',
  'inverted by:module',
  'callers:fn:=loads',
  'through:json by:function',
])('toText prints what --text prints: %s', async view => {
  const {stdout} = await runProgram(['--text', '--view', view, path]);
  const result = await readCapture(path, {allLocations: true});
  expect(toText(await deriveTree(result, view), {name: path})).toBe(stdout);
});

test('filters are applied as the last steps', async () => {
  const view = 'flat by:function';
  const {stdout} = await runProgram(['--text', '--show-uninteresting', '--view', view, path]);
  const filters = {hideUninteresting: false};
  expect(toText(await readCapture(path, {view}), {name: path, filters})).toBe(stdout);
});
