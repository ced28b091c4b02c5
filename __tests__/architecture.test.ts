import {readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {projectRoot} from './helpers/terminal.js';

/**
 * What each room may import: itself and these. Read it as the arrows of ARCHITECTURE.md:
 * bin → components → hooks → store → reader → tree → heap → capture → core, with leaves that anybody may use.
 */
const tools = ['src/base', 'src/platform', 'src/format', 'src/style'];
const leaves = [...tools, 'src/keymap', 'src/source', 'src/symbols'];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/base': [],
  'src/platform': [],
  'src/format': [],
  'src/style': ['src/format'],
  'src/ink-overrides': [],
  'src/keymap': [],
  'src/source': tools,
  'src/symbols': [...tools, 'src/source'],
  'src/capture': ['src/core', ...tools, 'src/symbols'],
  'src/heap': ['src/capture', 'src/core', ...tools, 'src/symbols'],
  'src/reader': ['src/tree', 'src/heap', 'src/capture', ...tools, 'src/symbols'],
  'src/tree': ['src/heap', 'src/capture', ...leaves],
  'src/report': ['src/tree', 'src/heap', 'src/capture', ...leaves],
  'src/store': ['src/tree', 'src/reader', 'src/heap', 'src/capture', ...leaves],
  hooks: ['src/store', 'src/tree', 'src/heap', 'src/capture', ...leaves],
  components: ['hooks', 'src/store', 'src/tree', 'src/heap', 'src/capture', ...leaves],
};
/** The façades are the doors of the house: they look at every room, and no room looks at them. */
const facades = ['src/index.ts', 'src/headless.ts', 'src/testing.tsx'];

interface Import {
  readonly from: string;
  readonly to: string;
}

function listSources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), {withFileTypes: true}).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (path === 'src/core/assembly' || path === 'src/core/generated') return [];
    if (entry.isDirectory()) return listSources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function listImports(folder: string): Import[] {
  return listSources(folder).flatMap(from => {
    const text = readFileSync(join(projectRoot, from), 'utf8');
    const specifiers = text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import '([^']+)'/gm,
    );
    return [...specifiers].map(match => ({
      from,
      to: resolveSpecifier(from, (match[1] ?? match[2] ?? match[3])!),
    }));
  });
}

function resolveSpecifier(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(projectRoot, resolve(projectRoot, dirname(from), specifier));
}

function getRoom(path: string): string | undefined {
  return Object.keys(mayImport).find(room => path.startsWith(`${room}/`));
}

const allImports = ['bin', 'components', 'hooks', 'src'].flatMap(listImports);

describe('the direction of imports', () => {
  test('finds the imports it judges', () => {
    expect(allImports.length).toBeGreaterThan(200);
    expect(allImports).toContainEqual({from: 'src/reader/run-reading.ts', to: 'src/heap/capture-parser.js'});
  });

  test('goes from the screen to the bytes only', () => {
    const wrong = allImports.filter(({from, to}) => {
      const room = getRoom(from);
      const target = getRoom(to);
      return room && target && room !== target && !mayImport[room]!.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test('leaves React, Ink and yargs outside src/', () => {
    const wrong = allImports.filter(
      ({from, to}) =>
        getRoom(from)?.startsWith('src/') && /^(react|ink|yargs|ink-syntax-highlight)(\/|$)/.test(to),
    );
    expect(wrong).toEqual([]);
  });

  test('never leads into the façades or bin/', () => {
    const wrong = allImports.filter(({from, to}) => {
      const target = to.replace(/\.js$/, '');
      const isFacade = facades.some(facade => facade.replace(/\.tsx?$/, '') === target);
      return (isFacade && !facades.includes(from)) || (to.startsWith('bin/') && !from.startsWith('bin/'));
    });
    expect(wrong).toEqual([]);
  });

  test('headless.ts loads no React', () => {
    const reached = new Set<string>();
    const queue = ['src/headless'];
    for (const path of queue) {
      for (const {from, to} of allImports) {
        if (from.replace(/\.tsx?$/, '') !== path || reached.has(to)) continue;
        reached.add(to);
        queue.push(to.replace(/\.js$/, ''));
      }
    }
    expect(
      [...reached].filter(
        path => /^(react|ink|zustand)(\/|$)/.test(path) || /^(components|hooks)\//.test(path),
      ),
    ).toEqual([]);
    expect(reached).toContain('src/heap/capture-parser.js');
  });
});

describe('the rooms', () => {
  const rooms = Object.keys(mayImport).filter(room => room.startsWith('src/'));
  test.each(rooms)('%s opens with a short README', room => {
    const lines = readFileSync(join(projectRoot, room, 'README.md'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test('use named exports and no `any`', () => {
    const wrong = ['bin', 'components', 'hooks', 'src'].flatMap(listSources).filter(path => {
      const text = readFileSync(join(projectRoot, path), 'utf8');
      return (
        /^export default/m.test(text) || /[:<]\s*any\b/.test(text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ''))
      );
    });
    expect(wrong).toEqual([]);
  });

  test('keep their files short', () => {
    const long = ['bin', 'components', 'hooks', 'src']
      .flatMap(listSources)
      .filter(path => statSync(join(projectRoot, path)).size > 0)
      .filter(path => readFileSync(join(projectRoot, path), 'utf8').split('\n').length > 400);
    expect(long).toEqual([]);
  });
});
