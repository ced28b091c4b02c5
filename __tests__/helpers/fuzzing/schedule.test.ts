import {expect, test} from 'vitest';
import {GROUP_INPUTS, Schedule} from './schedule.js';
import {getShare, TARGET_NAMES} from './targets.js';

const list = (schedule: Schedule, groups: number) =>
  Array.from({length: groups}, (_, number) => schedule.getGroup(number));

test('each target has its share of a hundred groups', () => {
  const groups = list(new Schedule(null), 100);
  const counts = TARGET_NAMES.map(name => groups.filter(({target}) => target === name).length);
  expect(counts).toEqual(TARGET_NAMES.map(name => Math.round(100 * getShare(name))));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
});

test('the groups of a target follow one another, over all hundreds', () => {
  const groups = list(new Schedule(null), 300);
  for (const name of TARGET_NAMES) {
    const firsts = groups.filter(({target}) => target === name).map(({first}) => first);
    expect(firsts).toEqual(firsts.map((_, index) => index * GROUP_INPUTS));
  }
});

test('one target may begin anywhere', () => {
  const groups = list(new Schedule('capture', 777), 2);
  expect(groups).toEqual([
    {target: 'capture', first: 777},
    {target: 'capture', first: 777 + GROUP_INPUTS},
  ]);
});
