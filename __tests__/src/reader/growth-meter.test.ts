import {expect, test} from 'vitest';
import {GrowthMeter} from '../../../src/reader/growth-meter.js';

test('growth is not known in the first second', () => {
  const meter = new GrowthMeter();
  expect(meter.measure(0, 100)).toBeNull();
  expect(meter.measure(999, 200)).toBeNull();
  expect(meter.measure(1000, 300)).toBe(200);
});

test('growth is that of the last three seconds', () => {
  const meter = new GrowthMeter();
  const rates = Array.from({length: 101}, (_, i) => meter.measure(i * 100, i <= 50 ? i * 1000 : 50_000));
  expect(rates[50]).toBe(10_000);
  // Half of the window is from before the growth ended.
  expect(rates[65]).toBe(5000);
  expect(rates[80]).toBe(0);
});

test('a heap that shrinks has negative growth', () => {
  const meter = new GrowthMeter();
  meter.measure(0, 5000);
  expect(meter.measure(2000, 1000)).toBe(-2000);
});

test('a pause is measured from the last time before it', () => {
  const meter = new GrowthMeter();
  meter.measure(0, 0);
  meter.measure(1000, 1000);
  expect(meter.measure(11_000, 21_000)).toBe(2000);
});
