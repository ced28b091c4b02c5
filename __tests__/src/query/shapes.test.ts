import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {getImporter} from '../../../src/tree/importer.js';
import {runQuery} from '../../helpers/run-query.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

beforeAll(loadRegexEngine);

/** `walk` calls itself, and is called from two places. */
const WALKED = `
  main /app/run.py:3 1
    walk /app/tree.py:10 20
      walk /app/tree.py:11 300 x3
        read /app/io.py:5 4000 @0x2 (worker)
    read /app/io.py:5 50000 x5
      walk /app/tree.py:10 600000
`;

const PACKAGES = `
  main /app/run.py:3
    mean /site/numpy/core.py:5 10
      sum /site/numpy/lib/sum.py:6 20
        dumps /usr/lib/python3.11/json/__init__.py:7 40
          load <frozen importlib._bootstrap>:8 80
    call /app/run.py:4
      helper /app/tools/help.py:1 5
    other /elsewhere/other.py:2 160
      nowhere :0 320
`;

/** C functions of the interpreter, which memray's tree leaves out and its summary lists. */
const INTERPRETED = `
  main /app/run.py:3
    _PyEval_Vector Python/ceval.c:9 1
      load /app/io.py:5
        _PyObject_Call Objects/call.c:2 20
          load /app/io.py:6
            _PyObject_Call Objects/call.c:2
              load /app/io.py:7 300
`;

function runPackages(written: string) {
  return runQuery(
    parseSnapshot(PACKAGES, {capture: {sysPath: ['/app', '/site', '/usr/lib/python3.11']}}),
    written,
  );
}

describe('by', () => {
  it('function: whatever the line', () => {
    expect(runQuery(WALKED, 'by:function').text).toMatchInlineSnapshot(`
      "
      <ROOT> 654321 x12
        main /app/run.py:0 654321 x12 own 1 x1
          read /app/io.py:0 650000 x6 own 50000 x5
            walk /app/tree.py:0 600000 x1 own 600000 x1
          walk /app/tree.py:0 4320 x5 own 20 x1
            walk /app/tree.py:0 4300 x4 own 300 x3
              read /app/io.py:0 4000 x1 own 4000 x1
      "
    `);
  });

  it('file: a run of equal neighbours is one frame', () => {
    expect(runPackages('by:file').text).toMatchInlineSnapshot(`
      "
      <ROOT> 635 x7
         /app/run.py:0 635 x7
           /elsewhere/other.py:0 480 x2 own 160 x1
             :0 320 x1 own 320 x1
           /site/numpy/core.py:0 150 x4 own 10 x1
             /site/numpy/lib/sum.py:0 140 x3 own 20 x1
               /usr/lib/python3.11/json/__init__.py:0 120 x2 own 40 x1
                 <frozen importlib._bootstrap>:0 80 x1 own 80 x1
           /app/tools/help.py:0 5 x1 own 5 x1
      "
    `);
    expect(runQuery(WALKED, 'by:file').text).toMatchInlineSnapshot(`
      "
      <ROOT> 654321 x12
         /app/run.py:0 654321 x12 own 1 x1
           /app/io.py:0 650000 x6 own 50000 x5
             /app/tree.py:0 600000 x1 own 600000 x1
           /app/tree.py:0 4320 x5 own 320 x4
             /app/io.py:0 4000 x1 own 4000 x1
      "
    `);
  });

  it('module: files in no search path keep their name', () => {
    expect(runPackages('by:module').text).toMatchInlineSnapshot(`
      "
      <ROOT> 635 x7
         run:0 635 x7
           /elsewhere/other.py:0 480 x2 own 160 x1
             :0 320 x1 own 320 x1
           numpy.core:0 150 x4 own 10 x1
             numpy.lib.sum:0 140 x3 own 20 x1
               json:0 120 x2 own 40 x1
                 <frozen importlib._bootstrap>:0 80 x1 own 80 x1
           tools.help:0 5 x1 own 5 x1
      "
    `);
  });

  it('package: the standard library and frames without a file have a name of their own', () => {
    expect(runPackages('by:package').text).toMatchInlineSnapshot(`
      "
      <ROOT> 635 x7
         run:0 635 x7
           /elsewhere/other.py:0 480 x2 own 160 x1
             <unknown>:0 320 x1 own 320 x1
           numpy:0 150 x4 own 30 x2
             <stdlib>:0 120 x2 own 120 x2
           tools:0 5 x1 own 5 x1
      "
    `);
  });

  it('package: a script that was given without a folder is a module', () => {
    const snapshot = parseSnapshot('main orders.py:1 5', {
      capture: {commandLine: 'python orders.py', sysPath: []},
    });
    expect(runQuery(snapshot, 'by:package').text).toMatchInlineSnapshot(`
      "
      <ROOT> 5 x1
         orders:0 5 x1 own 5 x1
      "
    `);
    expect(runQuery(snapshot, 'through:mod:=orders').kept.locations).toBe(1);
  });

  it('holds after the steps: terms are tested on the frames before', () => {
    expect(runPackages('by:package root:fn:sum').text).toMatchInlineSnapshot(`
      "
      <ROOT> 140 x3
         numpy:0 140 x3 own 20 x1
           <stdlib>:0 120 x2 own 120 x2
      "
    `);
  });
});

