import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {runQuery} from '../../helpers/run-query.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

beforeAll(loadRegexEngine);

const SHOP = `
  main /app/shop.py:3 5
    load /app/data.py:10 2000 x2
      parse /usr/lib/python3.11/json/decoder.py:20 100
        load /app/data.py:11 40
    build /app/shop.py:30 300 x3 @0x2 (worker)
      load /app/data.py:12 7 @0x2 (worker)
`;

/** A recurs in B, and B in A. */
const CROSSED = `
  a app.py:1
    b app.py:2
      a app.py:1
        b app.py:2 10
`;

describe('through and drop', () => {
  it('keep whole stacks', () => {
    expect(runQuery(SHOP, 'through:fn:parse').text).toMatchInlineSnapshot(`
      "
      <ROOT> 140 x2
        main /app/shop.py:3 140 x2
          load /app/data.py:10 140 x2
            parse /usr/lib/python3.11/json/decoder.py:20 140 x2 own 100 x1
              load /app/data.py:11 40 x1 own 40 x1
      "
    `);
    expect(runQuery(SHOP, 'drop:fn:parse').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2312 x7
        main /app/shop.py:3 2312 x7 own 5 x1
          load /app/data.py:10 2000 x2 own 2000 x2
          build /app/shop.py:30 307 x4 own 300 x3
            load /app/data.py:12 7 x1 own 7 x1
      "
    `);
  });

  it('look at the frames that the steps before left', () => {
    expect(runQuery(SHOP, 'merge:fn:parse through:fn:parse').kept.bytes).toBe(0);
    expect(runQuery(SHOP, 'collapse:fn:parse through:data.py:11').kept.bytes).toBe(0);
    expect(runQuery(SHOP, 'root:fn:build through:fn:main').kept.bytes).toBe(0);
  });

  it('count what they leave, and the whole', () => {
    const {kept, of, elided} = runQuery(SHOP, 'through:fn:load biggest:1');
    expect(kept).toEqual({bytes: 2147, allocations: 5, locations: 4});
    expect(of).toEqual({bytes: 2452, allocations: 9, locations: 6});
    expect(elided).toEqual({bytes: 147, allocations: 3, locations: 3});
  });
});

describe('thread', () => {
  it('takes a text of the label, or the whole of it', () => {
    expect(runQuery(SHOP, 'thread:worker').text).toMatchInlineSnapshot(`
      "
      <ROOT> 307 x4
        main /app/shop.py:3 307 x4
          build /app/shop.py:30 307 x4 own 300 x3
            load /app/data.py:12 7 x1 own 7 x1
      "
    `);
    expect(runQuery(SHOP, 'thread:"=0x2 (worker)"').kept.locations).toBe(2);
    expect(runQuery(SHOP, 'thread:=0x2').kept.locations).toBe(0);
    expect(runQuery(SHOP, 'thread:0x1,worker').kept.locations).toBe(6);
    expect(runQuery(SHOP, 'thread:WORKER').kept.locations).toBe(0);
  });
});

describe('root', () => {
  it('makes each outermost match a child of the root, with the recursion inside', () => {
    expect(runQuery(SHOP, 'root:fn:load').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2147 x5
        load /app/data.py:10 2140 x4 own 2000 x2
          parse /usr/lib/python3.11/json/decoder.py:20 140 x2 own 100 x1
            load /app/data.py:11 40 x1 own 40 x1
        load /app/data.py:12 7 x1 own 7 x1
      "
    `);
  });

  it('begins at whichever frame matches first', () => {
    expect(runQuery(SHOP, 'root:fn:parse,build').text).toMatchInlineSnapshot(`
      "
      <ROOT> 447 x6
        build /app/shop.py:30 307 x4 own 300 x3
          load /app/data.py:12 7 x1 own 7 x1
        parse /usr/lib/python3.11/json/decoder.py:20 140 x2 own 100 x1
          load /app/data.py:11 40 x1 own 40 x1
      "
    `);
  });
});

