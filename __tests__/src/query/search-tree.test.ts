import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseTerm} from '../../../src/query/grammar/term.js';
import {toWord} from '../../../src/query/grammar/word.js';
import {searchTree} from '../../../src/query/search-tree.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {nextInPreorder} from '../../../src/tree/visible-rows.js';
import {arbitraryLocations, arbitraryTerm, openLocations} from '../../helpers/arbitrary-query.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {matchesTerm} from '../../helpers/reference-query.js';
import {parseTree} from '../../helpers/tree-text.js';

const tree = parseTree(
  `
  main /app/cli.py:1
    Load /app/cli.py:2 50
    save /app/data.py:4 40
    größe /app/data.py:5 39
  other /lib/Extra.py:9 30
  ! 4 locations 4 allocations 4 bytes
`,
  {wholePeak: true},
);
const moduleOf = (file: string) => file.replace(/^\/\w+\//, 'pkg.').replace('.py', '');
const packageOf = (file: string) => moduleOf(file).split('.')[0]!;
const find = (any: CallTree, written: string) => [
  ...searchTree(any, parseTerm(toWord(written)), {moduleOf, packageOf}),
];
const search = (written: string) => find(tree, written).map(node => tree.getNode(node).function);

beforeAll(loadRegexEngine);

describe('searchTree', () => {
  it('looks at function, file and module', () => {
    expect(search('oth')).toEqual(['other']);
    expect(search('/lib/')).toEqual(['other']);
    expect(search('pkg.data')).toEqual(['save', 'größe']);
  });

  it('finds in display order, folded or not', () => {
    expect(search('/app/')).toEqual(['main', 'Load', 'save', 'größe']);
  });

  it('minds upper and lower case only if the query has upper case', () => {
    expect(search('load')).toEqual(['Load']);
    expect(search('Load')).toEqual(['Load']);
    expect(search('Main')).toEqual([]);
    expect(search('pkg.extra')).toEqual(['other']);
    expect(search('GRÖSSE')).toEqual([]);
    expect(search('größe')).toEqual(['größe']);
  });

  it('takes the query for plain text', () => {
    expect(search('.*')).toEqual([]);
    expect(search('(')).toEqual([]);
  });

  it('does not find the rows that have no names', () => {
    expect(search('ROOT')).toEqual([]);
    expect(search('null')).toEqual([]);
  });

  it('looks at one field, and takes whole names, expressions and several texts', () => {
    expect(search('fn:a')).toEqual(['main', 'Load', 'save']);
    expect(search('file:data')).toEqual(['save', 'größe']);
    expect(search('mod:pkg.cli')).toEqual(['main', 'Load']);
    expect(search('pkg:pkg')).toEqual(['main', 'Load', 'save', 'größe', 'other']);
    expect(search('=load')).toEqual(['Load']);
    expect(search('=Loa')).toEqual([]);
    expect(search('fn:re:^.a.e$')).toEqual(['save']);
    expect(search('re:E')).toEqual(['other']);
    expect(search('save,other')).toEqual(['save', 'other']);
    expect(search('fn:main,=other,re:öß')).toEqual(['main', 'größe', 'other']);
    expect(search('"main"')).toEqual(['main']);
    expect(search('fn\\:a')).toEqual([]);
  });

  it('finds what the reference finds, frame by frame', () => {
    const cases = arbitraryLocations().chain(locations =>
      arbitraryTerm(locations, openLocations(locations).naming).map(term => ({locations, term})),
    );
    fc.assert(
      fc.property(cases, ({locations, term}) => {
        const {snapshot, naming} = openLocations(locations);
        const {tree: any} = deriveTree(snapshot, {...DEFAULT_QUERY, biggest: Infinity}, {naming});
        const expected = new Set<string>();
        for (const {stack} of locations) {
          let path = '';
          for (const frame of stack) {
            // memray's trees have no frames of the interpreter's loop.
            if (frame.function === '_PyEval_EvalFrameDefault') continue;
            path += `>${frame.function}@${frame.file}:${frame.line}`;
            if (matchesTerm(term, frame, naming)) expected.add(path);
          }
        }
        const found = Array.from(searchTree(any, term, naming), node => getPath(any, node));
        expect(found.toSorted()).toEqual([...expected].toSorted());
      }),
      {numRuns: 500},
    );
  });

  it('finds what a plain scan of all nodes finds', () => {
    fc.assert(
      fc.property(
        arbitraryTree(),
        fc.constantFrom('a', 'L', 'load', 'lib', 'pkg', '.py', '_'),
        (any, query) => {
          const expected: number[] = [];
          for (let node = 0; node >= 0; node = nextInPreorder(any, node, true)) {
            const {function: name, file, elided} = any.getNode(node);
            if (node === 0 || elided) continue;
            const text = `${name}\n${file}\n${moduleOf(file!)}`;
            if ((query === 'L' ? text : text.toLowerCase()).includes(query)) expected.push(node);
          }
          expect(find(any, query)).toEqual(expected);
        },
      ),
    );
  });
});

function getPath(tree: CallTree, node: number): string {
  if (node === 0) return '';
  const {function: name, file, line} = tree.getNode(node);
  return `${getPath(tree, tree.prefix[node]!)}>${name}@${file}:${line}`;
}
