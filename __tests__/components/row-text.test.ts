import {describe, expect, test} from 'vitest';
import {formatRow, type RowSpec} from '../../components/row-text.js';
import {cellWidth} from '../../src/format/cells.js';
import {sanitize} from '../../src/format/sanitize.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {computeRowColumns} from '../../src/store/row-columns.js';
import {createTheme} from '../../src/style/theme.js';
import type {RowLabel} from '../../src/tree/row-label.js';
import {drawRows, printScreenRows} from '../helpers/print-screen-rows.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const PLAIN = createTheme();
const COLORED = createTheme({depth: 'truecolor'});

interface Change extends Partial<RowSpec> {
  readonly name?: string;
  readonly place?: string;
  readonly label?: RowLabel;
  readonly width?: number;
  readonly screenColumns?: number;
}

function createSpec({
  name = 'main',
  place = 'app.cli:43',
  width = 60,
  screenColumns = 80,
  ...rest
}: Change = {}) {
  const label: RowLabel = {
    icon: 'calls',
    size: '3.661MB',
    percent: '99.92 %',
    heat: 99,
    share: 0.9992,
    function: sanitize(name),
    place: sanitize(place),
  };
  const columns = computeRowColumns({width, screenColumns, labels: [rest.label ?? label]});
  return {label, isSelected: false, hasFocus: true, isMatch: false, columns, ...rest} satisfies RowSpec;
}

const NONE = sanitize('');
const GUIDES = sanitize('├▾ ');

