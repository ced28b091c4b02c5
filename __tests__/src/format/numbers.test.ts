import {describe, expect, it} from 'vitest';
import {
  formatBytes,
  formatCount,
  formatFixed,
  formatPercent,
  formatSignedCount,
  formatSignedPercent,
} from '../../../src/format/numbers.js';

describe('formatBytes', () => {
  // Printed by memray 1.20.
  it.each([
    [0, '0.000B'],
    [1, '1.000B'],
    [999, '999.000B'],
    [1000, '1.000kB'],
    [999_999, '999.999kB'],
    [999_999.9, '1000.000kB'],
    [3_664_000, '3.664MB'],
    [1_062_500, '1.062MB'],
    [1_187_500, '1.188MB'],
    [5e9, '5.000GB'],
    [2 ** 40, '1.100TB'],
    [2 ** 53, '9.007PB'],
    [2 ** 64, '18.447EB'],
    [1e21, '1.000ZB'],
    [1.25e24, '1.2YB'],
    [5e27, '5000.0YB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatPercent', () => {
  it('has two decimals', () => {
    expect(formatPercent(9992, 10_000)).toBe('99.92 %');
    expect(formatPercent(1, 3)).toBe('33.33 %');
    expect(formatPercent(1e308, 1e308)).toBe('100.00 %');
    expect(formatPercent(5e307, 1e308)).toBe('50.00 %');
    expect(formatPercent(-1e308, 1e308)).toBe('-100.00 %');
    expect(formatPercent(1e308, 5e-324)).not.toContain('Infinity');
    expect(formatBytes(1e308 + 1e308)).not.toContain('Infinity');
    expect(formatPercent(5, 5)).toBe('100.00 %');
  });

  it('is nothing of nothing', () => {
    expect(formatPercent(0, 0)).toBe('0.00 %');
  });
});

describe('formatSignedPercent', () => {
  it.each([
    [123, 1000, '+12.30 %'],
    [-123, 1000, '-12.30 %'],
    [0, 1000, '0.00 %'],
    [0, 0, '0.00 %'],
    [5, 0, 'new'],
    [4, 100_000, '<0.01 %'],
    [-4, 100_000, '<0.01 %'],
    [6, 100_000, '+0.01 %'],
    [-6, 100_000, '-0.01 %'],
  ])('of %d in %d is %s', (difference, total, text) => {
    expect(formatSignedPercent(difference, total)).toBe(text);
  });
});

describe('counts', () => {
  it('are whole, those between two counts too', () => {
    expect([547.5, 0, 3].map(formatCount)).toEqual(['548', '0', '3']);
    expect([547.5, -547.5, 0, -0.4, 0.4].map(formatSignedCount)).toEqual(['+548', '-548', '0', '0', '0']);
  });
});

describe('formatFixed', () => {
  it('sends ties to the even digit', () => {
    expect([0.125, 0.375, 2.5, 3.5].map((value, index) => formatFixed(value, index < 2 ? 2 : 0))).toEqual([
      '0.12',
      '0.38',
      '2',
      '4',
    ]);
  });

  it('knows a tie from what is close to one', () => {
    expect(formatFixed(1.005, 2)).toBe('1.00');
    expect(formatFixed(0.12500000000000003, 2)).toBe('0.13');
  });
});
