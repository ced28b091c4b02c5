import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {rolldown} from 'rolldown';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {checkOverrides, createOverridePlugin} from '../../scripts/build/apply-overrides.js';
import {type Overrides, overrides as ownOverrides} from '../../src/ink-overrides/overrides.js';
import {projectRoot} from '../helpers/terminal.js';

/** A package `paint` whose `index.js` uses its `lines.js`, and what replaces that one. */
const FILES: Readonly<Record<string, string>> = {
  'packages/paint/package.json': '{"name": "paint", "type": "module", "main": "index.js"}',
  'packages/paint/index.js': `import {drawLine} from './lines.js';
import debug from 'paint-debugger';
const pattern = /slow/;
console.log(drawLine(), pattern, debug, new Clock());`,
  'packages/paint/lines.js': `const operations = [];
export const drawLine = () => 'original line';
export const eraseLine = () => operations;`,
  'own/lines.js': `import {drawLine as original} from './originals.ts';
export const drawLine = () => 'own line, not the ' + original();`,
  'own/originals.ts': `export {drawLine} from '../packages/paint/lines.js';`,
  'own/empty.js': 'export default undefined;',
  'main.js': `import './packages/paint/index.js';`,
};

const OVERRIDES: Overrides = {
  modules: [
    {
      original: 'paint/lines.js',
      replacement: 'lines.js',
      exports: ['drawLine'],
      reliesOn: ['const operations = [];'],
    },
    {original: 'paint-debugger', replacement: 'empty.js', exports: ['default'], isAbsent: true},
  ],
  patches: [{module: 'paint/index.js', before: 'const pattern = /slow/;', after: 'const pattern = "$&";'}],
  globals: [
    {global: 'Clock', replacement: {expression: 'Object'}, module: 'paint/index.js', use: 'new Clock()'},
  ],
};

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'overrides-')));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** The text of the bundle, or the error that stopped the build. */
async function buildWith(changes: Readonly<Record<string, string | null>>): Promise<string> {
  for (const [path, text] of Object.entries({...FILES, ...changes})) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  try {
    const folders = {packages: join(folder, 'packages'), replacements: join(folder, 'own')};
    const {plugin, checkUse} = await createOverridePlugin(folders, OVERRIDES);
    const bundle = await rolldown({input: join(folder, 'main.js'), plugins: [plugin], logLevel: 'silent'});
    const {output} = await bundle.generate({format: 'esm'});
    checkUse();
    return output[0].code;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

describe('a build with overrides', () => {
  test('has replacements, their originals, and patched code', async () => {
    const code = await buildWith({});
    expect(code).toContain('own line');
    expect(code).toContain('original line');
    expect(code).toContain('"$&"');
    expect(code).not.toContain('paint-debugger";');
  });

  test.each<[string, Readonly<Record<string, string | null>>, string]>([
    [
      'a moved original',
      {'packages/paint/lines.js': null, 'packages/paint/index.js': ''},
      'paint/lines.js, which lines.js replaces, does not exist',
    ],
    [
      'a renamed export',
      {'packages/paint/lines.js': 'const operations = [];\nexport const paintLine = () => operations;'},
      'paint/lines.js no longer exports drawLine, which lines.js replaces',
    ],
    [
      'an original that works in another way',
      {'packages/paint/lines.js': `const writes = [];\nexport const drawLine = () => writes;`},
      'paint/lines.js no longer contains what lines.js relies on: "const operations = [];"',
    ],
    [
      'a changed line where the build patches one',
      {'packages/paint/index.js': `import './lines.js';\nconst pattern = /fast/;\nnew Clock();`},
      'paint/index.js no longer contains what the build patches: "const pattern = /slow/;"',
    ],
    [
      'a global that is not used any more',
      {'packages/paint/index.js': `const pattern = /slow/;`},
      'paint/index.js no longer contains what the build replaces Clock for: "new Clock()"',
    ],
    [
      'an original that nothing imports any more',
      {
        'packages/paint/index.js': `import 'paint-debugger';\nconst pattern = /slow/;\nconsole.log(new Clock());`,
      },
      'nothing imports paint/lines.js any more, which src/ink-overrides replaces',
    ],
    [
      'an absent package that nothing imports any more',
      {'packages/paint/index.js': `import './lines.js';\nconst pattern = /slow/;\nconsole.log(new Clock());`},
      'nothing imports paint-debugger any more, which src/ink-overrides replaces',
    ],
    [
      'a replacement that is not there',
      {'own/empty.js': null},
      'empty.js, which should replace paint-debugger, does not exist',
    ],
  ])('stops at %s, in one line', async (_, changes, message) => {
    expect(await buildWith(changes)).toBe(`Error: ${message}`);
  });
});

test('the installed packages have what the build replaces', async () => {
  const folders = {
    packages: join(projectRoot, 'node_modules'),
    replacements: join(projectRoot, 'src/ink-overrides'),
  };
  await expect(checkOverrides(folders, ownOverrides)).resolves.toBeUndefined();
});
