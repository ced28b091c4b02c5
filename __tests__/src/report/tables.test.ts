import {describe, expect, test} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {formatCsv} from '../../../src/report/csv.js';
import {formatJson} from '../../../src/report/json.js';
import {formatText} from '../../../src/report/text.js';
import {compareSnapshots, openCompared} from '../../helpers/compared-locations.js';
import {createReport} from '../../helpers/report.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const snapshot = parseSnapshot(
  `
  <module> /app/app.py:1 1
    _find_and_load <frozen importlib._bootstrap>:7 20
      <module> /site/shop/__init__.py:2 300
        <listcomp> /site/shop/__init__.py:2 9000 x3 @0x2
        helper /site/shop/tools.py:8 600000
  load /app/app.py:7
    _find_and_load <frozen importlib._bootstrap>:7
      <module> =cmd,1.py:3 50
`,
  {capture: {sysPath: ['/app', '/site']}},
);

const report = (written: string) => createReport(snapshot, {query: parseQuery(written)});

test('a table of imports says what imported a module, and what no import allocated', () => {
  expect([...formatText(report('imports'), {name: 'x.bin'})].join('')).toMatchInlineSnapshot(`
    "peak › imports     609.371kB of 609.371kB (100.00 %)
        Total                 Own           Count  Own count  Module  imported by
    609.300kB  99.99 %  609.300kB  99.99 %      5          5  shop  by app:1
      50.000B   0.01 %    50.000B   0.01 %      1          1  =cmd,1.py  by app:7
    not by imports: 21.000B (0.00 %)
    peak of x.bin: 1.000kB, shown 609.371kB
    "
  `);
});

test('a table of imports as CSV has modules and importers', () => {
  const {tree} = report('imports');
  expect([...formatCsv(tree, {moduleOf: createNaming(snapshot).moduleOf})].join('')).toMatchInlineSnapshot(`
    "total_bytes,own_bytes,allocations,own_allocations,function,file,line,threads,module,importer_function,importer_file,importer_line
    609300,609300,5,5,<module>,/site/shop/__init__.py,0,0x1; 0x2,shop,<module>,/app/app.py,1
    50,50,1,1,<module>,"'=cmd,1.py",0,0x1,"'=cmd,1.py",load,/app/app.py,7
    "
  `);
});

test('a table of imports as JSON has modules and importers', () => {
  const json = JSON.parse([...formatJson(report('imports'), {limit: 1})].join(''));
  expect(json.query).toEqual(['imports']);
  expect(json.tree).toMatchObject({
    bytes: 609371,
    selfBytes: 21,
    children: [
      {
        function: '<module>',
        file: '/site/shop/__init__.py',
        line: 0,
        module: 'shop',
        importer: {function: '<module>', file: '/app/app.py', line: 1},
        bytes: 609300,
        selfBytes: 609300,
        allocations: 5,
        children: [],
      },
    ],
  });
});

test('a table of lines names a line of several functions by its number', () => {
  expect([...formatText(report('lines:shop'), {name: 'x.bin'})].join('')).toMatchInlineSnapshot(`
    "peak › lines shop     609.371kB of 609.371kB (100.00 %)
        Total                 Own           Count  Own count  Function
    609.300kB  99.99 %    9.300kB   1.53 %      5          4  shop:2
    600.000kB  98.46 %  600.000kB  98.46 %      1          1  helper  shop.tools:8
    own of other lines: 71.000B (0.01 %)
    peak of x.bin: 1.000kB, shown 609.371kB
    "
  `);
});

test('lines as JSON have file and line', () => {
  const json = JSON.parse([...formatJson(report('lines:shop sort:name'))].join(''));
  expect(json.query).toEqual(['lines:shop', 'sort:name']);
  const rows = json.tree.children.map(({file, line, bytes, selfBytes, threads}: Record<string, unknown>) => [
    ...[file, line, bytes, selfBytes, threads],
  ]);
  expect(rows).toEqual([
    ['/site/shop/__init__.py', 2, 609300, 9300, ['0x1', '0x2']],
    ['/site/shop/tools.py', 8, 600000, 600000, ['0x1']],
  ]);
});

describe('tables of captures that are compared, as CSV', () => {
  const after = parseSnapshot(`
    main app.py:1 10
      load app.py:5 700 x2
      =new app.py:7 5
  `);
  const before = parseSnapshot(`
    main app.py:1 10
      load app.py:4 1000
      gone app.py:9 3
  `);
  const write = (compared: Snapshot, written: string, captureNames: readonly string[] = []) => {
    const {tree} = createReport(compared, {query: parseQuery(written)});
    return `\n${[...formatCsv(tree, {moduleOf: file => file, captureNames})].join('')}`;
  };

  test('have columns for the base and the difference', () => {
    expect(write(compareSnapshots([after], [before]), 'flat')).toBe(`
total_bytes,own_bytes,allocations,own_allocations,base_total_bytes,base_own_bytes,base_allocations,base_own_allocations,total_bytes_difference,own_bytes_difference,allocations_difference,own_allocations_difference,function,file,line,threads
700,700,2,2,1000,1000,1,1,-300,-300,1,1,load,app.py,0,0x1
715,10,4,1,1013,10,3,1,-298,0,1,0,main,app.py,0,0x1
5,5,1,1,0,0,0,0,5,5,1,1,'=new,app.py,0,0x1
0,0,0,0,3,3,1,1,-3,-3,-1,-1,gone,app.py,0,0x1
`);
  });

  test('of places have those of bytes and allocations', () => {
    const [one, two] = [[{size: 100, count: 3}], [{size: 100, count: 1}]].map(blocks => [
      {
        ...{index: 0, stack: [{function: 'f', file: 'a.py', line: 2}], thread: '0x1'},
        ...{bytes: blocks[0]!.size * blocks[0]!.count, allocations: blocks[0]!.count},
        blocks: blocks.map(block => ({...block, allocator: 'malloc'})),
      },
    ]);
    expect(write(openCompared([one!], [two!]).snapshot, 'places')).toBe(`
bytes,allocations,base_bytes,base_allocations,bytes_difference,allocations_difference,allocator,function,file,line,threads
300,3,100,1,200,2,malloc,f,a.py,0,0x1
`);
  });

  test('without a base have the bytes of each capture', () => {
    expect(write(compareSnapshots([after, before], []), 'flat biggest:1', ['a.bin', 'b,c.bin'])).toBe(`
total_bytes,own_bytes,allocations,own_allocations,total_bytes of a.bin,"total_bytes of b,c.bin",function,file,line,threads
850,850,1.5,1.5,700,1000,load,app.py,0,0x1
850,0,1.5,0,700,1000,main,app.py,0,0x1
`);
  });
});
