import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../src/commands/commands.js';
import {cellWidth} from '../../src/format/cells.js';
import type {Snapshot, View} from '../../src/heap/snapshot.js';
import {createTheme} from '../../src/style/theme.js';
import {renderApp, SAMPLE} from '../helpers/render.js';
import {createCaptureInfo} from '../helpers/snapshot-builder.js';
import {buildHills} from '../helpers/timeline-builder.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const timeline = buildHills();
const run = {peakRecords: 1500, peakTimeMs: null, highestRss: null, highestRssTimeMs: null};
const capture = createCaptureInfo({run, allocationRecords: 2000});

const snapshotOf = (view: View, text = SAMPLE): Snapshot => ({
  ...parseSnapshot(text),
  view,
  capture,
  timeline,
});

/** A screen whose requests are answered at once. */
async function openApp(
  columns: number,
  rows: number,
  options: Parameters<typeof renderApp>[1] = {},
  text = SAMPLE,
) {
  const asked: View[] = [];
  const app = await renderApp(text, {
    columns,
    rows,
    snapshot: snapshotOf({kind: 'peak'}, text),
    onRequestView: view => asked.push(view),
    ...options,
  });
  const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
  return {
    ...app,
    async answer() {
      app.store.actions.receive({type: 'done', progress, snapshot: snapshotOf(asked.at(-1)!, text)});
      await app.settle();
    },
    getStrip: () => {
      const lines = app.frame().split('\n');
      return lines
        .slice(
          lines.findIndex(line => /^.? Time: /.test(line)),
          -2,
        )
        .join('\n');
    },
  };
}

