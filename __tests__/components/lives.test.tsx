import {describe, expect, test} from 'vitest';
import {cellWidth} from '../../src/format/cells.js';
import {computeLives, readKeptRun, writeRisingRun} from '../helpers/lives.js';
import {renderApp} from '../helpers/render.js';

const plain = readKeptRun(writeRisingRun());
const wide = readKeptRun(writeRisingRun(['データを読む', 'e\u0301tude', '👩‍👩‍👧‍👦']));

async function openApp(
  columns: number,
  rows = 12,
  options: Parameters<typeof renderApp>[1] = {},
  run = plain,
) {
  const app = await renderApp('', {
    columns,
    rows,
    snapshot: run.snapshot,
    onRequestView: () => {},
    ...options,
  });
  app.store.actions.receiveHistory(run.history);
  return {
    ...app,
    async press(...keys: readonly string[]) {
      await app.press(...keys);
      computeLives(app.store, columns);
      await app.press('down', 'up');
    },
    getRows: () =>
      app
        .frame()
        .split('\n')
        .slice(0, 6)
        .map(line => line.split('│  ')[0]!.trimEnd())
        .join('\n'),
  };
}

describe('the rows with what they held over the run', () => {
  test('of 80 columns', async () => {
    const app = await openApp(80);
    await app.press('E', 'O');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "❯   2.050MB 100.00 % ▂▄▆|█████ ▾ 📂 <ROOT>
          2.050MB 100.00 % ▂▄▆|█████ ╰ 📂 main  /app/app.py
          2.000MB  97.56 % ▂▄▆|██▇▆▅ ├─ 📄 load  /app/work.py
         50.000kB   2.44 %    |█     └─ 📄 once  /app/work.py

      "
    `);
  });

  test('of 120 columns', async () => {
    const app = await openApp(120);
    await app.press('E', 'O');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "❯   2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████ ▾ 📂 <ROOT>
          2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████ ╰ 📂 main  /app/app.py
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███▇▆▆▅ ├─ 📄 load  /app/work.py
         50.000kB   2.44 %               |█       └─ 📄 once  /app/work.py

      "
    `);
  });

  test('of 200 columns', async () => {
    const app = await openApp(200);
    await app.press('E', 'O');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "❯   2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▁▂▃▄▅▆▇|█████████ ▾ 📂 <ROOT>
          2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▁▂▃▄▅▆▇|█████████ ╰ 📂 main  /app/app.py
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▁▂▃▄▅▆▇|███▇▇▆▆▅▅ ├─ 📄 load  /app/work.py
         50.000kB   2.44 %                 |█         └─ 📄 once  /app/work.py

      "
    `);
  });

  test('as ASCII', async () => {
    const app = await openApp(120, 12, {ascii: true});
    await app.press('E', 'O');
    expect(app.getRows()).toMatchInlineSnapshot(`
      ">   2.050MB 100.00 % ######## :-=+*|####### v + <ROOT>
          2.050MB 100.00 % ######## :-=+*|####### : + main  /app/app.py
          2.000MB  97.56 % ######## :-=+*|###**++ |- - load  /app/work.py
         50.000kB   2.44 %               |#       \`- - once  /app/work.py

      "
    `);
    expect(app.frame()).toMatch(/^[\n -~]*$/);
  });

  test('as a table, and inverted', async () => {
    const app = await openApp(120);
    await app.press('O', '3');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "peak › flat                                                                                2.050MB of 2.050MB (100.00 %)
           -Total        %          Over time           Own   Count Function
      ❯   2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████    0.000B    2001 <ROOT>
          2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████    0.000B    2001 main  /app/app.py
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███▇▆▆▅   2.000MB    2000 load  /app/work.py
         50.000kB   2.44 %               |█        50.000kB       1 once  /app/work.py"
    `);
    await app.press('2');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "peak › inverted                                                                            2.050MB of 2.050MB (100.00 %)
      ❯   2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████ ▾ 📂 <ROOT>
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███▇▆▆▅ ├▾ 📂 load  /app/work.py
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███▇▆▆▅ │╰ 📄 main  /app/app.py
         50.000kB   2.44 %               |█       └▸ 📂 once  /app/work.py
      "
    `);
  });

  test('of the peak: all lines are of one scale', async () => {
    const app = await openApp(120);
    await app.press('E', 'O', '%');
    expect(app.getRows()).toMatchInlineSnapshot(`
      "❯   2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████ ▾ 📂 <ROOT>
          2.050MB 100.00 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███████ ╰ 📂 main  /app/app.py
          2.000MB  97.56 % ▇▇▇▇▇▇▇▇ ▂▃▄▆▇|███▇▆▆▅ ├─ 📄 load  /app/work.py
         50.000kB   2.44 %               |▁       └─ 📄 once  /app/work.py

      "
    `);
  });
});

test('are hidden again, and with a screen that is too narrow', async () => {
  const app = await openApp(120);
  const before = app.frame();
  await app.press('O');
  expect(app.frame()).not.toBe(before);
  await app.press('O');
  expect(app.frame()).toBe(before);
  const narrow = await openApp(69);
  const narrowBefore = narrow.frame();
  await narrow.press('O');
  expect(narrow.frame()).toBe(narrowBefore);
});

test('moments that are shown move the sign, not the lines', async () => {
  const app = await openApp(120);
  await app.press('O');
  const drawn = (): string => app.getRows().split('\n')[0]!.slice(30, 43);
  const atPeak = drawn();
  const snapshot = plain.history.open().read(4000, {kind: 'moment', at: {kind: 'allocations', count: 4000}})!;
  app.store.actions.receive({
    type: 'done',
    progress: {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1},
    snapshot,
  });
  await app.press();
  expect(drawn().indexOf('|')).toBeGreaterThan(atPeak.indexOf('|'));
  expect(drawn().replace('|', '')).toBe(atPeak.replace('|', ''));
});

test.each([40, 69, 70, 75, 90, 99, 100, 101, 110, 139, 140, 160, 210])(
  'no line of a screen of %i columns is wider, and wide names shift nothing',
  async columns => {
    const frames = await Promise.all(
      [plain, wide].map(async run => {
        const app = await openApp(columns, 12, {}, run);
        await app.press('E', 'O');
        const lines = app.frame().split('\n');
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
        return lines.slice(0, 4).map(line => /^.*?(?=[📂📄]|<ROOT>)/u.exec(line)?.[0]);
      }),
    );
    expect(frames[1]).toEqual(frames[0]);
  },
);