describe('inverted', () => {
  it('has the innermost frames at the top, and what ends at the outer end as own', () => {
    expect(runQuery(WALKED, 'inverted').text).toMatchInlineSnapshot(`
      "
      <ROOT> 654321 x12
        walk /app/tree.py:10 600020 x2
          read /app/io.py:5 600000 x1
            main /app/run.py:3 600000 x1 own 600000 x1
          main /app/run.py:3 20 x1 own 20 x1
        read /app/io.py:5 54000 x6
          main /app/run.py:3 50000 x5 own 50000 x5
          walk /app/tree.py:11 4000 x1
            walk /app/tree.py:10 4000 x1
              main /app/run.py:3 4000 x1 own 4000 x1
        walk /app/tree.py:11 300 x3
          walk /app/tree.py:10 300 x3
            main /app/run.py:3 300 x3 own 300 x3
        main /app/run.py:3 1 x1 own 1 x1
      "
    `);
  });

  it('turns what the steps left', () => {
    const stacks = `
      main app.py:3
        _load <frozen importlib._bootstrap>:7 100
          exec app.py:4 20
    `;
    expect(runQuery(stacks, 'inverted hide:imports').text).toMatchInlineSnapshot(`
      "
      <ROOT> 120 x2
        main app.py:3 120 x2 own 120 x2
      "
    `);
  });

  it('merges threads', () => {
    const {tree} = runQuery('f app.py:1 5 @0x1, 7 @0x2 (worker), 5 @0x3', 'inverted');
    expect(tree.getNode(1)).toMatchObject({bytes: 17, threads: ['0x2 (worker)', '0x1', '0x3']});
  });
});

