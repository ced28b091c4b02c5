import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {findViolations, listImports, parseFolderRules} from './helpers/architecture.js';
import {projectRoot} from './helpers/terminal.js';

const rules = parseFolderRules(readFileSync(join(projectRoot, 'ARCHITECTURE.md'), 'utf8'));

/** What is made or installed and not kept in git. */
const isGenerated = (path: string) =>
  /^src\/(core|export)\/generated$/.test(path) || path.endsWith('/node_modules');

function listFiles(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), {withFileTypes: true}).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (isGenerated(path)) return [];
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function listFolders(folder: string): string[] {
  const entries = readdirSync(join(projectRoot, folder), {withFileTypes: true});
  const folders = entries.filter(entry => entry.isDirectory()).map(entry => `${folder}/${entry.name}`);
  return folders.filter(path => !isGenerated(path)).flatMap(path => [path, ...listFolders(path)]);
}

function readSources(folders: readonly string[]): Map<string, string> {
  const paths = folders.flatMap(listFiles).filter(path => /\.[cm]?[jt]sx?$/.test(path));
  return new Map(paths.map(path => [path, readFileSync(join(projectRoot, path), 'utf8')]));
}

const sources = readSources(['bin', 'components', 'hooks', 'src']);
/** AssemblyScript, whose exports are those of the wasm module. */
const typeScript = new Map([...sources].filter(([path]) => !path.startsWith('src/core/assembly/')));

/** Of packages: names as they are imported. */
function listPackages(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])([^.'"][^'"]*)\1/g)].map(match => match[2]!);
}

describe('imports', () => {
  test('are found', () => {
    const count = [...sources].reduce((sum, [path, text]) => sum + listImports(path, text).length, 0);
    expect(count).toBeGreaterThan(500);
    expect(listImports('src/reader/run-load.ts', sources.get('src/reader/run-load.ts')!)).toContain(
      'src/heap/capture-parser.js',
    );
  });

  test('are those that the table of ARCHITECTURE.md allows', () => {
    expect(findViolations(rules, sources)).toEqual([]);
  });

  test('of React, Ink and yargs are outside src/', () => {
    const wrong = [...sources].filter(
      ([path, text]) =>
        path.split('/').length > 2 &&
        path.startsWith('src/') &&
        listPackages(text).some(name => /^(react|ink|yargs|ink-syntax-highlight)(\/|$)/.test(name)),
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('of headless.ts lead to no React', () => {
    const reached = ['src/headless.ts'];
    for (const path of reached) {
      const targets = listImports(path, sources.get(path)!).map(target => target.replace(/\.js$/, ''));
      for (const target of targets) {
        const file = [`${target}.ts`, `${target}.tsx`].find(name => sources.has(name));
        if (file !== undefined && !reached.includes(file)) reached.push(file);
      }
    }
    const packages = reached.flatMap(path => listPackages(sources.get(path)!));
    expect(packages.filter(name => /^(react|ink|zustand)(\/|$)/.test(name))).toEqual([]);
    expect(reached).toContain('src/heap/capture-parser.ts');
  });
});

test('Safe text is made by src/format/sanitize.ts only', () => {
  const cast = /\bas\s+(?:unknown\s+as\s+)?(?:readonly\s+)?Safe\b|<Safe>\s*[('"`\w]/;
  const wrong = [...sources].filter(([path, text]) => path !== 'src/format/sanitize.ts' && cast.test(text));
  expect(wrong.map(([path]) => path)).toEqual([]);
});

test('results reach standard output where they are made safe for a terminal', () => {
  const printers = [...sources].filter(
    ([path, text]) =>
      /\bimport\b[^;]*\bprint\b[^;]*standard-streams\.js/.test(text) && path.startsWith('bin/'),
  );
  // The help and the version; annotations, which are lines of ours.
  expect(printers.map(([path]) => path).toSorted()).toEqual([
    'bin/main.ts',
    'bin/report-verdicts.ts',
    'bin/stream-output.ts',
  ]);
});

test('standard error is written where lines are made safe', () => {
  const writers = [...sources].filter(
    ([path, text]) => path.startsWith('bin/') && /\bstderr\.write\(/.test(text),
  );
  expect(writers.map(([path]) => path).toSorted()).toEqual([
    'bin/memray-tree-ink.ts',
    'bin/progress-line.ts',
    'bin/say.ts',
    'bin/standard-streams.ts',
    'bin/terminal/restore.ts',
    'bin/watch-errors.ts',
  ]);
});

test('private members are those that JavaScript hides', () => {
  const wrong = [...typeScript].filter(([, text]) => /^\s+private\s/m.test(text));
  expect(wrong.map(([path]) => path)).toEqual([]);
});

describe('the folders', () => {
  test.each(listFolders('src'))('%s opens with a short README', folder => {
    const lines = readFileSync(join(projectRoot, folder, 'README.md'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test('keep their files short', () => {
    const long = [...sources].filter(([, text]) => text.split('\n').length > 400).map(([path]) => path);
    expect(long).toEqual([]);
  });
});
