import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine, RegexError} from '../../../src/query/bounded-regex.js';
import {openLocations} from '../../helpers/arbitrary-query.js';
import {runQuery} from '../../helpers/run-query.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

beforeAll(loadRegexEngine);

// One frame a stack; what matches is known by its bytes.
const FRAMES = parseSnapshot(
  `
  load /app/orders.py:1 1
  Load /app/Orders/cart.py:1 2
  LOAD /site/numpy/core.py:1 4
  load_all /usr/lib/python3.11/json/decoder.py:1 8
  pip /usr/lib/python3.11/site-packages/pip/main.py:1 16
  a,b /elsewhere/my file.py:1 32
  run <frozen runpy>:1 64
  c <unknown>:0 128
  d :0 256
  `,
  {
    capture: {
      sysPath: ['/app', '/site', '/usr/lib/python3.11', '/usr/lib/python3.11/site-packages'],
      sitePackages: ['/usr/lib/python3.11/site-packages'],
    },
  },
);

describe('a term', () => {
  it.each([
    // A part of the name; upper and lower case count where the text holds an upper case letter.
    ['fn:load', 1 + 2 + 4 + 8],
    ['fn:Load', 2],
    ['fn:LO', 4],
    ['fn:oAd', 0],
    // The whole name, by the same rule.
    ['fn:=load', 1 + 2 + 4],
    ['fn:=Load', 2],
    ['fn:=loa', 0],
    ['fn:=', 0],
    // A regular expression, by the same rule.
    ['fn:re:^load$', 1 + 2 + 4],
    ['fn:re:^L', 2 + 4],
    ['fn:re:o.d_', 8],
    ['fn:re:^(load|run)$', 1 + 2 + 4 + 64],
    // Each pattern by itself.
    ['fn:LOAD,run', 4 + 64],
    ['fn:=Load,re:^r', 2 + 64],
    ['fn:a\\,b', 32],
    // Files, modules and packages.
    ['file:/app/', 1 + 2],
    ['file:"my file"', 32],
    ['mod:orders', 1 + 2],
    ['mod:=orders', 1],
    ['mod:=Orders.cart', 2],
    ['mod:numpy.core', 4],
    ['mod:=json.decoder', 8],
    ['mod:="/elsewhere/my file.py"', 32],
    ['mod:="<frozen runpy>"', 64],
    ['pkg:=orders', 1 + 2],
    ['pkg:=Orders', 2],
    ['pkg:=numpy', 4],
    ['pkg:core', 0],
    ['pkg:=<stdlib>', 8 + 64],
    ['pkg:=lib.python3', 0],
    // Installed packages, although the library folder before them in the search path holds them too.
    ['pkg:=pip', 16],
    ['pkg:site-packages', 0],
    ['pkg:=<unknown>', 128 + 256],
    ['file:=', 256],
    ['pkg:elsewhere', 32],
    // Without a field: function, file or module, not the package.
    ['orders', 1 + 2],
    ['numpy.core', 4],
    ['=numpy.core', 4],
    ['=LOAD', 4],
    ['<stdlib>', 0],
    ['=c', 128],
    ['=', 256],
  ])('%s', (term, bytes) => {
    expect(runQuery(FRAMES, `through:${term}`).kept.bytes).toBe(bytes);
  });

  it('finds native frames by their library too, where it has no field', () => {
    const stack = [{function: 'gemm', file: 'kernel.c', line: 3, image: '/site/numpy/core.so'}];
    const {snapshot} = openLocations([
      {stack, bytes: 1, allocations: 1, thread: '0x1', blocks: [], index: 1},
      {
        stack: [{function: 'load', file: '/app/core.py', line: 1}],
        bytes: 2,
        allocations: 1,
        thread: '0x1',
        blocks: [],
        index: 0,
      },
    ]);
    expect(runQuery(snapshot, 'through:core.so').kept.bytes).toBe(1);
    expect(runQuery(snapshot, 'through:=/site/numpy/core.so').kept.bytes).toBe(1);
    expect(runQuery(snapshot, 'through:file:core.so').kept.bytes).toBe(0);
    expect(runQuery(snapshot, 'native:merge').text).toMatchInlineSnapshot(`
      "
      <ROOT> 3 x2 own 1 x1
        load /app/core.py:1 2 x1 own 2 x1
      "
    `);
  });

  it('with an expression that cannot be read is an error', () => {
    expect(() => runQuery(FRAMES, 'through:re:(')).toThrow(RegexError);
  });

  it('with an expression takes no longer for one that backtracking never ends with', () => {
    const name = 'a'.repeat(50_000);
    expect(runQuery(`${name} app.py:1 5`, 'through:fn:re:(a*)*b').kept.bytes).toBe(0);
  });
});
