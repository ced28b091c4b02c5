import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type OutputChunk, rolldown} from 'rolldown';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {
  checkHostModules,
  createHostPlugin,
  toFilePath,
  toHostEntry,
} from '../../scripts/build/host-modules.js';

// A command line that brings its React, and a library that shows the same component with the React of its host.
const FILES: Readonly<Record<string, string>> = {
  'node_modules/react/package.json': '{"name": "react", "type": "module", "main": "index.js"}',
  'node_modules/react/index.js': `export const createElement = () => 'own React';`,
  'src/command.ts': `import {Row} from '../components/Row.js'; console.log(Row());`,
  'src/library.ts': `export {Row} from '../components/Row.js';`,
  'src/sum.ts': `export const sum = (): string => 'a sum that needs no React';`,
  'components/Row.tsx': `import {createElement} from 'react'; import {sum} from '../src/sum.js';
export const Row = () => createElement(sum());`,
};

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'memray-tree-ink-host-')));
  for (const [name, text] of Object.entries(FILES)) write(name, text);
});

afterEach(() => rmSync(folder, {recursive: true}));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), {recursive: true});
  writeFileSync(join(folder, name), text);
}

async function build(): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    cwd: folder,
    input: {command: join(folder, 'src/command.ts'), library: toHostEntry(join(folder, 'src/library.ts'))},
    platform: 'node',
    plugins: [createHostPlugin()],
    resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
  });
  const {output} = await bundle.generate({format: 'esm', entryFileNames: '[name].js'});
  await bundle.close();
  return output.filter(chunk => chunk.type === 'chunk');
}

/** The ids of the modules of an entry and of what it imports. */
function listModules(chunks: readonly OutputChunk[], fileName: string): readonly string[] {
  const chunk = chunks.find(each => each.fileName === fileName);
  if (chunk === undefined) return [];
  return [...chunk.moduleIds, ...chunk.imports.flatMap(imported => listModules(chunks, imported))];
}

const toNames = (ids: readonly string[]) =>
  [...new Set(ids.map(id => toFilePath(id).slice(folder.length + 1)))].toSorted();

test('the library has the components without React, which the host brings', async () => {
  const chunks = await build();
  const modules = listModules(chunks, 'library.js');
  expect(toNames(modules)).toEqual(['components/Row.tsx', 'src/library.ts', 'src/sum.ts']);
  expect(chunks.find(({fileName}) => fileName === 'library.js')!.imports).toContain('react');
  expect(() => checkHostModules(modules)).not.toThrow();
});

test('the command line has a React of its own', async () => {
  const modules = listModules(await build(), 'command.js');
  expect(toNames(modules)).toContain('node_modules/react/index.js');
});

test('what needs no React is there once', async () => {
  const holders = (await build()).filter(({code}) => code.includes('a sum that needs no React'));
  expect(holders).toHaveLength(1);
});

test('a module that uses React, and is not known to, ends the build', async () => {
  write('src/sum.ts', `import {createElement} from 'react'; export const sum = () => createElement();`);
  const modules = listModules(await build(), 'library.js');
  expect(() => checkHostModules(modules)).toThrow(
    /^the library contains .*\/node_modules\/react\/index\.js: a module that uses React is not in USES_REACT$/,
  );
});
