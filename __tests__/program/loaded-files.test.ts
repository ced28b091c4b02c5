import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {programPath} from '../helpers/terminal.js';

const folder = path.dirname(programPath);

/** The files that a file of the bundle imports: always, or when it is needed. */
function importsOf(file: string, kind: 'static' | 'dynamic'): string[] {
  const source = readFileSync(path.join(folder, file), 'utf8');
  const pattern =
    kind === 'static' ? /(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g : /import\(["'`]\.\/([^"'`]+)["'`]\)/g;
  return [...source.matchAll(pattern)].map(match => match[1]!);
}

/** A file and all that is loaded with it. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const imported of importsOf(file, 'static')) loadedWith(imported, loaded);
  return loaded;
}

test('a report loads few files: each costs time', () => {
  const entry = path.basename(programPath);
  const main = importsOf(entry, 'dynamic').find(file => file.startsWith('main-'))!;
  const started = loadedWith(main, loadedWith(entry));
  const report = [...started]
    .flatMap(file => importsOf(file, 'dynamic'))
    .find(file => file.startsWith('run-report-'))!;
  const loaded = loadedWith(report, started);
  const names = [...loaded].filter(file => file !== entry).map(file => file.replace(/-[\w-]{8}\.js$/, ''));
  expect(names.toSorted()).toEqual(['main', 'reading', 'run-report', 'shared', 'start']);
});