describe('the strip stands below the panes', () => {
  test('of 80 × 24', async () => {
    const app = await openApp(80, 24);
    const before = app.frame();
    await app.press('T');
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯   3.664MB 100.00 % ▾ 📂 <ROOT>
          3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
          3.000kB   0.08 % └─ 📄 exec  json:106
      ────────────────────────────────────────────────────────────────────────────────
      Command:   app.py
      Process:   42, Python 3.11
      Recorded:  2023-11-14 22:13:20 UTC, 1.000 s
      Records:   2,000 allocations and deallocations
      Allocator: pymalloc
      Format:    13, all allocations, compressed

      ────────────────────────────────────────────────────────────────────────────────
      💾 Allocations: 122
      📦 Size: 3.664MB
      ▸ Time: heap 30.000MB at 0.75s (@1.5k), resident memory 38.000MB
      38.0MB           ⣀⣀⣀⣀⠤⠤⠤▁▁⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▁▁▂▂▃▃▃▄▄▅▅▅▅▄▃▃▂▂▁⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
          0B ▁▁▂▂▃▃▄▄▅▅▆▆▆▇▇███████▇▆▆▅▄▄▃▃▃▃▄▄▄▅▅▆▆▇▇████████████████████████▇▇▆▆▅▅▄▃
                                                                   ▴
             0s            0.2s           0.4s          0.6s           0.8s
      peak · results.bin · peak 1.000kB · shown 3.664MB
      ← → Moment  Shift+← Shift+→ Range  Space Highest or grown  } Rises  p P Peaks"
    `);
    await app.press('T');
    expect(app.frame()).toBe(before);
  });

  test('of 120 × 40', async () => {
    const app = await openApp(120, 40);
    await app.press('T');
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯   3.664MB 100.00 % ▇▇▇▇▇▇▇▇ ▾ 📂 <ROOT>                               │Command:   app.py
          3.664MB 100.00 % ▇▇▇▇▇▇▇▇ ╰ 📂 <module>  app:50                     │Process:   42, Python 3.11
          3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ├▾ 📂 main  app:43                        │Recorded:  2023-11-14 22:13:20 UTC, 1.000 s
          2.000MB  54.59 % ▇▇▇▇     │ ├─ 📄 load  data:12                     │Records:   2,000 allocations and deallocations
          1.661MB  45.33 % ▇▇▇▇     │ └▸ 📂 build  data:40                    │Allocator: pymalloc
          3.000kB   0.08 %          └─ 📄 exec  json:106                      │Format:    13, all allocations, compressed
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │
                                                                              │───────────────────────────────────────────────
                                                                              │💾 Allocations: 122
                                                                              │📦 Size: 3.664MB
      ▸ Time: heap 30.000MB at 0.75s (@1.5k), resident memory 38.000MB                                      █ heap  ⠒ resident
      38.0MB                                                                          ⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
                                  ⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉ ▁▂▃▃▃▄▅▆▇▇█▇▇▆▅▄▃▂▁
                        ⣀⣀⠤⠤⠒⠒⠒⠒⠉⠉ ▁▂▃▄▄▅▆▄▃▂▁                              ▁▂▃▄▄▅▅▆▇▇█████████████████████▇▇▆▄▃▂▁
              ⣀⠤⠤⠤⠒⠒⠉⠉⠉⠉▁▂▃▃▄▅▅▆▇███████████████▇▆▅▃▂▁         ▁▁▁▂▃▄▅▅▆▇▇█████████████████████████████████████████▇▆▆▅▄▃▂▁
          0B  ▁▂▃▄▅▆▆▆▇████████████████████████████████▇▇▆▅▅▆▇██████████████████████████████████████████████████████████████▇▆
                                                                                                 ▴
             @0         @200       @400       @600        @800       @1k        @1.2k       @1.4k      @1.6k      @1.8k
      peak · results.bin · peak 1.000kB · shown 3.664MB
      ← → Moment  Shift+← Shift+→ Range  Space Highest or grown  } Rises  p P Peaks  Esc Leave"
    `);
  });

  test('of 200 × 60', async () => {
    const app = await openApp(200, 60);
    await app.press('T');
    expect(app.getStrip()).toMatchInlineSnapshot(`
      "▸ Time: heap 30.000MB at 0.75s (@1.5k), resident memory 38.000MB                                                                                                                      █ heap  ⠒ resident
      38.0MB                                                                                                                                      ⣀⣀⣀⣀⠤⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
                                                                                                                                      ⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠉⠉       ▁▁▂▂▃▃▁▁
                                                   ⣀⣀⣀⣀⠤⠤⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉        ▁▁▂▂▄▄▅▅▆▇▇██████████▆▆▄▄▃▃▁▁
                                        ⣀⣀⣀⠤⠤⠒⠒⠒⠒⠉⠉        ▁▁▂▂                                                                   ▂▂▃▃▄▄▅▅▇▇███████████████████████████████▇▇▆▆▄▄▂
                            ⣀⣀⣀⣀⠤⠤⠒⠒⠒⠒⠉⠉       ▁▁▂▂▃▃▅▅▆▆▇▇██████▇▇▅▃▃▁▁                                             ▁▁▂▂▃▃▅▆▆▇▇████████████████████████████████████████████████████▇▇▅▅▃▃▂▂
                ⣀⣀⣀⣀⠤⠤⠒⠒⠒⠒⠉⠉        ▁▁▂▂▃▅▅▆▆▇▇█████████████████████████▇▇▆▆▄▄▂▂                         ▁▁▂▂▄▄▅▅▆▆███████████████████████████████████████████████████████████████████████████▆▆▅▅▃▃▁▁
              ⠉⠉        ▁▁▂▂▃▃▅▅▆▆▇▇██████████████████████████████████████████████▆▆▅▅▃▃▁▁    ▂▃▃▄▄▅▅▇▇█████████████████████████████████████████████████████████████████████████████████████████████████▆▆▄▄▃▁
          0B  ▂▂▃▃▅▅▆▆▇▇██████████████████████████████████████████████████████████████████▇▇██████████████████████████████████████████████████████████████████████████████████████████████████████████████████
                                                                                                                                                             ▴
             @0                 @200               @400               @600                @800               @1k                @1.2k               @1.4k              @1.6k              @1.8k"
    `);
  });

  test('of 40 × 12, where only one line is drawn', async () => {
    const app = await openApp(40, 12);
    await app.press('T');
    expect(app.getStrip()).toMatchInlineSnapshot(`
      "▸ Time: heap 30.000MB at 0.75s (@1.5k),…
      38.0MB ▁▂▂▃▃▄▄▅▅▄▄▃▂▂▂▃▃▄▄▄▅▅▆▆▇▇▆▆▅▄▄▃▂
                                     ▴"
    `);
  });
});