describe('zoom', () => {
  it('makes the node of a path the only child of the root', () => {
    expect(runQuery(SHOP, 'zoom:main@/app/shop.py:3>load@/app/data.py:10').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2140 x4
        load /app/data.py:10 2140 x4 own 2000 x2
          parse /usr/lib/python3.11/json/decoder.py:20 140 x2 own 100 x1
            load /app/data.py:11 40 x1 own 40 x1
      "
    `);
  });

  it('separates frames only at a ">" after function@file:line', () => {
    const stacks = `
      a>b /tmp/x>1:y.py:1
        <lambda> <string>:2 3
        other <string>:2 1
    `;
    expect(runQuery(stacks, 'zoom:a>b@/tmp/x>1:y.py:1><lambda>@<string>:2').text).toMatchInlineSnapshot(`
      "
      <ROOT> 3 x1
        <lambda> <string>:2 3 x1 own 3 x1
      "
    `);
  });

  it('takes names with blanks, quotes and the signs of a path', () => {
    const stacks = `
      f@g /tmp/My@"Dir"/a:1.py:7
        h it's.py:2 3
    `;
    const path = `zoom:f\\@g@/tmp/My@\\"Dir\\"/a:1.py:7>"h@it\\'s.py":2`;
    expect(runQuery(stacks, path).text).toMatchInlineSnapshot(`
      "
      <ROOT> 3 x1
        h it's.py:2 3 x1 own 3 x1
      "
    `);
  });

  it('takes the path of a tree by file', () => {
    const path = 'zoom:@/app/shop.py:0>@/app/data.py:0 by:file';
    expect(runQuery(SHOP, path).text).toMatchInlineSnapshot(`
      "
      <ROOT> 2147 x5
         /app/data.py:0 2147 x5 own 2007 x3
           /usr/lib/python3.11/json/decoder.py:0 140 x2 own 100 x1
             /app/data.py:0 40 x1 own 40 x1
      "
    `);
  });
});

describe('merge', () => {
  it('gives the cost of a frame to its caller', () => {
    expect(runQuery(SHOP, 'merge:fn:load').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2452 x9
        main /app/shop.py:3 2452 x9 own 2005 x3
          build /app/shop.py:30 307 x4 own 307 x4
          parse /usr/lib/python3.11/json/decoder.py:20 140 x2 own 140 x2
      "
    `);
  });

  it('leaves to the root what has no caller', () => {
    expect(runQuery(SHOP, 'merge:fn:main,load,parse').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2452 x9 own 2145 x5
        build /app/shop.py:30 307 x4 own 307 x4
      "
    `);
  });
});

describe('collapse', () => {
  it('makes the outermost match a leaf', () => {
    expect(runQuery(SHOP, 'collapse:fn:load').text).toMatchInlineSnapshot(`
      "
      <ROOT> 2452 x9
        main /app/shop.py:3 2452 x9 own 5 x1
          load /app/data.py:10 2140 x4 own 2140 x4
          build /app/shop.py:30 307 x4 own 300 x3
            load /app/data.py:12 7 x1 own 7 x1
      "
    `);
  });
});

describe('recursion', () => {
  it('goes from the outermost occurrence to the innermost', () => {
    expect(
      runQuery(
        `
        a app.py:1
          b app.py:2
            a app.py:1
              c app.py:3
                a app.py:1
                  d app.py:4 10
        `,
        'recursion',
      ).text,
    ).toMatchInlineSnapshot(`
      "
      <ROOT> 10 x1
        a app.py:1 10 x1
          a app.py:1 10 x1
            d app.py:4 10 x1 own 10 x1
      "
    `);
  });

  it('goes on after the innermost recurrence', () => {
    expect(runQuery(CROSSED, 'recursion').text).toMatchInlineSnapshot(`
      "
      <ROOT> 10 x1
        a app.py:1 10 x1
          a app.py:1 10 x1
            b app.py:2 10 x1 own 10 x1
      "
    `);
  });

  it('takes a function in several lines for one, and one of another file for another', () => {
    expect(
      runQuery(
        `
        a app.py:1
          a lib.py:1
            a app.py:2 10
              a lib.py:1 5
        `,
        'recursion',
      ).text,
    ).toMatchInlineSnapshot(`
      "
      <ROOT> 15 x2
        a app.py:1 15 x2
          a app.py:2 15 x2 own 10 x1
            a lib.py:1 5 x1 own 5 x1
      "
    `);
  });

  it('finds what recurs where few of many frames are left', () => {
    expect(
      runQuery(
        `
        first app.py:1
          second app.py:2
            third app.py:3
              z app.py:4
                y app.py:5
                  z app.py:4 10
        `,
        'zoom:first@app.py:1>second@app.py:2>third@app.py:3>z@app.py:4 recursion',
      ).text,
    ).toMatchInlineSnapshot(`
      "
      <ROOT> 10 x1
        z app.py:4 10 x1
          z app.py:4 10 x1 own 10 x1
      "
    `);
  });
});

describe('package', () => {
  const STACKS = `
    main /app/shop.py:3
      mean /site/numpy/core.py:5 10
        sum /site/numpy/lib/sum.py:6 20
          call /app/shop.py:4
            mean /site/numpy/core.py:5 40
              dumps /usr/lib/python3.11/json/__init__.py:7 80
                load <frozen importlib._bootstrap>:8 160
                  gemm <unknown>:0 320
  `;

  function run(written: string) {
    const snapshot = parseSnapshot(STACKS, {capture: {sysPath: ['/app', '/site']}});
    return runQuery(snapshot, written);
  }

  it('makes one frame of each run of a package, of one frame too', () => {
    expect(run('package:numpy').text).toMatchInlineSnapshot(`
      "
      <ROOT> 630 x6
        main /app/shop.py:3 630 x6
           numpy:0 630 x6 own 30 x2
            call /app/shop.py:4 600 x4
               numpy:0 600 x4 own 40 x1
                dumps /usr/lib/python3.11/json/__init__.py:7 560 x3 own 80 x1
                  load <frozen importlib._bootstrap>:8 480 x2 own 160 x1
                    gemm <unknown>:0 320 x1 own 320 x1
      "
    `);
    expect(run('package:<stdlib> package:<unknown>').text).toMatchInlineSnapshot(`
      "
      <ROOT> 630 x6
        main /app/shop.py:3 630 x6
          mean /site/numpy/core.py:5 630 x6 own 10 x1
            sum /site/numpy/lib/sum.py:6 620 x5 own 20 x1
              call /app/shop.py:4 600 x4
                mean /site/numpy/core.py:5 600 x4 own 40 x1
                   <stdlib>:0 560 x3 own 240 x2
                     <unknown>:0 320 x1 own 320 x1
      "
    `);
  });

  it('takes the whole name, as it is', () => {
    expect(run('package:num').namingNothing).toEqual(['package:num']);
    expect(run('package:Numpy').namingNothing).toEqual(['package:Numpy']);
  });

  it('makes frames that terms find by the name of the package', () => {
    expect(run('package:numpy collapse:pkg:=numpy').text).toMatchInlineSnapshot(`
      "
      <ROOT> 630 x6
        main /app/shop.py:3 630 x6
           numpy:0 630 x6 own 630 x6
      "
    `);
    expect(run('package:numpy through:core.py').namingNothing).toEqual(['through:core.py']);
  });
});

describe('hide', () => {
  const STACKS = `
    run_module <frozen runpy>:1
      main app.py:3 5
        _load <frozen importlib._bootstrap>:7 100
          exec app.py:4 20
    _load <frozen importlib._bootstrap>:7 3
  `;

  it('ends stacks before the import system', () => {
    expect(runQuery(STACKS, 'hide:imports').text).toMatchInlineSnapshot(`
      "
      <ROOT> 128 x4 own 3 x1
        run_module <frozen runpy>:1 125 x3
          main app.py:3 125 x3 own 125 x3
      "
    `);
  });

  it('merges uninteresting frames, which those of the import system are not here', () => {
    expect(runQuery(STACKS, 'hide:uninteresting').text).toMatchInlineSnapshot(`
      "
      <ROOT> 128 x4
        main app.py:3 125 x3 own 5 x1
          _load <frozen importlib._bootstrap>:7 120 x2 own 100 x1
            exec app.py:4 20 x1 own 20 x1
        _load <frozen importlib._bootstrap>:7 3 x1 own 3 x1
      "
    `);
  });
});

describe('a step that names nothing', () => {
  it.each([
    ...['through:absent', 'root:absent', 'thread:absent', 'zoom:absent@app.py:1', 'callers:absent'],
    ...['callees:fn:=LOAD'],
  ])('%s leaves nothing, and is reported', written => {
    const {text, namingNothing} = runQuery(SHOP, written);
    expect(text.trim()).toBe('<ROOT> 0 x0');
    expect(namingNothing).toEqual([written]);
  });

  it.each(['drop:absent', 'merge:absent', 'collapse:absent', 'package:absent'])(
    '%s leaves everything, and is reported',
    written => {
      const {text, namingNothing} = runQuery(SHOP, written);
      expect(text).toBe(runQuery(SHOP, '').text);
      expect(namingNothing).toEqual([written]);
    },
  );

  it('looks for it in the stacks that the steps before left', () => {
    expect(runQuery(SHOP, 'drop:fn:parse through:fn:parse').namingNothing).toEqual(['through:fn:parse']);
    expect(runQuery(SHOP, 'thread:worker thread:=0x1').namingNothing).toEqual(['thread:=0x1']);
    expect(runQuery(SHOP, 'thread:worker merge:fn:parse').namingNothing).toEqual(['merge:fn:parse']);
    expect(runQuery(SHOP, 'thread:worker callers:fn:parse').namingNothing).toEqual(['callers:fn:parse']);
    expect(runQuery(CROSSED, 'recursion hide:imports native:merge').namingNothing).toEqual([]);
  });
});
