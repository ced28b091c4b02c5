import {describe, expect, test} from 'vitest';
import {formatRow} from '../../components/row-text.js';
import {cellWidth} from '../../src/format/cells.js';
import {sanitize} from '../../src/format/sanitize.js';
import {computeRowColumns} from '../../src/store/row-columns.js';
import {createTheme} from '../../src/style/theme.js';
import type {RowLabel} from '../../src/tree/row-label.js';

const QUARTERS = ['0%..25%', '25%..50%', '50%..75%', '75%..100%'];
const LABEL: RowLabel = {
  icon: 'calls',
  size: '4.825MB',
  percent: '35.45 %',
  own: '4.825MB',
  count: '401',
  generations: ['1.061MB', '1.217MB', '1.326MB', '1.221MB'],
  heat: 35,
  share: 0.3545,
  function: sanitize('note'),
  place: sanitize('audit'),
};

const compute = (width: number) =>
  computeRowColumns({width, screenColumns: 2 * width, generations: QUARTERS, labels: [LABEL]});

describe('the columns of generations', () => {
  test.each([
    [100, QUARTERS, {percent: true, own: true, count: true}],
    [90, QUARTERS, {percent: true, own: true, count: false}],
    [80, QUARTERS, {percent: true, own: false, count: false}],
    [70, QUARTERS, {percent: false, own: false, count: false}],
    [60, QUARTERS.slice(1), {percent: false, own: false, count: false}],
    [50, QUARTERS.slice(2), {percent: false, own: false, count: false}],
    [40, QUARTERS.slice(3), {percent: false, own: false, count: false}],
  ])('of a pane of %d cells are the latest ones, before the other numbers', (width, names, others) => {
    const {size, generations, percent, own, count} = compute(width);
    expect({
      names: generations.map(({name}) => name),
      size: size > 0,
      percent: percent > 0,
      own: own > 0,
      count: count > 0,
    }).toEqual({names, size: true, ...others});
  });

  test('have the numbers of their generations, and the selected row fills the pane', () => {
    const spec = {label: LABEL, isMatch: false, hasFocus: true, columns: compute(60)};
    const draw = (isSelected: boolean) => formatRow({...spec, isSelected}, sanitize('├─ '), createTheme());
    expect(draw(false)).toBe('    4.825MB   1.217MB   1.326MB   1.221MB ├─ note  audit');
    expect(cellWidth(draw(true))).toBe(60);
  });
});