describe('flat', () => {
  it('counts a stack once in a row, and holds each byte once in the root', () => {
    expect(runQuery(WALKED, 'flat by:function').text).toMatchInlineSnapshot(`
      "
      <ROOT> 654321 x12
        main /app/run.py:0 654321 x12 own 1 x1
        read /app/io.py:0 654000 x7 own 54000 x6
        walk /app/tree.py:0 604320 x6 own 600320 x5
      "
    `);
  });

  it('has the amounts without a frame as the own of the root', () => {
    expect(runQuery(WALKED, 'merge:fn:main,read,walk flat').text.trim()).toBe(
      '<ROOT> 654321 x12 own 654321 x12',
    );
  });

  it('shows all locations unless it is told otherwise', () => {
    const stacks = Array.from({length: 300}, (_, line) => `f app.py:${line + 1} 1`).join('\n');
    expect(runQuery(stacks, 'flat').tree.getChildren(0)).toHaveLength(300);
    expect(runQuery(stacks, 'flat biggest:7').tree.getChildren(0)).toHaveLength(7);
    expect(runQuery(stacks, '').tree.getChildren(0)).toHaveLength(200);
    expect(runQuery(stacks, 'all').tree.getChildren(0)).toHaveLength(300);
  });

  it('has the C functions of the interpreter that no other shape has', () => {
    expect(runQuery(INTERPRETED, 'flat').text).toMatchInlineSnapshot(`
      "
      <ROOT> 321 x3
        _PyEval_Vector Python/ceval.c:9 321 x3 own 1 x1
        main /app/run.py:3 321 x3
        _PyObject_Call Objects/call.c:2 320 x2 own 20 x1
        load /app/io.py:5 320 x2
        load /app/io.py:7 300 x1 own 300 x1
        load /app/io.py:6 300 x1
      "
    `);
    expect(runQuery(INTERPRETED, 'flat by:function').text).toMatchInlineSnapshot(`
      "
      <ROOT> 321 x3
        _PyEval_Vector Python/ceval.c:0 321 x3 own 1 x1
        main /app/run.py:0 321 x3
        load /app/io.py:0 320 x2 own 300 x1
        _PyObject_Call Objects/call.c:0 320 x2 own 20 x1
      "
    `);
    const others = ['', 'inverted', 'callers:fn:load', 'callees:fn:load', 'callees:fn:_PyEval_Vector'];
    for (const written of others) expect(runQuery(INTERPRETED, written).text).not.toContain('_Py');
  });

  it('shows them to the steps', () => {
    const keep = (written: string) => runQuery(INTERPRETED, `${written} flat`).kept.bytes;
    expect([keep('through:_PyObject_Call'), keep('drop:_PyObject_Call')]).toEqual([320, 1]);
    expect(runQuery(INTERPRETED, 'through:_PyObject_Call').kept.bytes).toBe(0);
    expect(runQuery(INTERPRETED, 'merge:_Py flat by:function').text).toMatchInlineSnapshot(`
      "
      <ROOT> 321 x3
        main /app/run.py:0 321 x3 own 1 x1
        load /app/io.py:0 320 x2 own 320 x2
      "
    `);
  });

  it('finds a path of the tree and recursion across them', () => {
    const path = 'main@/app/run.py:3>load@/app/io.py:5>load@/app/io.py:6';
    expect(runQuery(INTERPRETED, `zoom:${path} flat`).text).toMatchInlineSnapshot(`
      "
      <ROOT> 300 x1
        load /app/io.py:7 300 x1 own 300 x1
        _PyObject_Call Objects/call.c:2 300 x1
        load /app/io.py:6 300 x1
      "
    `);
    expect(runQuery(INTERPRETED, 'recursion flat').text).toMatchInlineSnapshot(`
      "
      <ROOT> 321 x3
        _PyEval_Vector Python/ceval.c:9 321 x3 own 1 x1
        main /app/run.py:3 321 x3
        load /app/io.py:5 320 x2
        load /app/io.py:7 300 x1 own 300 x1
        _PyObject_Call Objects/call.c:2 20 x1 own 20 x1
      "
    `);
  });

  it('labels rows with the threads that went through them, by bytes', () => {
    const {tree} = runQuery(WALKED, 'flat by:function');
    const labels = tree.getChildren(0).map(row => [tree.getNode(row).function, tree.getNode(row).threads]);
    expect(Object.fromEntries(labels)).toEqual({
      main: ['0x1', '0x2 (worker)'],
      read: ['0x1', '0x2 (worker)'],
      walk: ['0x1', '0x2 (worker)'],
    });
  });
});

/** A comprehension, which is a function of its own in the line around it, in a function that calls itself. */
const LISTED = `
  main /app/run.py:3 1
    load /app/data.py:10 20
      <listcomp> /app/data.py:10 300 x3
        load /app/data.py:12 4000
        read /app/io.py:5 50000
    load /app/data.py:12 600000 x2
      load /app/data.py:10 7000000
`;

describe('lines', () => {
  it('of a file: a stack counts once in a line, the innermost frame alone is own', () => {
    expect(runQuery(LISTED, 'lines:data.py').text).toMatchInlineSnapshot(`
      "
      <ROOT> 7654321 x10 own 50001 x2
        load /app/data.py:12 7604000 x4 own 604000 x3
         /app/data.py:10 7054320 x7 own 7000320 x5
      "
    `);
  });

  it('of a function only', () => {
    expect(runQuery(LISTED, 'lines:fn:<listcomp> sort:own').text).toMatchInlineSnapshot(`
      "
      <ROOT> 7654321 x10 own 7654021 x7
        <listcomp> /app/data.py:10 54300 x5 own 300 x3
      "
    `);
  });

  it('are sorted by file and line where names decide', () => {
    const {tree} = runQuery(LISTED, 'lines:/app sort:name');
    const rows = tree.getChildren(0).map(row => tree.getNode(row));
    expect(rows.map(({file, line}) => `${file}:${line}`)).toEqual([
      ...['/app/data.py:10', '/app/data.py:12', '/app/io.py:5', '/app/run.py:3'],
    ]);
  });

  it('are made of what the steps leave, whatever the level', () => {
    const {tree} = runQuery(LISTED, 'drop:fn:read merge:fn:<listcomp> by:package lines:data.py');
    expect(tree.getChildren(0).map(row => [tree.getNode(row).function, tree.bytes[row]])).toEqual([
      ['load', 7604000],
      ['load', 7004320],
    ]);
  });

  it('of a file that is not there are none, and that is said', () => {
    const {tree, namingNothing} = runQuery(LISTED, 'lines:absent.py');
    expect([tree.length, tree.bytes[0], namingNothing]).toEqual([1, 0, ['lines:absent.py']]);
  });
});

