import {expect, it, vi} from 'vitest';
import {recall} from '../../../src/base/recall.js';

function countedSum(size?: number) {
  const compute = vi.fn((first: {readonly n: number}, second: number, third: number) => ({
    sum: first.n + second + third,
  }));
  return {compute, sum: recall(compute, size)};
}

it('computes once for the same arguments', () => {
  const {compute, sum} = countedSum();
  const one = {n: 1};
  expect(sum(one, 2, 3)).toEqual({sum: 6});
  expect(sum(one, 2, 3)).toBe(sum(one, 2, 3));
  expect(compute).toHaveBeenCalledTimes(1);
});

it('computes again where any argument differs', () => {
  const {sum} = countedSum();
  const one = {n: 1};
  expect([sum(one, 2, 3).sum, sum(one, 3, 3).sum, sum(one, 3, 4).sum, sum({n: 2}, 3, 4).sum]).toEqual([
    6, 7, 8, 9,
  ]);
});

it('keeps as many results of each first argument as it is told', () => {
  const {compute, sum} = countedSum(2);
  const [one, two] = [{n: 1}, {n: 2}];
  for (const second of [1, 2, 1, 2]) sum(one, second, 0);
  sum(two, 1, 0);
  sum(one, 1, 0);
  expect(compute).toHaveBeenCalledTimes(3);
  sum(one, 3, 0);
  sum(one, 1, 0);
  expect(compute).toHaveBeenCalledTimes(4);
  sum(one, 2, 0);
  expect(compute).toHaveBeenCalledTimes(5);
});

it('says whether it has a result, and computes none for that', () => {
  const {compute, sum} = countedSum();
  const one = {n: 1};
  expect(sum.knows(one, 2, 3)).toBe(false);
  sum(one, 2, 3);
  expect([sum.knows(one, 2, 3), sum.knows(one, 2, 4), sum.knows({n: 1}, 2, 3)]).toEqual([true, false, false]);
  expect(compute).toHaveBeenCalledTimes(1);
});