describe('a row', () => {
  test('is marker, size, percent, guides, icon, function and place', () => {
    expect(formatRow(createSpec(), GUIDES, PLAIN)).toBe('    3.661MB  99.92 % ├▾ 📂 main  app.cli:43');
  });

  test('of a comparison says what became of it before it is marked as a pool', () => {
    const change = {isMoved: false, from: sanitize('1.049MB'), to: sanitize('2.097MB'), difference: null};
    const draw = (width: number, presence: 'both' | 'new' | 'gone', isPool = true) => {
      const {label} = createSpec();
      const marked = {...label, change: {...change, presence}, ...(isPool && {isPool: true as const})};
      return formatRow(createSpec({width, label: marked}), GUIDES, PLAIN).slice(24);
    };
    expect([
      draw(80, 'both'),
      draw(80, 'both', false),
      draw(80, 'new'),
      draw(80, 'gone'),
      draw(50, 'both'),
      draw(50, 'new'),
      draw(50, 'new', false),
    ]).toMatchInlineSnapshot(`
      [
        "📂 main  app.cli:43  1.049MB → 2.097MB ◌",
        "📂 main  app.cli:43  1.049MB → 2.097MB",
        "📂 main  app.cli:43  new ◌",
        "📂 main  app.cli:43  gone, was 1.049MB ◌",
        "📂 main  app.cli:43 ◌",
        "📂 main  app.cli:43  new ◌",
        "📂 main  app.cli:43  new",
      ]
    `);
  });

  test('has a bar on a screen of 100 columns, wider on wider screens', () => {
    const draw = (width: number, screenColumns: number, share: number) => {
      const spec = createSpec({width, screenColumns});
      return formatRow({...spec, label: {...spec.label, share}}, GUIDES, PLAIN);
    };
    expect(draw(70, 99, 0.99)).toBe('    3.661MB  99.92 % ├▾ 📂 main  app.cli:43');
    expect(draw(60, 100, 0.99)).toBe('    3.661MB  99.92 % ▇▇▇▇ ├▾ 📂 main  app.cli:43');
    expect(draw(72, 120, 0.99)).toBe('    3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ├▾ 📂 main  app.cli:43');
    expect(draw(72, 120, 0.3)).toBe('    3.661MB  99.92 % ▇▇       ├▾ 📂 main  app.cli:43');
    expect(draw(72, 120, 0.01)).toBe('    3.661MB  99.92 %          ├▾ 📂 main  app.cli:43');
    expect(draw(240, 400, 1)).toBe('    3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ├▾ 📂 main  app.cli:43');
  });

  test('that is selected fills its pane; a match is marked beside it', () => {
    const row = formatRow(createSpec({isSelected: true, isMatch: true}), GUIDES, PLAIN);
    expect(row.trimEnd()).toBe('❯•  3.661MB  99.92 % ├▾ 📂 main  app.cli:43');
    expect(cellWidth(row)).toBe(60);
  });

  test('keeps units in line', () => {
    const draw = (size: string) => {
      const spec = createSpec();
      return formatRow({...spec, label: {...spec.label, size}}, NONE, PLAIN).slice(2, 11);
    };
    expect(['3.661MB', '999.999kB', '12.000B'].map(draw)).toEqual(['  3.661MB', '999.999kB', '  12.000B']);
  });

  test('cuts a function in the middle and a place at its front, and shows the end of both', () => {
    const long = {name: 'load_customer_records_from_archive', place: 'newsroom.pictures.archive:1430'};
    const draw = (width: number) => formatRow(createSpec({...long, width}), NONE, PLAIN).slice(21);
    expect([100, 80, 68, 54, 48, 46, 45].map(draw).join('\n')).toMatchInlineSnapshot(`
      "📂 load_customer_records_from_archive  newsroom.pictures.archive:1430
      📂 load_customer_records_from_archive  …ctures.archive:1430
      📂 load_customer_…_from_archive  ….archive:1430
      📂 load_cu…rchive  ….archive:1430
      📂 load_c…chive  …hive:1430
      📂 load_c…chive  …ve:1430
      📂 load_c…chive  …e:1430"
    `);
  });

  test('cuts by cells', () => {
    const name = '計算する関数🎉の名前';
    const rows = [37, 38, 39].map(width => formatRow(createSpec({name, place: '', width}), NONE, PLAIN));
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "  3.661MB 99.92 % 📂 計算する… の名前
        3.661MB 99.92 % 📂 計算する…🎉の名前
        3.661MB 99.92 % 📂 計算する …🎉の名前"
    `);
    expect(rows.map(cellWidth)).toEqual([37, 38, 39]);
  });

  test('never exceeds its pane, whatever it holds', () => {
    const names = ['main', '計算する', '👩‍👩‍👧', 'é'.normalize('NFD').repeat(9), 'x'.repeat(200)];
    for (const name of names) {
      for (const place of ['', 'a:1', `${'名'.repeat(40)}.py:12345`]) {
        for (let width = 0; width < 70; width++) {
          const spec = createSpec({name, place, width, isSelected: true});
          for (const guides of [NONE, sanitize('├▾ '.slice(0, Math.min(3, spec.columns.tree)))]) {
            expect(cellWidth(formatRow(spec, guides, PLAIN))).toBe(width);
          }
        }
      }
    }
  });

  test('of an empty tree is its text alone', () => {
    const none = {size: '', percent: '', heat: 0, share: 0, icon: 'none', place: sanitize('')} as const;
    const label = {...none, function: sanitize('<No allocations>')};
    expect(formatRow(createSpec({label}), NONE, PLAIN)).toBe('  <No allocations>');
  });
});

describe('a pane of a few cells', () => {
  const snapshot = parseSnapshot(`
    load_customer_records app/records.py:12
      read app/files.py:3 2000000
      decode_all_the_rows app/files.py:40 1000
  `);
  const draw = (width: number) => {
    const store = createTreeStore({snapshot});
    store.actions.run('goToLast');
    return printScreenRows(store.getState(), {width, height: 9});
  };

  test('shows numbers whole or not at all, and names as far as they fit', () => {
    expect(draw(48)).toMatchInlineSnapshot(`
      "    2.001MB 100.00 % ▾ 📂 <ROOT>
          2.001MB 100.00 % ╰ 📂 load_c…cords  …s.py:12
          2.000MB  99.95 % ├─ 📄 read  app/files.py:3
      ❯   1.000kB   0.05 % └─ 📄 decode…_rows  ….py:40"
    `);
    expect(draw(40)).toMatchInlineSnapshot(`
      "    2.001MB 100.00 % ▾ 📂 <ROOT>
          2.001MB 100.00 % ╰ 📂 load_cu…ecords
          2.000MB  99.95 % ├─ 📄 read  …s.py:3
      ❯   1.000kB   0.05 % └─ 📄 decode…e_rows"
    `);
    expect(draw(30)).toMatchInlineSnapshot(`
      "  2.001MB ▾ 📂 <ROOT>
        2.001MB ╰ 📂 load_cu…records
        2.000MB ├─ 📄 read  …es.py:3
      ❯ 1.000kB └─ 📄 decode_…e_rows"
    `);
    expect(draw(20)).toMatchInlineSnapshot(`
      "  2.001MB ▾ <ROOT>
        2.001MB ╰ load…rds
        2.000MB ├─ read
      ❯ 1.000kB └─ dec…ows"
    `);
    expect(draw(14)).toMatchInlineSnapshot(`
      "  ▾ <ROOT>
        ╰ load_…ords
        ├─ read
      ❯ └─ deco…rows"
    `);
    expect(draw(8)).toMatchInlineSnapshot(`
      "  ▾ <R…>
        ╰ lo…s
        ├─ r…d
      ❯ └─ d…s"
    `);
    expect(draw(4)).toMatchInlineSnapshot(`
      " ▾ …
       ╰ …
       ├─…
      ❯└─…"
    `);
    expect(draw(1)).toMatchInlineSnapshot(`
      "…
      …
      …
      …"
    `);
    expect(draw(0)).toMatchInlineSnapshot(`
      "


      "
    `);
  });
});

describe('colours', () => {
  const show = (text: string) => text.replaceAll('\u001b', '^');

  test('are heat for the numbers and the bar, bold for the function, dim cyan for the place', () => {
    expect(show(formatRow(createSpec({width: 72, screenColumns: 120}), NONE, COLORED))).toBe(
      '  ^[38;2;206;93;90m  3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ^[39m📂 ^[1mmain^[22m  ^[2m^[36mapp.cli:43^[39m^[22m',
    );
  });

  test.each([
    ['256', '38;5;174'],
    ['16', '31'],
  ] as const)('of a terminal with %s', (depth, codes) => {
    expect(show(formatRow(createSpec(), NONE, createTheme({depth})))).toContain(
      `^[${codes}m  3.661MB  99.92 % `,
    );
  });

  test('stay on the selected row, which has a ground of its own', () => {
    const row = show(formatRow(createSpec({isSelected: true, width: 50}), NONE, COLORED));
    expect(row).toMatchInlineSnapshot(
      `"^[1m^[36m❯^[39m^[22m ^[38;2;206;93;90m^[48;5;236m  3.661MB  99.92 % ^[49m^[39m^[38;5;255m^[48;5;236m📂 ^[49m^[39m^[1m^[38;5;255m^[48;5;236mmain^[49m^[39m^[22m^[38;5;255m^[48;5;236m  ^[49m^[39m^[38;5;116m^[48;5;236mapp.cli:43^[49m^[39m^[38;5;255m^[48;5;236m          ^[49m^[39m"`,
    );
  });

  test('stay on the selected row among 16 colours: reverse keeps them', () => {
    const theme = createTheme({depth: '16'});
    const row = show(formatRow(createSpec({isSelected: true, width: 50}), NONE, theme));
    expect(row).toMatchInlineSnapshot(
      `"^[1m^[36m❯^[39m^[22m ^[31m^[7m  3.661MB  99.92 % ^[27m^[39m^[7m📂 ^[27m^[1m^[7mmain^[27m^[22m^[7m  ^[27m^[7mapp.cli:43^[27m^[7m          ^[27m"`,
    );
  });

  test('stay on the selected row while another pane has the focus', () => {
    const row = show(formatRow(createSpec({isSelected: true, hasFocus: false, width: 50}), NONE, COLORED));
    expect(row).toMatchInlineSnapshot(
      `"^[2m❯^[22m ^[38;2;206;93;90m^[48;5;234m  3.661MB  99.92 % ^[49m^[39m^[48;5;234m📂 ^[49m^[1m^[48;5;234mmain^[49m^[22m^[48;5;234m  ^[49m^[2m^[36m^[48;5;234mapp.cli:43^[49m^[39m^[22m^[48;5;234m          ^[49m"`,
    );
  });

  test('show what stands for invisible characters in reverse', () => {
    const row = show(formatRow(createSpec({name: 'a\u202eb'}), NONE, COLORED));
    expect(row).toContain('^[1ma^[22m^[7m‹202E›^[27m^[1mb^[22m');
    const selected = show(formatRow(createSpec({name: 'a\u202eb', isSelected: true}), NONE, COLORED));
    expect(selected).toMatch(/\^\[7m\^\[48;5;236m‹202E›/);
  });

  test('may be other ones', () => {
    const theme = createTheme({depth: '16', codes: {function: '35'}});
    expect(show(formatRow(createSpec(), NONE, theme))).toContain('^[35mmain^[39m');
  });
});

describe('guides', () => {
  const BRANCHES = `
    a a.py:1
      b a.py:2
        c a.py:3 9
        d a.py:4 8
      e a.py:5
        f a.py:6
          g a.py:7 4
          h a.py:8
            i a.py:9 3
    j a.py:10 1
  `;
  const openAll = (text: string) => {
    const store = createTreeStore({snapshot: parseSnapshot(text)});
    store.actions.run('openSubtree');
    return store;
  };

  test('show who is whose child; an only child stands below its parent without an indent', () => {
    expect(printScreenRows(openAll(BRANCHES).getState())).toMatchInlineSnapshot(`
      "❯   25.000B 100.00 % ▾ 📂 <ROOT>
          24.000B  96.00 % ├▾ 📂 a  a.py:1
          17.000B  68.00 % │ ├▾ 📂 b  a.py:2
           9.000B  36.00 % │ │ ├─ 📄 c  a.py:3
           8.000B  32.00 % │ │ └─ 📄 d  a.py:4
           7.000B  28.00 % │ └▾ 📂 e  a.py:5
           7.000B  28.00 % │  ╰ 📂 f  a.py:6
           4.000B  16.00 % │   ├─ 📄 g  a.py:7
           3.000B  12.00 % │   └▾ 📂 h  a.py:8
           3.000B  12.00 % │    ╰ 📄 i  a.py:9
           1.000B   4.00 % └─ 📄 j  a.py:10"
    `);
  });

  test('show a chain below the root, and a closed link of it', () => {
    const store = openAll('a a.py:1\n  b a.py:2\n    c a.py:3\n      d a.py:4 7\n      e a.py:5 6');
    store.actions.run('moveDown');
    expect(printScreenRows(store.getState())).toMatchInlineSnapshot(`
      "    13.000B 100.00 % ▾ 📂 <ROOT>
      ❯   13.000B 100.00 % ╰ 📂 a  a.py:1
          13.000B 100.00 % ╰ 📂 b  a.py:2
          13.000B 100.00 % ╰ 📂 c  a.py:3
           7.000B  53.85 % ├─ 📄 d  a.py:4
           6.000B  46.15 % └─ 📄 e  a.py:5"
    `);
    store.actions.run('moveDown');
    store.actions.run('toggle');
    expect(printScreenRows(store.getState())).toMatchInlineSnapshot(`
      "    13.000B 100.00 % ▾ 📂 <ROOT>
          13.000B 100.00 % ╰ 📂 a  a.py:1
      ❯   13.000B 100.00 % ╰▸📂 b  a.py:2"
    `);
  });

  test('are in ASCII where that is asked for', () => {
    const pane = {width: 60, height: 40, screenColumns: 120};
    const rows = drawRows(openAll(BRANCHES).getState(), pane, createTheme({ascii: true}));
    expect(rows.map(row => row.trimEnd()).join('\n')).toMatchInlineSnapshot(`
      ">   25.000B 100.00 % #### v + <ROOT>
          24.000B  96.00 % #### |v + a  a.py:1
          17.000B  68.00 % ###  | |v + b  a.py:2
           9.000B  36.00 % #    | | |- - c  a.py:3
           8.000B  32.00 % #    | | \`- - d  a.py:4
           7.000B  28.00 % #    | \`v + e  a.py:5
           7.000B  28.00 % #    |  : + f  a.py:6
           4.000B  16.00 % #    |   |- - g  a.py:7
           3.000B  12.00 %      |   \`v + h  a.py:8
           3.000B  12.00 %      |    : - i  a.py:9
           1.000B   4.00 %      \`- - j  a.py:10"
    `);
  });

  test('are the same in any window', () => {
    const whole = drawRows(openAll(BRANCHES).getState(), {width: 60, height: 40, screenColumns: 80});
    for (let height = 1; height < whole.length; height++) {
      const store = openAll(BRANCHES);
      store.actions.setViewport(60, height);
      for (let row = 1; row < whole.length; row++) {
        store.actions.run('moveDown');
        const shown = drawRows(store.getState(), {width: 60, height, screenColumns: 80});
        const from = store.getState().scroll.row;
        expect(shown.map(line => line.slice(21).trimEnd())).toEqual(
          whole.slice(from, from + height).map(line => line.slice(21).trimEnd()),
        );
      }
    }
  });
});

