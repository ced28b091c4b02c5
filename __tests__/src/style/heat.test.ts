import {describe, expect, it} from 'vitest';
import {getHeatCodes, getHeatColor, toAnsi256} from '../../../src/style/heat.js';

describe('getHeatColor', () => {
  it.each([
    [0, [97, 193, 44]],
    [20, [167, 173, 30]],
    [40, [236, 152, 16]],
    [50, [246, 146, 8]],
    [60, [255, 140, 0]],
    [80, [230, 116, 46]],
    [100, [205, 92, 92]],
    [-1, [97, 193, 44]],
    [101, [205, 92, 92]],
  ])('%d percent', (percent, rgb) => {
    expect(getHeatColor(percent, 'dark')).toEqual(rgb);
  });
});

describe('fewer colours', () => {
  it('takes the nearest of the colour cube', () => {
    expect(toAnsi256([0, 0, 0])).toBe(16);
    expect(toAnsi256([255, 255, 255])).toBe(231);
    expect(toAnsi256([255, 140, 0])).toBe(214);
  });

  it('goes from green over yellow to red', () => {
    const codes = [-1, 0, 19, 20, 79, 80, 100, 101].map(percent => getHeatCodes(percent, '16', 'dark'));
    expect(codes).toEqual(['32', '32', '32', '33', '33', '31', '31', '31']);
  });
});
