import fc from 'fast-check';
import {expect, test} from 'vitest';
import {cellWidth} from '../../../src/format/cells.js';
import type {Timeline} from '../../../src/heap/timeline.js';
import {drawAxis} from '../../../src/timeline/axis.js';
import {ASCII_SIGNS, chooseTop, drawRows, UNICODE_SIGNS} from '../../../src/timeline/draw.js';
import {ASCII_MARKS, drawMarks, UNICODE_MARKS} from '../../../src/timeline/marks.js';
import {plotTimeline} from '../../../src/timeline/plot.js';
import {createScale} from '../../../src/timeline/scale.js';
import {arbitraryRun, buildHills, buildTimeline} from '../../helpers/timeline-builder.js';

const draw = (timeline: Timeline, width: number, height: number, isAscii = false) =>
  `\n${plotTimeline(timeline, {width, height}, isAscii).join('\n')}\n`;

test('a plot by time', () => {
  expect(draw(buildHills(), 67, 5)).toMatchInlineSnapshot(`
    "
    Heap up to 30.000MB, resident memory up to 38.000MB, 1.0 s
    38.0MB                                       ⣀⣀⠤⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
                      ⣀⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉ ▁▃▄▅▇██▇▅▃▂
                ⣀⣀⠤⠒⠒⠉▁▂▄▆▅▄▂               ▁▃▄▅▇█████████████▅▄▂
           ⣀⠤⠒⠒⠉▁▂▃▅▆█████████▇▅▂▁   ▁▁▃▅▅▇███████████████████████▇▅▃▂
        0B ▁▃▅▆▇██████████████████▇▅▇██████████████████████████████████
           0s          0.2s        0.4s        0.6s        0.8s
    "
  `);
});

test('a plot by allocation records, in ASCII', () => {
  expect(draw(buildHills(), 120, 3, true)).toMatchInlineSnapshot(`
    "
    Heap up to 30.000MB, resident memory up to 38.000MB, 1.0 s, 2k allocation records
    38.0MB                         ....................................................._____________.......................
                 ............_________##_______                      __________#############################________
        0B  ________#################################_______##############################################################__
           @0         @200       @400       @600        @800       @1k        @1.2k       @1.4k      @1.6k      @1.8k
    "
  `);
});

test('a run without a record', () => {
  const timeline = buildTimeline({heaps: [], memory: [], cellCount: 1});
  expect(draw(timeline, 80, 2)).toMatchInlineSnapshot(`
    "
    Heap up to 0.000B, 0 allocation records

        0B

    "
  `);
});

test('resident memory far above the heap is not drawn', () => {
  const timeline = buildHills();
  timeline.points.rss.fill(200e6);
  expect(draw(timeline, 80, 2)).toMatchInlineSnapshot(`
    "
    Heap up to 30.000MB, resident memory up to 200.000MB (off scale), 1.0 s
    30.0MB              ▁▁▁▂▃▃▃▂▁                  ▁▁▂▃▃▄▄▅▅▆▆▇▇████▇▆▆▅▄▄▃▂▁
        0B ▁▁▂▃▃▄▄▅▆▆▇▇████████████▇▆▅▅▄▃▃▄▅▅▅▆▇▇██████████████████████████████▇▆▆▅▄
           0s            0.2s           0.4s          0.6s           0.8s
    "
  `);
});

test('a plot is never wider than it may be, in cells of one kind of width', () => {
  fc.assert(
    fc.property(
      arbitraryRun,
      fc.nat({max: 90}),
      fc.integer({min: 1, max: 8}),
      fc.boolean(),
      (run, width, height, isAscii) => {
        const lines = plotTimeline(buildTimeline(run), {width, height}, isAscii);
        expect(lines).toHaveLength(height + 2);
        for (const line of lines) {
          expect(cellWidth(line)).toBeLessThanOrEqual(width);
          expect(line).toHaveLength(cellWidth(line));
          if (isAscii) expect(line).toMatch(/^[ -~]*$/);
        }
      },
    ),
  );
});