describe('deep trees', () => {
  /** Two children at each level, of which the first goes on. */
  const text = (depth: number) =>
    Array.from({length: depth}, (_, level) => {
      const indent = '  '.repeat(level);
      return `${indent}descend_${level} app/walk.py:${level + 1}\n${indent}  stay_${level} app/walk.py:${level + 2} 10`;
    }).join('\n');
  const pane = {width: 62, height: 8, screenColumns: 100};
  const draw = (depth: number, row: number) => {
    const store = createTreeStore({
      snapshot: parseSnapshot(`${text(depth)}\n${'  '.repeat(depth)}end a.py:1 90`),
    });
    store.actions.setViewport(pane.width, pane.height);
    store.actions.run('openSubtree');
    for (let step = 0; step < row; step++) store.actions.run('moveDown');
    return store;
  };

  test('shift their guides as far as the selected row needs, and back', () => {
    const store = draw(30, 12);
    expect(printScreenRows(store.getState(), pane)).toMatchInlineSnapshot(`
      "   350.000B  89.74 % ▇▇▇▇ ‹▾ 📂 descend_4  app/walk.py:5
         340.000B  87.18 % ▇▇▇  ‹├▾ 📂 descend_5  app/walk.py:6
         330.000B  84.62 % ▇▇▇  ‹│ ├▾ 📂 descend_6  app/walk.py:7
         320.000B  82.05 % ▇▇▇  ‹│ │ ├▾ 📂 descend_7  app/walk.py:8
         310.000B  79.49 % ▇▇▇  ‹│ │ │ ├▾ 📂 descend_8  …p/walk.py:9
         300.000B  76.92 % ▇▇▇  ‹│ │ │ │ ├▾ 📂 descend_9  …alk.py:10
         290.000B  74.36 % ▇▇▇  ‹│ │ │ │ │ ├▾ 📂 descend_10  ….py:11
      ❯  280.000B  71.79 % ▇▇▇  ‹│ │ │ │ │ │ ├▾ 📂 descend_11  …y:12"
    `);
    store.actions.run('goToFirst');
    expect(printScreenRows(store.getState(), pane)).toMatchInlineSnapshot(`
      "❯  390.000B 100.00 % ▇▇▇▇ ▾ 📂 <ROOT>
         390.000B 100.00 % ▇▇▇▇ ╰ 📂 descend_0  app/walk.py:1
         380.000B  97.44 % ▇▇▇▇ ├▾ 📂 descend_1  app/walk.py:2
         370.000B  94.87 % ▇▇▇▇ │ ├▾ 📂 descend_2  app/walk.py:3
         360.000B  92.31 % ▇▇▇▇ │ │ ├▾ 📂 descend_3  app/walk.py:4
         350.000B  89.74 % ▇▇▇▇ │ │ │ ├▾ 📂 descend_4  app/walk.py:5
         340.000B  87.18 % ▇▇▇  │ │ │ │ ├▾ 📂 descend_5  …/walk.py:6
         330.000B  84.62 % ▇▇▇  │ │ │ │ │ ├▾ 📂 descend_6  …alk.py:7"
    `);
  });

  test('do not shift names and numbers at level 300', () => {
    const store = draw(300, 298);
    expect(printScreenRows(store.getState(), pane)).toMatchInlineSnapshot(`
      "   190.000B   6.15 %      ‹▾ 📂 descend_290  app/walk.py:291
         180.000B   5.83 %      ‹▾ 📂 descend_291  app/walk.py:292
         170.000B   5.50 %      ‹├▾ 📂 descend_292  app/walk.py:293
         160.000B   5.18 %      ‹│ ├▾ 📂 descend_293  …p/walk.py:294
         150.000B   4.85 %      ‹│ │ ├▾ 📂 descend_294  …walk.py:295
         140.000B   4.53 %      ‹│ │ │ ├▾ 📂 descend_295  …lk.py:296
         130.000B   4.21 %      ‹│ │ │ │ ├▾ 📂 descend_296  ….py:297
      ❯  120.000B   3.88 %      ‹│ │ │ │ │ ├▾ 📂 descend_297  …y:298"
    `);
  });
});
