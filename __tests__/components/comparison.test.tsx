import {describe, expect, it} from 'vitest';
import {App} from '../../components/App.js';
import {TreeView} from '../../components/TreeView.js';
import {COMMANDS} from '../../src/commands/commands.js';
import {ComparedRuns} from '../../src/heap/compared-runs.js';
import {NO_RENAMES} from '../../src/heap/frame-renames.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {SourceResult} from '../../src/source/source-result.js';
import {selectSpokenText} from '../../src/store/spoken-text.js';
import {createTheme} from '../../src/style/theme.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const BEFORE = `
  main /app/cli.py:3 100
    load /app/data.py:12 300000 x3
      parse /app/data.py:20 600000 x9
    close /app/data.py:44 500000 x2
    same /app/data.py:60 70000
`;

const AFTER = `
  main /app/cli.py:4 100
    load /app/data.py:15 350000 x3
      parse /app/data.py:24 2600000 x19
    cache /app/cache.py:7 1000000 x5
    same /app/data.py:66 70000
`;

function compare(compared: readonly string[], bases: readonly string[]): Snapshot {
  const runs = new ComparedRuns(NO_RENAMES);
  for (const [index, text] of compared.entries()) {
    runs.add({name: `new-${index}.bin`, snapshot: parseSnapshot(text)}, false);
  }
  for (const [index, text] of bases.entries()) {
    runs.add({name: `base-${index}.bin`, snapshot: parseSnapshot(text)}, true);
  }
  return runs.finish();
}

async function open(snapshot: Snapshot, columns = 100, rows = 24, ascii = false) {
  const store = createTreeStore({snapshot, name: 'new-0.bin'});
  const sourceReader = {
    get: () => ({kind: 'not-found', tried: []}) as const,
    read: async () => ({kind: 'not-found', tried: []}) as const,
  };
  const app = renderFrame(<App store={store} sourceReader={sourceReader} ascii={ascii} />, {columns, rows});
  await app.settle();
  return {...app, store};
}

const onLines = (frame: string): string => `\n${frame}\n`;

/** A function was taken out of a file that has moved, and another one came. */
const SOURCES = {
  '/old/data.py': ['def load():', '    return read()', 'def close():', '    LOG.append(bytes(9))'],
  '/app/data.py': ['LOG = []', 'def load():', '    LOG.append(1)', '    return read()'],
};

async function openSources() {
  const runs = new ComparedRuns({folders: [{from: '/app', to: '/old'}], functions: []});
  const added = parseSnapshot('load /app/data.py:3 100000\nload /app/data.py:4 900000 x3');
  const base = parseSnapshot('load /old/data.py:2 900000 x3\nclose /old/data.py:4 500000 x2');
  runs.add({name: 'new.bin', snapshot: added}, false);
  runs.add({name: 'base.bin', snapshot: base}, true);
  const store = createTreeStore({snapshot: runs.finish(), name: 'new.bin'});
  const read = (path: string): SourceResult => {
    const lines = SOURCES[path as keyof typeof SOURCES];
    return {kind: 'text', path, lines, firstLine: 1, totalLines: lines.length, language: 'python'};
  };
  const app = renderFrame(<App store={store} sourceReader={{get: read, read: async path => read(path)}} />, {
    columns: 120,
    rows: 24,
  });
  await app.settle();
  return app;
}

/** What is right of the line between the panes. */
const readPanel = (frame: string): string =>
  onLines(
    frame
      .split('\n')
      .flatMap(line => /[│◂▸](.*)$/.exec(line.slice(50))?.slice(1) ?? [])
      .filter(line => line !== '')
      .join('\n'),
  );

describe('the screen of a comparison', () => {
  it('has the differences, their share of the base, and what was and is', async () => {
    const app = await open(compare([AFTER], [BEFORE]));
    await app.press('E');
    expect(onLines(app.frame())).toMatchInlineSnapshot(`
      "
      ❯   +2.550MB +173.46 % ▇▇▇▇ ▾ 📂 <ROOT>  1.470MB → 4.020MB  │new-0.bin
          +2.550MB +173.46 % ▇▇▇▇ ╰ 📂 main  cli                  │  Command: app.py
          +2.050MB +139.45 % ▇▇▇  ├▾ 📂 load  data                │  Process: 42, peak 1.000kB
          +2.000MB +136.05 % ▇▇▇  │╰ 📄 parse  data               │base-0.bin
          +1.000MB  +68.02 % ▇▇   ├─ 📄 cache  cache  new         │  Command: app.py
        -500.000kB  -34.01 % ▇    └─ 📄 close  data  gone         │  Process: 42, peak 1.000kB
                                                                  │
                                                                  │
                                                                  │
                                                                  │
                                                                  ◂
                                                                  ◂
                                                                  ◂
                                                                  │
                                                                  │
                                                                  │
                                                                  │
                                                                  │
                                                                  │───────────────────────────────────────
                                                                  │💾 Allocations: 16 → 29 (+13)
                                                                  │📦 Size: 1.470MB → 4.020MB (+2.550MB,
                                                                  │+173.46 % of the base)
      peak · new-0.bin · compared with base-0.bin · peak 1.000kB · shown 4.020MB · 1 unchanged (70.000kB)
      q Quit  ? Help  d All sizes  i Hide import system  u Show uninteresting  / Search  Tab Source
      "
    `);
  });

  it('goes with d to all sizes, to what has grown, and back; with Backspace each time back', async () => {
    const app = await open(compare([AFTER], [BEFORE]), 80, 16);
    const frames = [app.frame()];
    await app.press('d');
    frames.push(app.frame());
    await app.press('d');
    frames.push(app.frame());
    expect(onLines(frames[1]!)).toMatchInlineSnapshot(`
      "
      peak › diff absolute                 4.020MB (100.00 %); base 1.470MB (100.00 %)
      ❯   4.020MB 100.00 % ▾ 📂 <ROOT>  +2.550MB
          4.020MB 100.00 % ╰ 📂 main  cli  +2.550MB
          2.950MB  73.38 % ├▾ 📂 load  data  +2.050MB
          2.600MB  64.68 % │╰ 📄 parse  data  +2.000MB
          1.000MB  24.88 % ├─ 📄 cache  cache  new
         70.000kB   1.74 % ├─ 📄 same  data  0.000B
      ── ▴ Tree ──────────────────────────────────────────────────────────────────────
      new-0.bin
        Command: app.py
      (4 more lines)
      ────────────────────────────────────────────────────────────────────────────────
      💾 Allocations: 16 → 29 (+13)
      📦 Size: 1.470MB → 4.020MB (+2.550MB, +173.46 % of the base)
      peak · new-0.bin · compared with base-0.bin · peak 1.000kB · shown 4.020MB
      q Quit  ? Help  , Steps  d Grown  i Hide import system  u Show uninteresting
      "
    `);
    expect(onLines(frames[2]!)).toMatchInlineSnapshot(`
      "
      peak › diff grown                    4.020MB (100.00 %); base 1.470MB (100.00 %)
      ❯  +2.550MB +173.46 % ▾ 📂 <ROOT>  1.470MB → 4.020MB
         +2.550MB +173.46 % ╰ 📂 main  cli  1.470MB → 4.020MB
         +2.050MB +139.45 % ├▾ 📂 load  data  900.000kB → 2.950MB
         +2.000MB +136.05 % │╰ 📄 parse  data  600.000kB → 2.600MB
         +1.000MB  +68.02 % └─ 📄 cache  cache  new

      ── ▴ Tree ──────────────────────────────────────────────────────────────────────
      new-0.bin
        Command: app.py
      (4 more lines)
      ────────────────────────────────────────────────────────────────────────────────
      💾 Allocations: 16 → 29 (+13)
      📦 Size: 1.470MB → 4.020MB (+2.550MB, +173.46 % of the base)
      peak · new-0.bin · vs base-0.bin · peak 1.000kB · shown 4.020MB · 2 not grown
      q Quit  ? Help  , Steps  d Differences  i Hide import system
      "
    `);
    await app.press('backspace');
    expect(app.frame()).toBe(frames[1]);
    await app.press('backspace');
    expect(app.frame()).toBe(frames[0]);
  });

  it('says at the steps of a row what each would keep of both sides', async () => {
    const app = await open(compare([AFTER], [BEFORE]), 80, 12);
    for (const key of ['G', ';']) await app.press(key);
    expect(onLines(app.frame().split('\n').slice(0, 5).join('\n'))).toMatchInlineSnapshot(`
      "
      Steps at this row
      ❯  zoom to this node                               keeps  0.000B, base 500.000kB
         root fn:=close                                  keeps  0.000B, base 500.000kB
         through fn:=close                               keeps  0.000B, base 500.000kB
         drop fn:=close                                  keeps 4.020MB, base 970.100kB
      "
    `);
  });

  it.each([
    ['truecolor', 24],
    ['256', 8],
    ['16', 4],
  ] as const)('has other colors for growth and for shrinkage, of %s', async (depth, colorBits) => {
    for (const palette of ['dark', 'light'] as const) {
      const store = createTreeStore({snapshot: compare([AFTER], [BEFORE]), name: 'new-0.bin'});
      const theme = createTheme({depth, palette});
      const app = renderFrame(<TreeView store={store} theme={theme} width={60} height={8} />, {colorBits});
      await app.press('E');
      const frame = app.styledFrame();
      const colors = ['\\+1\\.000MB', '-500\\.000kB'].map(
        size => new RegExp(`\u001b\\[(3[\\d;]+)m *${size}`).exec(frame)?.[1],
      );
      expect(colors).toEqual([expect.any(String), expect.any(String)]);
      expect(colors[0]).not.toBe(colors[1]);
    }
  });

  it('says both sides of a row in words and without symbols', async () => {
    const app = await open(compare([AFTER], [BEFORE]), 80, 24, true);
    await app.press('down');
    await app.press('down');
    const speak = () => selectSpokenText(app.store.getState(), []).map(line => `${line}`);
    expect(speak()).toMatchInlineSnapshot(`
      [
        "Row 3 of 6: load, data.",
        "+2.050MB, +139.45 % of the base, from 900.000kB to 2.950MB. Level 2, expanded, 1 child.",
        "peak, new-0.bin, compared with base-0.bin, peak 1.000kB, shown 4.020MB, 1 unchanged (70.000kB). Press ? for the keys.",
      ]
    `);
    expect(onLines(app.frame())).not.toMatch(/[^\n -~]/);
    const sizes: (string | undefined)[] = [];
    for (const keys of [['G'], ['up'], ['d'], ['home', 'down', 'down']]) {
      for (const key of keys) await app.press(key);
      sizes.push(speak().find(line => line.includes(' of the ')));
    }
    expect(sizes).toMatchInlineSnapshot(`
      [
        "-500.000kB, -34.01 % of the base, gone. Level 2, no children.",
        "+1.000MB, +68.02 % of the base, new. Level 2, no children.",
        "1.000MB, 24.88 % of the total, new. Level 2, no children.",
        "2.950MB, 73.38 % of the total, +2.050MB since the base. Level 2, expanded, 1 child.",
      ]
    `);
  });

  it('has the values of each of several runs, those that stand out first', async () => {
    const same = new Array<string>(5).fill(BEFORE);
    const odd = BEFORE.replace('600000 x9', '9000000 x9');
    const app = await open(compare([...same, odd], []), 100, 30);
    await app.press('down');
    await app.press('down');
    await app.press('down');
    const panel = onLines(app.frame())
      .split('\n')
      .map(line => line.slice(line.lastIndexOf('│') + 1).trim());
    const facts = panel.filter(line => /^(?:📦 In 6 captures|.*, stands out$)/.test(line));
    expect(facts).toMatchInlineSnapshot(`
      [
        "📦 In 6 captures: 600.000kB to 9.000MB,",
        "📦 9.000MB in new-5.bin, stands out",
      ]
    `);
  });

  it('has the ranges of both sides of several runs, and the values of each', async () => {
    const larger = AFTER.replace('2600000', '2700000');
    const app = await open(compare([AFTER, larger], [BEFORE, BEFORE]), 120, 30);
    await app.press('E');
    for (let row = 0; row < 3; row++) await app.press('down');
    expect(readPanel(app.frame())).toMatchInlineSnapshot(`
      "
      source not found: /app/data.py
      ───────────────────────────────────────────────
      🧭 Function: parse · 🧭 Location: /app/data.py
      💾 Allocations: 9 → 19 (+10)
      📦 Size: 600.000kB → 2.650MB (+2.050MB, +139.45
      % of the base)
      📦 Own size: 600.000kB → 2.650MB (+2.050MB), in
      9 → 19 allocations
      📦 In 2 captures: 2.600MB to 2.700MB; in 2 of
      the base: 600.000kB · 📦 2.600MB in new-0.bin
      📦 2.700MB in new-1.bin
      📦 600.000kB in base-0.bin, base
      📦 600.000kB in base-1.bin, base
      "
    `);
  });

  it('shows the source and the costs of either side, where the files have other names', async () => {
    const app = await openSources();
    await app.press('E');
    await app.press('G');
    expect(readPanel(app.frame())).toMatchInlineSnapshot(`
      "
              1 LOG = []
      ❯       2 def load():
       ◆100kB 3     LOG.append(1)
       ◆900kB 4     return read()
      ── of what is compared: /app/data.py
      🧭 Function: load
      🧭 Location: /app/data.py
      💾 Allocations: 3 → 4 (+1)
      📦 Size: 900.000kB → 1.000MB (+100.000kB, +7.14
      % of the base)
      📦 Own size: 900.000kB → 1.000MB (+100.000kB),
      in 3 → 4 allocations
      🧵 Thread: 0x1
      "
    `);
    await app.press('V');
    expect(readPanel(app.frame())).toMatchInlineSnapshot(`
      "
      ❯       1 def load():
       ◆900kB 2     return read()
              3 def close():
       ◆500kB 4     LOG.append(bytes(9))
      ── of the base: /old/data.py
      🧭 Function: load
      🧭 Location: /app/data.py
      💾 Allocations: 3 → 4 (+1)
      📦 Size: 900.000kB → 1.000MB (+100.000kB, +7.14
      % of the base)
      📦 Own size: 900.000kB → 1.000MB (+100.000kB),
      in 3 → 4 allocations
      🧵 Thread: 0x1
      "
    `);
    await app.press('K');
    expect(app.frame().trimEnd().split('\n').at(-1)).toMatchInlineSnapshot(
      `"Line 4: total 500.000kB (35.71 %), own 500.000kB (35.71 %), 2 allocations, in base.bin"`,
    );
  });

  it('shows tables of both sides', async () => {
    const app = await open(compare([AFTER], [BEFORE]), 110, 16);
    await app.press('3');
    expect(onLines(app.frame())).toMatchInlineSnapshot(`
      "
      peak › flat                                  4.020MB of 4.020MB (100.00 %); base 1.470MB of 1.470MB (100.00 %)
             -Diff    % base   Own diff  Count diff Function            │new-0.bin
      ❯   +2.550MB +173.46 %     0.000B         +13 <ROOT>              │  Command: app.py
          +2.550MB +173.46 %     0.000B         +13 main  cli           │  Process: 42, peak 1.000kB
          +2.050MB +139.45 %  +50.000kB         +10 load  data          │base-0.bin
          +2.000MB +136.05 %   +2.000MB         +10 parse  data         │  Command: app.py
          +1.000MB  +68.02 %   +1.000MB          +5 cache  cache  new   ◂  Process: 42, peak 1.000kB
        -500.000kB  -34.01 % -500.000kB          -2 close  data  gone   ◂
                                                                        ◂
                                                                        │
                                                                        │───────────────────────────────────────────
                                                                        │💾 Allocations: 16 → 29 (+13)
                                                                        │📦 Size: 1.470MB → 4.020MB (+2.550MB,
                                                                        │+173.46 % of the base)
      peak · new-0.bin · compared with base-0.bin · peak 1.000kB · shown 4.020MB · 1 unchanged (70.000kB)
      q Quit  ? Help  , Steps  d All sizes  i Hide import system  u Show uninteresting  / Search  Tab Source
      "
    `);
  });
});

it('tables without a base have medians', async () => {
  const app = await open(compare([AFTER, BEFORE, AFTER], []), 80, 16);
  await app.press('3');
  expect(app.frame().split('\n')[1]!.trimEnd()).toBe('    -Median        %       Own   Count Function');
  await app.press('s');
  expect(app.frame().split('\n')[1]).toMatch(/ Median +% +-Own /);
});

describe('every key on a comparison', () => {
  const keys = COMMANDS.flatMap(command => command.keys).filter(
    key => !['q', 'ctrl+c', 'ctrl+z'].includes(key),
  );
  const cases = [
    ['two captures', compare([AFTER], [BEFORE])],
    ['several runs', compare([AFTER, AFTER], [BEFORE, BEFORE, BEFORE])],
    ['captures without a base', compare([AFTER, BEFORE, AFTER], [])],
  ] as const;

  const starts = cases.flatMap(([name, snapshot]) =>
    (['home', 'G'] as const).map(start => [name, start, snapshot] as const),
  );

  it.each(starts)('of %s draws a frame, from %s on', async (_, start, snapshot) => {
    const app = await open(snapshot);
    for (const key of keys) {
      await app.press(start);
      await app.press(key);
      expect(app.frame(), key).not.toBe('');
      await app.press('escape');
      expect(app.frame(), key).not.toBe('');
      expect(app.store.getState().failure, key).toBeNull();
    }
  });
});

it('the panel counts one allocation as one', async () => {
  const app = await open(compare(['main /app/cli.py:3 100'], ['main /app/cli.py:3 900']), 80, 30);
  await app.press('down');
  expect(app.frame()).toMatch(/Own size: 900\.000B → 100\.000B \(-800\.000B\), in 1 allocation /);
});
