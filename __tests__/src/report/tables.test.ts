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

describe('what is below the cut', () => {
  const write = (written: string) => {
    const {tree} = createReport(snapshot, {query: parseQuery(written), wholePeak: true});
    return [...formatCsv(tree, {moduleOf: file => file})].slice(1);
  };

  test('is a row of comma-separated values, as of text and JSON', () => {
    expect(write('flat biggest:1')).toEqual([
      expect.stringMatching(/^600000,600000,1,1,helper,/),
      expect.stringMatching(/^600000,0,1,0,/),
      expect.stringMatching(/^600000,0,1,0,/),
      expect.stringMatching(/^600000,0,1,0,/),
      '9371,9371,7,7,<below the cut>,,0,\n',
    ]);
  });

  test('is one of a table of imports', () => {
    expect(write('imports biggest:1').at(-1)).toBe('9371,9371,7,7,<below the cut>,,0,,,,,\n');
  });

  test('has numbers of both sides of a comparison', () => {
    const compared = compareSnapshots([snapshot], [snapshot]);
    const {tree} = createReport(compared, {
      query: parseQuery('flat biggest:1 diff:absolute'),
      wholePeak: true,
    });
    const [, ...rows] = [...formatCsv(tree, {moduleOf: file => file})];
    expect(rows.at(-1)).toMatch(/^(\d+,){4}(\d+,){4}(0,){4}<below the cut>,,0,\n$/);
  });
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

describe('tables of captures that are compared, as text', () => {
  const after = parseSnapshot(`
    main app.py:1 10
      load app.py:5 700000 x2
      fresh app.py:7 5000
      same app.py:8 60000 x2
      keep app.py:9 100010
  `);
  const before = parseSnapshot(`
    main app.py:1 10
      load app.py:4 1000000
      gone app.py:9 3000
      same app.py:8 60000 x2
      keep app.py:9 100000
  `);
  const write = (compared: Snapshot, written: string) =>
    `\n${[...formatText(createReport(compared, {query: parseQuery(written)}), {name: 'x.bin'})].join('')}`;

  test('say which columns are differences, and which rows are new or gone', () => {
    expect(write(compareSnapshots([after], [before]), 'flat')).toMatchInlineSnapshot(`
      "
      peak › flat     865.020kB of 865.020kB (100.00 %); base 1.163MB of 1.163MB (100.00 %)
      Difference   Of base       Base      Total    Own diff  Count diff  Function
      -300.000kB  -25.80 %    1.000MB  700.000kB  -300.000kB          +1  load  app
      -297.990kB  -25.62 %    1.163MB  865.020kB      0.000B          +1  main  app
        +5.000kB   +0.43 %     0.000B    5.000kB    +5.000kB          +1  fresh  app  new
        -3.000kB   -0.26 %    3.000kB     0.000B    -3.000kB          -1  gone  app  gone
        +10.000B   <0.01 %  100.000kB  100.010kB    +10.000B           0  keep  app
      1 row unchanged (60.000kB)
      compared with base-0.bin: 1.000kB, shown 1.163MB
      peak of x.bin: 1.000kB, shown 865.020kB
      "
    `);
  });

  test('show sizes and both differences where all sizes are asked for', () => {
    expect(write(compareSnapshots([after], [before]), 'flat diff:absolute')).toMatchInlineSnapshot(`
      "
      peak › flat › diff absolute     865.020kB of 865.020kB (100.00 %); base 1.163MB of 1.163MB (100.00 %)
          Total            Difference       Base        Own           Count  Own count  Function
      865.020kB  100.00 %  -297.990kB    1.163MB    10.000B   0.00 %      7          1  main  app
      700.000kB   80.92 %  -300.000kB    1.000MB  700.000kB  80.92 %      2          2  load  app
      100.010kB   11.56 %    +10.000B  100.000kB  100.010kB  11.56 %      1          1  keep  app
       60.000kB    6.94 %      0.000B   60.000kB   60.000kB   6.94 %      2          2  same  app
        5.000kB    0.58 %    +5.000kB     0.000B    5.000kB   0.58 %      1          1  fresh  app  new
         0.000B    0.00 %    -3.000kB    3.000kB     0.000B   0.00 %      0          0  gone  app  gone
      compared with base-0.bin: 1.000kB, shown 1.163MB
      peak of x.bin: 1.000kB, shown 865.020kB
      "
    `);
  });

  test('say what rows may have been moved', () => {
    const moved = parseSnapshot('main app.py:1\n  load new.py:5 700000');
    const old = parseSnapshot('main app.py:1\n  load old.py:5 700000');
    expect(write(compareSnapshots([moved], [old]), 'flat')).toMatch(/load {2}old {2}gone, moved\?\n/);
  });

  test('without a base say how far captures spread, and which stand out', () => {
    const odd = parseSnapshot('main app.py:1 10\n  load app.py:5 9000000');
    expect(write(compareSnapshots([after, after, before, odd], []), 'flat')).toMatchInlineSnapshot(`
      "
      peak › flat     1.014MB of 1.014MB (100.00 %)
         Median                Least   Greatest        Own           Count  Own count  Function
        1.014MB  100.00 %  865.020kB    9.000MB    10.000B   0.00 %      7          1  main  app  stands out: new-3.bin 9.000MB
      850.000kB   83.83 %  700.000kB    9.000MB  850.000kB  83.83 %      2          2  load  app  stands out: new-3.bin 9.000MB
      100.005kB    9.86 %     0.000B  100.010kB  100.005kB   9.86 %      1          1  keep  app
       60.000kB    5.92 %     0.000B   60.000kB   60.000kB   5.92 %      2          2  same  app
        2.500kB    0.25 %     0.000B    5.000kB    2.500kB   0.25 %      1          1  fresh  app
         0.000B    0.00 %     0.000B    3.000kB     0.000B   0.00 %      0          0  gone  app
      sorted by the greatest value of any capture
      median peak of x.bin: 1.014MB, shown 1.014MB
      "
    `);
  });

  test('of several captures have whole counts', () => {
    const text = write(compareSnapshots([after, before], [before]), 'flat diff:absolute');
    expect(text).toContain('load');
    expect(text).not.toMatch(/ \d+\.5 /);
  });

  test('of places have no own size', () => {
    const [one, two] = [3, 1].map(count => [
      {
        ...{index: 0, stack: [{function: 'f', file: 'a.py', line: 2}], thread: '0x1'},
        ...{bytes: 100 * count, allocations: count},
        blocks: [{size: 100, count, allocator: 'malloc'}],
      },
    ]);
    expect(write(openCompared([one!], [two!]).snapshot, 'places')).toMatchInlineSnapshot(`
      "
      peak › places     300.000B of 300.000B (100.00 %); base 100.000B of 100.000B (100.00 %)
      Difference    Of base      Base     Total  Count diff  Allocator  Function
       +200.000B  +200.00 %  100.000B  300.000B          +2  malloc     f  a.py
      compared with base-0.bin: 1.000kB, shown 100.000B
      peak of x.bin: 1.000kB, shown 300.000B
      "
    `);
  });
});
