import {expect, test} from 'vitest';
import {type BegunReading, beginEarly} from '../../bin/early-session.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../src/query/tree-query.js';

function createFake() {
  const queries: TreeQuery[] = [];
  const readings: BegunReading[] = [];
  const begin = (query: TreeQuery): BegunReading => {
    queries.push(query);
    const reading = {session: {}, partial: {}, whole: {}} as unknown as BegunReading;
    readings.push(reading);
    return reading;
  };
  return {begin, queries, readings};
}

const LEAKS: TreeQuery = {...DEFAULT_QUERY, select: {kind: 'leaks'}};

test('the first caller gets what has begun before', () => {
  const {begin, queries, readings} = createFake();
  const beginReading = beginEarly(begin, DEFAULT_QUERY);
  expect(queries).toEqual([DEFAULT_QUERY]);
  expect(beginReading(DEFAULT_QUERY)).toBe(readings[0]);
  expect(queries).toHaveLength(1);
});

test('the second caller gets a reading of its own, as does one that asks for something else', () => {
  const {begin, queries, readings} = createFake();
  const beginReading = beginEarly(begin, DEFAULT_QUERY);
  expect(beginReading(LEAKS)).toBe(readings[1]);
  expect(beginReading(DEFAULT_QUERY)).toBe(readings[2]);
  expect(queries).toEqual([DEFAULT_QUERY, LEAKS, DEFAULT_QUERY]);
});