const arbitraryColumns = fc
  .array(fc.tuple(fc.nat({max: 1000}), fc.nat({max: 1000})), {minLength: 1, maxLength: 20})
  .map(pairs => ({
    length: pairs.length,
    heap: Float64Array.from(pairs, ([heap]) => heap),
    rss: Float64Array.from(pairs, ([, rss]) => rss),
  }));

test('the height of a column says how high the heap is there', () => {
  fc.assert(
    fc.property(arbitraryColumns, fc.integer({min: 1, max: 8}), (columns, height) => {
      // Without resident memory, which may be drawn over a column.
      const {heap, length} = columns;
      const rows = readRows({length, heap, rss: new Float64Array(length)}, height);
      const {fills} = UNICODE_SIGNS;
      const top = Math.max(...heap);
      heap.forEach((bytes, column) => {
        const eighths = rows.reduce((sum, row) => sum + fills.indexOf(row[column]!) + 1, 0);
        expect(eighths).toBe(top === 0 ? 0 : Math.ceil((bytes / top) * height * 8));
      });
    }),
  );
});

test('resident memory is seen in each column where it is above the heap by a row', () => {
  fc.assert(
    fc.property(arbitraryColumns, fc.integer({min: 1, max: 8}), (columns, height) => {
      const {top, hasRss} = chooseTop(columns);
      const rows = readRows(columns, height);
      columns.rss.forEach((bytes, column) => {
        const levels = rows.filter(row => UNICODE_SIGNS.levels.includes(row[column]!)).length;
        expect(levels).toBeLessThanOrEqual(1);
        const isAbove = hasRss && bytes - columns.heap[column]! >= top / height;
        if (isAbove) expect(levels).toBe(1);
      });
    }),
  );
});

function readRows(columns: Parameters<typeof drawRows>[0], height: number): readonly string[] {
  return drawRows(columns, height, UNICODE_SIGNS).map(pieces => pieces.map(({text}) => text).join(''));
}

test('the labels of an axis stand at their columns', () => {
  const scale = createScale(buildHills(), 60);
  expect(drawAxis(scale)).toMatchInlineSnapshot(`"0s          0.2s        0.4s        0.6s        0.8s"`);
  expect(drawAxis(createScale(buildHills(), 110))).toMatchInlineSnapshot(
    `"@0         @200       @400       @600       @800       @1k        @1.2k      @1.4k      @1.6k      @1.8k"`,
  );
  const spans = [3, 40, 700, 5000, 61_000, 3_600_000, 90_000_000, 4e9];
  expect(spans.map(span => drawAxis({...scale, span}))).toMatchInlineSnapshot(`
    [
      "0s                  0.001s              0.002s",
      "0s             0.01s          0.02s          0.03s",
      "0s               0.2s             0.4s             0.6s",
      "0s          1s          2s          3s          4s",
      "0s                 20s                 40s",
      "0m        10m       20m       30m       40m       50m",
      "0h          5h          10h         15h         20h",
      "0h        200h       400h       600h       800h       1000h",
    ]
  `);
});

test('marks', () => {
  const none = {chosen: null, peak: null, rssPeak: null};
  expect(drawMarks(none, 5, UNICODE_MARKS)).toBe('     ');
  expect(drawMarks({chosen: {from: 2, to: 2}, peak: 2, rssPeak: 4}, 6, UNICODE_MARKS)).toBe('  ▴ P ');
  expect(drawMarks({chosen: {from: 0, to: 5}, peak: 3, rssPeak: 5}, 6, UNICODE_MARKS)).toBe('├──p─┤');
  expect(drawMarks({chosen: {from: 0, to: 3}, peak: 5, rssPeak: 9}, 6, ASCII_MARKS)).toBe('[--] p');
});

test('ASCII has no other characters', () => {
  const signs = [...Object.values(ASCII_SIGNS), ...Object.values(ASCII_MARKS)];
  expect(signs.join('')).toMatch(/^[ -~]*$/);
});
