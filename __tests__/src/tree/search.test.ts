import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {findMatches} from '../../../src/tree/search.js';
import {nextInPreorder} from '../../../src/tree/visible-rows.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
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
const search = (query: string) =>
  [...findMatches(tree, query, moduleOf)].map(node => tree.getNode(node).function);

describe('findMatches', () => {
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

  it('finds nothing by an empty query, nor the rows that have no names', () => {
    expect(search('')).toEqual([]);
    expect(search('ROOT')).toEqual([]);
    expect(search('null')).toEqual([]);
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
          expect([...findMatches(any, query, moduleOf)]).toEqual(expected);
        },
      ),
    );
  });
});
