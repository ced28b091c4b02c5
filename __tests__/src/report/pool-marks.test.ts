import {expect, test} from 'vitest';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {formatText, type TextOptions} from '../../../src/report/text.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {createReport} from '../../helpers/report.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const CAPTURE = {pythonAllocator: 'pymalloc', pythonVersion: '3.13.0', tracePythonAllocators: false} as const;
const POOLS = `
  main /app.py:1 100
    decode /app.py:7 2097152 x2
    load /app.py:8 1048576 x3
`;

function writeText(written: string, capture: object = CAPTURE, options: TextOptions = {}): string {
  const report = createReport(parseSnapshot(POOLS, {capture}), {query: parseQuery(written)});
  return [...formatText(report, {name: 'x.bin', ...options})].join('');
}

test('rows of a tree that are likely small-object pools are marked, and a line says what the mark means', () => {
  expect(writeText('tree')).toMatchInlineSnapshot(`
    "📂 3.146MB (100.00 %) <ROOT>
    └── 📂 3.146MB (100.00 %) main  /app.py:1
        ├── 📄 2.097MB (66.66 %) decode  /app.py:7 ◌
        └── 📄 1.049MB (33.33 %) load  /app.py:8
    ◌ likely small-object pools, which hold objects of any function; see --no-pools
    peak of x.bin: 1.000kB, shown 3.146MB
    "
  `);
});

test('rows of a table are marked too, in ASCII by another sign', () => {
  expect(writeText('flat', CAPTURE, {ascii: true})).toMatchInlineSnapshot(`
    "peak > flat     3.146MB of 3.146MB (100.00 %)
      Total                 Own           Count  Own count  Function
    3.146MB  100.00 %  100.000B   0.00 %      6          1  main  /app.py:1
    2.097MB   66.66 %   2.097MB  66.66 %      2          2  decode  /app.py:7 o
    1.049MB   33.33 %   1.049MB  33.33 %      3          3  load  /app.py:8
    o likely small-object pools, which hold objects of any function; see --no-pools
    peak of x.bin: 1.000kB, shown 3.146MB
    "
  `);
});

test('the mark stands behind what a comparison says of a row', () => {
  const base = parseSnapshot(POOLS, {capture: CAPTURE});
  const grown = parseSnapshot(POOLS.replace('2097152 x2', '3145728 x3'), {capture: CAPTURE});
  const report = createReport(compareSnapshots([grown], [base]), {query: parseQuery('tree')});
  const text = [...formatText(report, {name: 'x.bin'})].join('');
  expect(text).toMatchInlineSnapshot(`
    "📂 +1.049MB (+33.33 %) <ROOT>  3.146MB → 4.194MB
    └── 📂 +1.049MB (+33.33 %) main  /app.py  3.146MB → 4.194MB
        └── 📄 +1.049MB (+33.33 %) decode  /app.py  2.097MB → 3.146MB ◌
    ◌ likely small-object pools, which hold objects of any function; see --no-pools
    1 row unchanged (1.049MB)
    compared with base-0.bin: 1.000kB, shown 3.146MB
    peak of x.bin: 1.000kB, shown 4.194MB
    "
  `);
});

test.each([
  ['the objects themselves are recorded', {...CAPTURE, tracePythonAllocators: true}],
  ['Python had another allocator', {...CAPTURE, pythonAllocator: 'malloc'}],
])('nothing is marked where %s', (_, capture) => {
  expect(writeText('tree', capture)).not.toContain('◌');
});

test('there is no legend where no row that is printed has the mark', () => {
  expect(writeText('tree', CAPTURE, {depth: 1})).not.toContain('◌');
});