test('a moment, a range and a rise', async () => {
  const app = await openApp(90, 24);
  await app.press('T', 'home', 'right', 'right');
  await app.answer();
  expect(app.getStrip()).toMatchInlineSnapshot(`
    "▸ Time: heap 2.400MB at 0.03s (@60), resident memory 10.400MB           █ heap  ⠒ resident
    38.0MB            ⣀⣀⣀⣀⣀⠤⠤⠤▁▁▁⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▁▁▁▂▂▃▃▃▄▄▅▅▅▅▄▄▃▃▃▂▁▁⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
        0B ▁▁▂▂▃▃▃▄▄▅▅▅▆▆▇▇▇████████▇▆▆▅▅▄▄▃▃▃▃▃▄▄▅▅▅▆▆▇▇▇███████████████████████████▇▇▆▆▆▅▄▄▃
             ▴                                                           p
           0s              0.2s             0.4s            0.6s             0.8s"
  `);
  for (let step = 0; step < 3; step++) await app.type('\u001b[1;2C');
  await app.answer();
  await app.press('escape');
  expect(app.getStrip()).toMatchInlineSnapshot(`
    "  Time: highest state from 0.03s (@60) to 0.07s (@140), heap 2.400MB to 5.600MB
    38.0MB            ⣀⣀⣀⣀⣀⠤⠤⠤▁▁▁⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▁▁▁▂▂▃▃▃▄▄▅▅▅▅▄▄▃▃▃▂▁▁⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
        0B ▁▁▂▂▃▃▃▄▄▅▅▅▆▆▇▇▇████████▇▆▆▅▅▄▄▃▃▃▃▃▄▄▅▅▅▆▆▇▇▇███████████████████████████▇▇▆▆▆▅▄▄▃
             ├──┤                                                        p
           0s              0.2s             0.4s            0.6s             0.8s"
  `);
  await app.press('}');
  await app.answer();
  expect(app.getStrip()).toMatchInlineSnapshot(`
    "  Time: grown from 0.4s (@800) to 0.75s (@1.5k), heap 4.000MB to 30.000MB
    38.0MB            ⣀⣀⣀⣀⣀⠤⠤⠤▁▁▁⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▁▁▁▂▂▃▃▃▄▄▅▅▅▅▄▄▃▃▃▂▁▁⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
        0B ▁▁▂▂▃▃▃▄▄▅▅▅▆▆▇▇▇████████▇▆▆▅▅▄▄▃▃▃▃▃▄▄▅▅▅▆▆▇▇▇███████████████████████████▇▇▆▆▆▅▄▄▃
                                            ├────────────────────────────┤
           0s              0.2s             0.4s            0.6s             0.8s"
  `);
  expect(app.frame().split('\n').at(-2)).toMatchInlineSnapshot(
    `"grown @800..@1500 · 0.4s to 0.75s · results.bin · peak 1.000kB · shown 3.664MB"`,
  );
});

test('ASCII', async () => {
  const app = await openApp(90, 36, {ascii: true});
  await app.press('T', '}');
  expect(app.getStrip()).toMatchInlineSnapshot(`
    "> Time: grown from 0.4s (@800) to 0.75s (@1.5k), heap 4.000MB to 30.000MB
    38.0MB                                                      ..............................
                          ...................................... ____########___
                   ....... ___###___                     ____######################___
           ........____#################__      ____######################################___
        0B ____###############################################################################
                                            [----------------------------]
           0s              0.2s             0.4s            0.6s             0.8s"
  `);
  expect(app.frame()).toMatch(/^[\n -~]*$/);
});

test('wide names beside it take the same cells as without it', async () => {
  const text =
    '  main /app/分析.py:1\n    データを読む /app/分析.py:10 3000\n    e\u0301tude /app/分析.py:20 100';
  const app = await openApp(100, 24, {}, text);
  const before = app.frame().split('\n');
  await app.press('T', 'escape');
  const after = app.frame().split('\n');
  expect(after.slice(0, 4).map(line => line.split('│')[0])).toEqual(
    before.slice(0, 4).map(line => line.split('│')[0]),
  );
  for (const line of after) expect(cellWidth(line)).toBeLessThanOrEqual(100);
});

test('help and menus take its place', async () => {
  const app = await openApp(120, 40);
  await app.press('T', '?');
  expect(app.frame()).not.toContain('Time: ');
  await app.press('?', ':');
  expect(app.frame()).not.toContain('Time: ');
  await app.press('escape');
  expect(app.frame()).toContain('Time: ');
});

const KEYS = COMMANDS.filter(({id}) => id !== 'quit' && id !== 'interrupt').flatMap(({keys}) => keys);

test.each(KEYS)('key %s with the strip open leaves a screen that fits', async key => {
  const app = await openApp(100, 24);
  await app.press('T', key);
  const lines = app.frame().split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(100);
  await app.press('escape', 'escape', '0', '1', 'T', 'T');
  expect(app.frame().split('\n').length).toBeLessThanOrEqual(24);
});

test('what is chosen has a color of its own', async () => {
  const app = await openApp(60, 15, {theme: createTheme({depth: '16'}), colorBits: 4});
  await app.press('T', '}', 'escape', 'escape');
  const head = app.styledFrame().split('\n').slice(-5, -2);
  expect(head.map(line => line.replaceAll('\u001b', '␛'))).toMatchInlineSnapshot(`
    [
      "␛[2m  Time: ␛[22mheap 30.000MB at 0.75s (@1.5k), resident memory 38.…",
      "␛[2m38.0MB ␛[22m␛[36m▁▁▁▂▂▂▃▃▃▄▄▄▅▅▄▄▄▃▃▂▂▂▂▂▂▃▃▃▄▄▄▄▅▅▅▆▆▆▇␛[1m␛[33m▇␛[22m␛[36m▇▆▆▆▅▅▄▄▄▃▃▂▂␛[39m",
      "       ␛[1m␛[36m                                       ▴             ␛[39m␛[22m",
    ]
  `);
});
