import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type OutputChunk, rolldown} from 'rolldown';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {checkPageChunks} from '../../scripts/build/page-chunks.js';
import {createPlatformForms} from '../../scripts/build/platform-forms.js';

const FILES: Readonly<Record<string, string>> = {
  'src/main.ts': `import {now} from './clock/now.js'; import {twice} from './twice.js'; console.log(twice(now));`,
  'src/twice.ts': `export const twice = run => run() + run();`,
  'src/clock/now.ts': `import {hrtime} from 'node:process'; import {twice} from '../twice.js';
export const now = () => twice(() => 'Node ' + hrtime());`,
  'src/clock/now.browser.ts': `export const now = () => 'page';`,
  'src/disk/now.ts': `export const now = 'no form of the clock';`,
};

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'memray-tree-ink-forms-')));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
});

afterEach(() => rmSync(folder, {recursive: true}));

async function build(main = 'src/main.ts') {
  const {entries, plugin} = createPlatformForms(folder);
  const bundle = await rolldown({
    cwd: folder,
    input: {headless: join(folder, main), ...entries},
    platform: 'node',
    plugins: [plugin],
    resolve: {extensionAlias: {'.js': ['.ts', '.js']}},
  });
  const {output} = await bundle.generate({format: 'esm', entryFileNames: '[name].js'});
  await bundle.close();
  return output;
}

const find = (output: Awaited<ReturnType<typeof build>>, name: string) =>
  output.find(file => file.fileName === name) as OutputChunk;

test('what has two forms is in two files, and is imported by a name', async () => {
  const output = await build();
  expect(find(output, 'headless.js').imports).toContain('#platform');
  expect(find(output, 'node/platform.js').code).toContain('Node ');
  expect(find(output, 'browser/platform.js').code).toContain('page');
  expect(find(output, 'browser/platform.js').exports).toEqual(['now']);
});

test('everything else is there once, for all forms', async () => {
  const output = await build();
  const holders = output.filter(file => file.type === 'chunk' && file.code.includes('run() + run()'));
  expect(holders).toHaveLength(1);
  expect(find(output, 'node/platform.js').imports).toContain(holders[0]!.fileName);
});

test('a module of the same name has one form', async () => {
  writeFileSync(join(folder, 'src/main.ts'), `import {now} from './disk/now.js'; console.log(now);`);
  expect(find(await build(), 'headless.js').code).toContain('no form of the clock');
});

test('pages load nothing that is for Node only', async () => {
  const output = await build();
  expect(() => checkPageChunks(output)).not.toThrow();
  writeFileSync(
    join(folder, 'src/twice.ts'),
    `import {cwd} from 'node:process'; export const twice = () => cwd();`,
  );
  const wrong = await build();
  expect(() => checkPageChunks(wrong)).toThrow(/^pages load \S+\.js, which imports node:process$/);
});
