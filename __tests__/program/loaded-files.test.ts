import {readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {expect, test} from 'vitest';
import {programPath, projectRoot} from '../helpers/terminal.js';

const dist = join(projectRoot, 'dist');
const {imports} = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly imports: Readonly<Record<string, {readonly default: string}>>;
};

/** The files of the package that one of them imports: always, or when it is needed. */
function importsOf(file: string, kind: 'static' | 'dynamic'): string[] {
  const source = readFileSync(join(dist, file), 'utf8');
  const pattern =
    kind === 'static' ? /(?:from|import)\s*["'`]([.#][^"'`]+)["'`]/g : /import\(["'`]([.#][^"'`]+)["'`]\)/g;
  return [...source.matchAll(pattern)].map(([, name]) =>
    name!.startsWith('#')
      ? relative(dist, join(projectRoot, imports[name!]!.default))
      : join(dirname(file), name!),
  );
}

/** A file and all that is loaded with it. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const imported of importsOf(file, 'static')) loadedWith(imported, loaded);
  return loaded;
}

test('a report loads few files: each costs time', () => {
  const entry = relative(dist, programPath);
  const main = importsOf(entry, 'dynamic').find(file => file.startsWith('bin/main-'))!;
  const started = loadedWith(main, loadedWith(entry));
  const report = [...started]
    .flatMap(file => importsOf(file, 'dynamic'))
    .find(file => file.startsWith('bin/run-report-'))!;
  const loaded = loadedWith(report, started);
  const names = [...loaded].filter(file => file !== entry).map(file => file.replace(/-[\w-]{8}\.js$/, ''));
  expect(names.toSorted()).toEqual([
    'bin/main',
    'bin/reading',
    'bin/run-report',
    'bin/shared',
    'bin/start',
    // What pages load too, and what only Node does.
    'chunks/reading',
    'chunks/reading',
    'chunks/shared',
    'chunks/start',
    'chunks/start',
    'node/platform.js',
  ]);
});
