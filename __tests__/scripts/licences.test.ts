import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {findPackages, formatLicences, readPackage, SUPPLIED_LICENCES} from '../../scripts/build/licences.js';
import {projectRoot} from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-licences-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function writePackage(path: string, manifest: object, files: Readonly<Record<string, string>>): void {
  const all = {'package.json': JSON.stringify({version: '1.0.0', license: 'MIT', ...manifest}), ...files};
  for (const [name, text] of Object.entries(all)) {
    const file = join(folder, 'node_modules', path, name);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
  }
}

writePackage('paint', {name: 'paint'}, {LICENSE: 'Copyright Ann\r\n', 'build/index.js': ''});
writePackage('paint/build', {name: undefined, version: undefined, type: 'module'}, {});
writePackage('paint/node_modules/paint', {name: 'paint', version: '0.9.0'}, {LICENCE: 'Copyright Ann'});
writePackage('lines', {name: 'lines', license: 'Apache-2.0'}, {'LICENSE.md': 'Terms', NOTICE: 'By Bob'});
writePackage('bare', {name: 'bare'}, {});

function readLicence(installed: string): string {
  const name = readdirSync(installed).find(file => /^licen[cs]e/i.test(file))!;
  return readFileSync(join(installed, name), 'utf8');
}

const find = (...modules: readonly string[]) =>
  findPackages(modules.map(path => join(folder, 'node_modules', path)));

describe('the licences of bundled packages', () => {
  test('are of each package and version, nested ones too', () => {
    const modules = ['paint/node_modules/paint/index.js', 'paint/build/index.js', 'paint/build/other.js'];
    expect(find(...modules).map(({name, version}) => `${name} ${version}`)).toEqual([
      'paint 0.9.0',
      'paint 1.0.0',
    ]);
    expect(findPackages([join(folder, 'src/own.ts')])).toEqual([]);
  });

  test('stand there once, with notices', () => {
    const modules = ['paint/build/index.js', 'lines/index.js', 'paint/node_modules/paint/index.js'];
    expect(
      formatLicences(find(...modules)),
    ).toBe(`memray-tree-ink contains code of these packages. Their licences:

--------------------------------------------------------------------------------
lines 1.0.0 (Apache-2.0)

Terms

By Bob

--------------------------------------------------------------------------------
paint 0.9.0 (MIT)
paint 1.0.0 (MIT)

Copyright Ann
`);
  });

  test('may be supplied, as long as the package says the same', () => {
    const packages = find('bare/index.js');
    const message =
      'bare 1.0.0 (MIT) is bundled but has no licence text; scripts/build/licences.ts can supply it';
    expect(() => formatLicences(packages)).toThrow(message);
    expect(() => formatLicences(packages, {bare: {license: 'ISC', text: 'ISC'}})).toThrow(message);
    expect(formatLicences(packages, {bare: {license: 'MIT', text: 'Copyright Cy'}})).toContain(
      'bare 1.0.0 (MIT)\n\nCopyright Cy\n',
    );
  });
});

describe('the file in the package', () => {
  const text = readFileSync(join(projectRoot, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
  const listed = [...text.matchAll(/^(\S+) (\d+\.\d+\.\S+) \(.*\)$/gm)].map(([, name]) => name!);
  const readInstalled = (name: string) => readPackage(join(projectRoot, 'node_modules', name));

  /** What the code imports, and what is compiled in; the packages that these need are in the file as well. */
  const direct = [
    ...[
      'assemblyscript',
      'highlight.js',
      'ink',
      'ink-syntax-highlight',
      'lowlight',
      'pako',
      'pprof-format',
      're2js',
      'react',
    ],
    ...['react-reconciler', 'scheduler', 'string-width', 'yargs', 'yoga-layout', 'zustand'],
  ];

  test.each(direct)('has the version and the copyright of %s', name => {
    const {version, license, folder: installed} = readInstalled(name);
    expect(text).toContain(`${name} ${version} (${license})`);
    const own = SUPPLIED_LICENCES[name]?.text ?? readLicence(installed);
    const copyright = own.split('\n').find(line => /^\s*(?:copyright \(c\)|\(c\)|Copyright)/i.test(line));
    expect(text).toContain((copyright ?? own.trim().split('\n')[0]!).trim());
  });

  test('has no package that is not bundled', () => {
    expect(listed.length).toBeGreaterThan(direct.length);
    const {devDependencies} = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const tools = Object.keys(devDependencies).filter(name => !direct.includes(name));
    expect(listed.filter(name => tools.includes(name))).toEqual(['rolldown']);
  });
});