/** `app` imports `shop`, which imports `cart`; later `main` imports `cart`, which is there, and `late`. */
const IMPORTED = `
  <module> /app/app.py:1 1
    _find_and_load <frozen importlib._bootstrap>:7 20
      <module> /site/shop/__init__.py:2 300
        _find_and_load <frozen importlib._bootstrap>:7
          <module> /site/shop/cart.py:3 4000 x2
            <listcomp> /site/shop/cart.py:4 50000
        helper /site/shop/tools.py:8 600000
    main /app/app.py:9
      import_module /usr/lib/python3.11/importlib/__init__.py:126
        _gcd_import <frozen importlib._bootstrap>:9 7000000
          <module> /site/late.py:1 80000000
            exec_body <string>:1
              <module> <string>:1 900000000
`;

describe('imports', () => {
  const run = (written: string) =>
    runQuery(
      parseSnapshot(IMPORTED, {capture: {sysPath: ['/app', '/site'], libdest: '/usr/lib/python3.11'}}),
      written,
    );

  it('are charged to the innermost module that the import system runs', () => {
    expect(run('imports').text).toMatchInlineSnapshot(`
      "
      <ROOT> 987654321 x10 own 7000021 x3
        <module> /site/late.py:0 980000000 x2 own 980000000 x2
        <module> /site/shop/__init__.py:0 654300 x5 own 600300 x2
        <module> /site/shop/cart.py:0 54000 x3 own 54000 x3
      "
    `);
  });

  it('have what imported them first', () => {
    const {tree} = run('imports');
    const importers = tree.getChildren(0).map(row => {
      const importer = getImporter(tree, row);
      return [tree.getNode(row).file, importer && `${importer.function} ${importer.file}:${importer.line}`];
    });
    expect(importers).toEqual([
      ['/site/late.py', 'main /app/app.py:9'],
      ['/site/shop/__init__.py', '<module> /app/app.py:1'],
      ['/site/shop/cart.py', '<module> /site/shop/__init__.py:2'],
    ]);
  });

  it('of a package have what imported it from outside', () => {
    const {tree, text} = run('imports by:package');
    expect(text).toMatchInlineSnapshot(`
      "
      <ROOT> 987654321 x10 own 7000021 x3
         late:0 980000000 x2 own 980000000 x2
         shop:0 654300 x5 own 654300 x5
      "
    `);
    expect(tree.getChildren(0).map(row => getImporter(tree, row)?.file)).toEqual([
      '/app/app.py',
      '/app/app.py',
    ]);
  });

  it('have what is suppressed beside them', () => {
    const {tree, text} = run('ignore:shop imports');
    expect(text).toMatchInlineSnapshot(`
      "
      <ROOT> 987654321 x10 own 7000021 x3
        <module> /site/late.py:0 980000000 x2 own 980000000 x2
         <suppressed>:0 654300 x5 own 654300 x5
      "
    `);
    expect(tree.getChildren(0).map(row => getImporter(tree, row)?.function)).toEqual(['main', undefined]);
  });

  it('are none where nothing is imported', () => {
    expect(run('hide:imports imports').text.trim()).toBe('<ROOT> 987654321 x10 own 987654321 x10');
  });
});

