import {formatShortBytes} from '../format/numbers.js';
import type {Scale} from './scale.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Cells from one label to the next one, at least. */
const LABEL_CELLS = 10;

/** The labels of the columns, each at the column that it is of: `0s        5s        10s`. Not wider than the columns. */
export function drawAxis(scale: Scale): string {
  const {kind, span, width} = scale;
  const least = (span * LABEL_CELLS) / Math.max(1, width);
  const step = kind === 'time' ? chooseTimeStep(least) : chooseStep(Math.max(1, least));
  let line = '';
  for (let value = 0; value <= span && span > 0; value += step) {
    const column = Math.floor((value * width) / span);
    const label = kind === 'time' ? formatTime(value, step) : `@${formatCount(value)}`;
    const start = line === '' ? 0 : line.length + 1;
    if (column < start || column + label.length > width) continue;
    line = line.padEnd(column) + label;
  }
  return line;
}

/** The least of 1, 2, 5, 10, 20 … that is not below `least`. */
function chooseStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least)!;
}

const CLOCK_STEPS = [1, 2, 5, 10, 20, 30, 60];

function chooseTimeStep(least: number): number {
  if (least <= 5 * SECOND) return Math.max(1, chooseStep(Math.max(1, least)));
  const unit = least > 30 * MINUTE ? HOUR : least > 30 * SECOND ? MINUTE : SECOND;
  const steps = unit === HOUR ? [] : CLOCK_STEPS;
  return (steps.find(step => step * unit >= least) ?? chooseStep(least / unit)) * unit;
}

function formatTime(ms: number, step: number): string {
  const unit = step >= HOUR ? 'h' : step >= MINUTE ? 'm' : 's';
  const value = ms / {h: HOUR, m: MINUTE, s: SECOND}[unit];
  return `${Number(value.toFixed(3))}${unit}`;
}

/** A count in few digits: `950`, `20k`, `1.5M`. Steps of an axis have no more digits. */
export function formatCount(count: number): string {
  for (const [unit, name] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (count >= unit) return `${Number((count / unit).toFixed(3))}${name}`;
  }
  return String(count);
}

/** Cells for the sizes at the left of a drawing: a label and a blank. */
export const SIZE_CELLS = 7;

/** What stands at the left of each row: the size of the top, 0 at the bottom where there is another row for it. */
export function drawSizes(top: number, height: number): readonly string[] {
  return Array.from({length: height}, (_, row) => {
    const text = row === 0 && top > 0 ? formatShortBytes(top) : row === height - 1 ? '0B' : '';
    return `${text.padStart(SIZE_CELLS - 1)} `;
  });
}
