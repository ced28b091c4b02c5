import {expect, test} from 'vitest';
import {readFileCosts, sumLineCosts} from '../../../../src/query/line-costs.js';
import {createNaming} from '../../../../src/query/naming.js';
import {DEFAULT_QUERY} from '../../../../src/query/tree-query.js';
import {compareSnapshots} from '../../../helpers/compared-locations.js';
import {parseSnapshot} from '../../../helpers/tree-text.js';

const RUNS = [100, 900, 300, 700].map((bytes, index) =>
  parseSnapshot(`
    main app.py:1 10
      load app.py:${index === 3 ? 6 : 5} ${bytes} x${index + 1}
  `),
);
const BASES = [40, 60].map(bytes => parseSnapshot(`main app.py:1\n  load app.py:9 ${bytes}`));

function readLines(isOfBase: boolean, [runs, bases] = [RUNS, BASES]) {
  const snapshot = compareSnapshots(runs, bases);
  const costs = sumLineCosts(snapshot, DEFAULT_QUERY, {naming: createNaming(snapshot)}, isOfBase);
  const {lines, wholeBytes, hotLines} = readFileCosts(costs, 'app.py')!;
  const texts = [...lines.values()].map(
    ({line, bytes, selfBytes, allocations}) => `${line}: ${bytes} ${selfBytes} ${allocations}`,
  );
  return {texts, wholeBytes, hotLines};
}

test('lines of several captures cost what they cost in the median', () => {
  expect(readLines(false)).toEqual({
    texts: ['1: 510 10 3.5', '5: 200 200 1.5'],
    wholeBytes: 510,
    hotLines: [1, 5],
  });
  expect(readLines(true)).toEqual({texts: ['1: 50 0 1', '9: 50 50 1'], wholeBytes: 50, hotLines: [1, 9]});
});

test('those of one capture cost what they cost there, however many the other side has', () => {
  const pair: [typeof RUNS, typeof BASES] = [RUNS.slice(0, 1), BASES];
  expect(readLines(false, pair).texts).toEqual(['1: 110 10 2', '5: 100 100 1']);
});