describe('callers and callees', () => {
  it('show one function everywhere, a recursive one at its outermost occurrence', () => {
    expect(runQuery(WALKED, 'callers:fn:walk').text).toMatchInlineSnapshot(`
      "
      <ROOT> 604320 x6
        walk /app/tree.py:10 604320 x6
          read /app/io.py:5 600000 x1
            main /app/run.py:3 600000 x1 own 600000 x1
          main /app/run.py:3 4320 x5 own 4320 x5
      "
    `);
    expect(runQuery(WALKED, 'callees:fn:walk').text).toMatchInlineSnapshot(`
      "
      <ROOT> 604320 x6
        walk /app/tree.py:10 604320 x6 own 600020 x2
          walk /app/tree.py:11 4300 x4 own 300 x3
            read /app/io.py:5 4000 x1 own 4000 x1
      "
    `);
  });

  it('have a child of the root for each frame that matches first', () => {
    expect(runQuery(WALKED, 'callers:fn:walk,read by:function').text).toMatchInlineSnapshot(`
      "
      <ROOT> 654320 x11
        read /app/io.py:0 650000 x6
          main /app/run.py:0 650000 x6 own 650000 x6
        walk /app/tree.py:0 4320 x5
          main /app/run.py:0 4320 x5 own 4320 x5
      "
    `);
  });

  it('have the frames of the level below the root, whatever the term names', () => {
    expect(runPackages('callers:fn:sum by:package').text).toMatchInlineSnapshot(`
      "
      <ROOT> 140 x3
         numpy:0 140 x3
           run:0 140 x3 own 140 x3
      "
    `);
    expect(runPackages('callees:fn:sum by:package').text).toMatchInlineSnapshot(`
      "
      <ROOT> 140 x3
         numpy:0 140 x3 own 20 x1
           <stdlib>:0 120 x2 own 120 x2
      "
    `);
  });

  it('keep what goes through the term, and cut that', () => {
    const {kept, elided, tree} = runQuery(WALKED, 'callers:fn:read biggest:1');
    expect(kept).toEqual({bytes: 654000, allocations: 7, locations: 3});
    expect(elided).toEqual({bytes: 54000, allocations: 6, locations: 2});
    expect(tree.getNode(0).bytes).toBe(600000);
  });
});

describe('sort', () => {
  // Bytes, count and mean all order them differently; b and c are equals but for their names.
  const STACKS = `
    a app.py:1 60 x30
      z app.py:9 40 x2
    c app.py:2 50 x5
    B app.py:3 50 x5
    b app.py:4 30 x1
    ä app.py:5 30 x2
  `;

  function list(written: string): string {
    const {tree} = runQuery(STACKS, written);
    return tree
      .getChildren(0)
      .map(child => tree.getNode(child).function)
      .join(' ');
  }

  it('is by total, equals in memray’s order', () => {
    expect(list('')).toBe('a c B b ä');
    expect(list('sort:total')).toBe('a c B b ä');
  });

  it('is by own, count, and mean', () => {
    expect(list('sort:own')).toBe('a c B b ä');
    expect(list('sort:own merge:fn:a')).toBe('c B z b ä');
    expect(list('sort:count')).toBe('a c B ä b');
    expect(list('sort:mean')).toBe('b ä c B a');
  });

  it('is by name in the order of the characters, ascending', () => {
    expect(list('sort:name')).toBe('B a b c ä');
  });

  it('puts characters beyond the basic plane last', () => {
    const names = ['\u{1f600}', '\ufffd', 'a', 'a\u{1f600}', 'a\ufffd'];
    const {tree} = runQuery(
      names.map((name, index) => `${name} app.py:${index + 1} 1`).join('\n'),
      'sort:name',
    );
    const sorted = tree.getChildren(0).map(child => tree.getNode(child).function);
    expect(sorted).toEqual(['a', 'a\ufffd', 'a\u{1f600}', '\ufffd', '\u{1f600}']);
  });

  it('is by file where frames have no function', () => {
    const {tree} = runPackages('by:package sort:name');
    const names = tree.getChildren(1).map(child => tree.getNode(child).file);
    expect(names).toEqual(['/elsewhere/other.py', 'numpy', 'tools']);
  });

  it('compares means exactly', () => {
    const stacks = `
      more app.py:1 9007199254740991 x9007199254740990
      less app.py:2 9007199254740990 x9007199254740990
      most app.py:3 9007199254740989 x9007199254740986
    `;
    const {tree} = runQuery(stacks, 'sort:mean');
    expect(tree.getChildren(0).map(child => tree.getNode(child).function)).toEqual(['most', 'more', 'less']);
  });

  it('is reversed as a whole, equals included, in whatever order the words come', () => {
    expect(list('reverse')).toBe('ä b B c a');
    expect(list('reverse sort:count')).toBe('b ä B c a');
    expect(list('sort:count reverse')).toBe('b ä B c a');
    expect(list('reverse reverse')).toBe('ä b B c a');
  });

  it('does not change which locations the cut keeps', () => {
    expect(list('sort:name biggest:2')).toBe('a c');
    expect(list('reverse biggest:2')).toBe('c a');
  });
});
