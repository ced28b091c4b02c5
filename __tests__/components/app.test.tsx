import {describe, expect, test} from 'vitest';
import {cellWidth} from '../../src/format/cells.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {renderApp, SAMPLE} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const getLines = (frame: string) => frame.split('\n');

describe('the screen', () => {
  test('at 120 × 40', async () => {
    const app = await renderApp(SAMPLE, {columns: 120, rows: 40});
    await app.press('down');
    expect(app.frame()).toMatchInlineSnapshot(`
      "    3.664MB 100.00 % ▇▇▇▇▇▇▇▇ ▾ 📂 <ROOT>                               │source not found: /app/app.py
      ❯   3.664MB 100.00 % ▇▇▇▇▇▇▇▇ ╰ 📂 <module>  app:50                     │
          3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ├▾ 📂 main  app:43                        │
          2.000MB  54.59 % ▇▇▇▇     │ ├─ 📄 load  data:12                     │
          1.661MB  45.33 % ▇▇▇▇     │ └▸ 📂 build  data:40                    │
          3.000kB   0.08 %          └─ 📄 exec  json:106                      │
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
                                                                              ◂
                                                                              ◂
                                                                              ◂
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
                                                                              │🧭 Function: <module>
                                                                              │🧭 Location: app:50
                                                                              │💾 Allocations: 122
                                                                              │📦 Size: 3.664MB
                                                                              │📦 Own size: 0.000B in 0 allocations
                                                                              │🧵 Thread: 0x1 3.503MB (95.61 %)
                                                                              │🧵 Thread: 0x2 (worker) 161.000kB (4.39 %)
      peak · results.bin · peak 1.000kB · shown 3.664MB
      q Quit  ? Help  i Hide import system  u Show uninteresting  / Search  Tab Source  Enter Collapse  e Expand chain"
    `);
  });

  test('at 80 × 24', async () => {
    const app = await renderApp(SAMPLE, {columns: 80, rows: 24});
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯   3.664MB 100.00 % ▾ 📂 <ROOT>
          3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
          3.000kB   0.08 % └─ 📄 exec  json:106



      ── ▴ Tree ──────────────────────────────────────────────────────────────────────
      Command:   app.py
      Process:   42, Python 3.11
      Recorded:  2023-11-14 22:13:20 UTC, 1.000 s
      Records:   10 allocations and deallocations
      Allocator: pymalloc
      Format:    13, all allocations, compressed



      ────────────────────────────────────────────────────────────────────────────────
      💾 Allocations: 122
      📦 Size: 3.664MB
      peak · results.bin · peak 1.000kB · shown 3.664MB
      q Quit  ? Help  i Hide import system  u Show uninteresting  / Search  Tab Source"
    `);
  });

  test('at 60 × 15', async () => {
    const app = await renderApp(SAMPLE, {columns: 60, rows: 15});
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯   3.664MB 100.00 % ▾ 📂 <ROOT>
          3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
          3.000kB   0.08 % └─ 📄 exec  json:106
      ── ▴ Tree ──────────────────────────────────────────────────
      Command:   app.py
      Process:   42, Python 3.11
      (4 more lines)
      ────────────────────────────────────────────────────────────
      💾 Allocations: 122
      📦 Size: 3.664MB
      peak · results.bin · peak 1.000kB · shown 3.664MB
      q Quit  ? Help  i Hide import system  u Show uninteresting"
    `);
  });

  test('in ASCII', async () => {
    const app = await renderApp(SAMPLE, {columns: 120, rows: 24, ascii: true});
    await app.press('/', 'd', 'enter');
    expect(app.frame()).toMatch(/^[\x20-\x7e\n]*$/);
    expect(app.frame()).toMatchInlineSnapshot(`
      "    3.664MB 100.00 % ######## v + <ROOT>                                |source not found: /app/app.py
      >*  3.664MB 100.00 % ######## : + <module>  app:50                      |
          3.661MB  99.92 % ######## |v + main  app:43                         |
       *  2.000MB  54.59 % ####     | |- - load  data:12                      |
       *  1.661MB  45.33 % ####     | \`> + build  data:40                     |
          3.000kB   0.08 %          \`- - exec  json:106                       |
                                                                              |
                                                                              |
                                                                              |
                                                                              |
                                                                              <
                                                                              <
                                                                              <
                                                                              |
                                                                              |-----------------------------------------------
                                                                              |Function: <module>
                                                                              |Location: app:50
                                                                              |Allocations: 122
                                                                              |Size: 3.664MB
                                                                              |Own size: 0.000B in 0 allocations
                                                                              |Thread: 0x1 3.503MB (95.61 %)
                                                                              |Thread: 0x2 (worker) 161.000kB (4.39 %)
      peak | results.bin | peak 1.000kB | shown 3.664MB
      /d 1/5  n Next match  Esc End search  q Quit  ? Help  i Hide import system  u Show uninteresting  / Search  Tab Source"
    `);
  });

  test.each([
    [200, 60],
    [120, 40],
    [89, 24],
    [60, 15],
    [59, 14],
    [20, 5],
    [8, 3],
    [2, 1],
  ])('at %d × %d never exceeds the terminal', async (columns, rows) => {
    const app = await renderApp(SAMPLE, {columns, rows});
    await app.press('E', 'down', 'down', 'down', 'tab', '/', 'e', 'enter');
    const lines = getLines(app.frame());
    expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  });

  test('follows the terminal when it is resized', async () => {
    const app = await renderApp(SAMPLE, {columns: 120, rows: 40});
    await app.press('down', 'down');
    await app.resize(70, 20);
    expect(getLines(app.frame())).toHaveLength(20);
    expect(app.frame()).toMatch(/^❯.*main {2}app:43$/m);
    await app.resize(120, 40);
    expect(getLines(app.frame())).toHaveLength(40);
    expect(app.frame()).toMatch(/^❯.*main {2}app:43 +│/m);
  });

  test('Tab moves the focus and enlarges', async () => {
    const app = await renderApp(SAMPLE, {columns: 80, rows: 24});
    const getDivider = () => getLines(app.frame()).findIndex(line => /^── [▴▾] /.test(line));
    const before = getDivider();
    expect(app.frame()).toMatch(/^── ▴ Tree ─+$/m);
    await app.press('tab');
    expect(getDivider()).toBeLessThan(before);
    expect(app.frame()).toMatch(/^── ▾ Source ─+$/m);
    expect(app.frame()).toContain('Tab Tree');
    await app.press('tab');
    expect(getDivider()).toBe(before);
  });

  test('with one pane, Tab changes to the source and back', async () => {
    const app = await renderApp(SAMPLE, {columns: 50, rows: 14});
    await app.press('down');
    expect(app.frame()).not.toContain('Function:');
    await app.press('tab');
    expect(app.frame()).toContain('Function: <module>');
    expect(app.frame()).not.toContain('<ROOT>');
  });
});

describe('keys', () => {
  test('walk the tree', async () => {
    const app = await renderApp(SAMPLE, {columns: 70, rows: 14});
    await app.press('down', 'j', 'right', 'down', 'down');
    expect(app.frame()).toMatchInlineSnapshot(`
      "    3.664MB 100.00 % ▾ 📂 <ROOT>
          3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
      ❯   3.000kB   0.08 % └─ 📄 exec  json:106






      peak · results.bin · peak 1.000kB · shown 3.664MB
      q Quit  ? Help  i Hide import system  u Show uninteresting  / Search"
    `);
    await app.press('enter', 'l');
    expect(app.frame()).toMatchInlineSnapshot(`
      "    3.664MB 100.00 % ▾ 📂 <ROOT>
          3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
      ❯   3.000kB   0.08 % └─ 📄 exec  json:106






      peak · results.bin · peak 1.000kB · shown 3.664MB
      This row has no children"
    `);
    await app.press('h', 'h', 'space');
    expect(app.frame()).toMatchInlineSnapshot(`
      "    3.664MB 100.00 % ▾ 📂 <ROOT>
      ❯   3.664MB 100.00 % ╰ 📂 <module>  app:50
          3.661MB  99.92 % ├▾ 📂 main  app:43
          2.000MB  54.59 % │ ├─ 📄 load  data:12
          1.661MB  45.33 % │ └▸ 📂 build  data:40
          3.000kB   0.08 % └─ 📄 exec  json:106






      peak · results.bin · peak 1.000kB · shown 3.664MB
      q Quit  ? Help  i Hide import system  u Show uninteresting  / Search"
    `);
  });

  test('that arrive together are handled one by one', async () => {
    const app = await renderApp(SAMPLE, {columns: 70, rows: 14});
    await app.type('jjj');
    expect(app.frame()).toMatch(/^❯.*load {2}data:12/m);
    await app.type('/row\rk');
    expect(app.frame()).toMatch(/^❯.*build {2}data:40/m);
  });

  test('i and u keeps the cursor and change their hints', async () => {
    const app = await renderApp(SAMPLE, {columns: 120, rows: 20});
    await app.press('down', 'down', 'u', 'i');
    expect(app.frame()).toMatch(/^❯.*main {2}app:43/m);
    expect(app.frame()).toContain('i Show import system  u Hide uninteresting');
    expect(app.frame()).not.toContain('exec');
    await app.press('i', 'u');
    expect(app.frame()).toContain('i Hide import system  u Show uninteresting');
    expect(app.frame()).toContain('exec');
  });

  test('that are not bound do nothing, and are said to', async () => {
    const app = await renderApp(SAMPLE, {columns: 70, rows: 14});
    const before = app.frame().split('\n');
    await app.type('dTPA');
    const after = app.frame().split('\n');
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toBe('The key A does nothing; ? shows the keys');
  });

  test('that do nothing now say why, in the line of the hints, until the next key', async () => {
    const app = await renderApp(SAMPLE, {columns: 80, rows: 14});
    const before = app.frame();
    await app.type('v');
    const lines = app.frame().split('\n');
    expect(lines.at(-1)).toBe('Only this view was loaded; --leaks shows what was never freed');
    expect(lines.slice(0, -1)).toEqual(before.split('\n').slice(0, -1));
    await app.press('escape');
    expect(app.frame()).toBe(before);
  });

  test('quit, interrupt, suspend and reload go to the program', async () => {
    const calls: string[] = [];
    const app = await renderApp(SAMPLE, {
      onQuit: reason => calls.push(reason),
      onSuspend: () => calls.push('suspend'),
      onReload: () => calls.push('reload'),
    });
    await app.press('R', 'ctrl+z', 'q', 'ctrl+c');
    expect(calls).toEqual(['reload', 'suspend', 'quit', 'interrupt']);
  });

  test('may be other ones', async () => {
    const app = await renderApp(SAMPLE, {
      columns: 120,
      rows: 14,
      keymap: {moveDown: ['x'], toggleImportSystem: []},
    });
    await app.press('x', 'j', 'i');
    expect(app.frame()).toMatch(/^❯.*<module>/m);
    expect(app.frame()).not.toContain('Hide import system');
  });
});

describe('search', () => {
  test('shows the prompt with the matches, then the number of the selected one', async () => {
    const app = await renderApp(SAMPLE, {columns: 80, rows: 16});
    await app.press('/', 'd', 'a', 't');
    expect(getLines(app.frame()).at(-1)).toBe('/dat▏  4 matches');
    await app.press('enter');
    expect(getLines(app.frame()).at(-1)).toMatch(/^\/dat 1\/4 {2}n Next match/);
    expect(app.frame()).toMatch(/^❯•.*load/m);
    await app.press('n', 'n');
    expect(getLines(app.frame()).at(-1)).toMatch(/^\/dat 3\/4/);
    expect(app.frame()).toMatch(/^❯•.*make_row/m);
    await app.press('escape');
    expect(app.frame()).not.toContain('•');
  });

  test('shows the end of a long query, and control characters as pictures', async () => {
    const app = await renderApp(SAMPLE, {columns: 30, rows: 10});
    await app.press('/');
    await app.type(`${'x'.repeat(50)}yz`);
    expect(getLines(app.frame()).at(-1)).toMatch(/^\/x+yz▏ {2}no match$/);
  });
});

describe('the help', () => {
  test('replaces the panes and goes away', async () => {
    const app = await renderApp(SAMPLE, {columns: 120, rows: 40});
    const before = app.frame();
    await app.press('?');
    expect(app.frame()).toMatchInlineSnapshot(`
      "Move                                                         Shape and order
      ↑ k          move one row up                                 1            tree of calls
      ↓ j          move one row down                               2            inverted: what allocates, callers below
      Shift+←      go to the parent                                3            table of all frames
      Shift+↑      go to the previous sibling                      4            what calls this function
      Shift+↓      go to the next sibling                          5            what this function calls
      PgUp         move one page up                                6            table of places, by allocator
      PgDn         move one page down                              7            the whole run in figures
      Ctrl+U       move half a page up                             8            table of imported modules
      Ctrl+D       move half a page down                           9            table of the lines of this file
      Home g       go to the first row                             L            by line, function, file, module, package
      End G        go to the last row                              s            sort by total, own, count, mean or name
                                                                   S            reverse the order
      Expand and collapse                                          d            differences, all sizes, or what has grown
      ← h          collapse; if collapsed, go to the parent        %            percent of view, peak or parent
      → l          expand; if expanded, go to the first child      O            show or hide each row over time
      Enter Space  expand or collapse (as a click does)            B            when this row first held half its maximum
      e            expand the chain of only children               +            show twice as many locations
      E            expand the whole subtree                        -            show half as many locations
      C            collapse everything
                                                                   Time
      Filter and search                                            T            show or hide the course of the run
      i            hide or show the import system                  [            show an earlier moment of the run
      u            show or hide uninteresting frames               ]            show a later moment of the run
      v            show peak, leaks or temporary allocations       Shift+→      on the time strip: extend a range
      a            merge or show native frames                     p            show the peak of the heap (mark p)
      /            search functions, files and modules             P            show the highest resident memory (mark P)
      n            go to the next match                            }            show the greatest rise, then smaller ones
      N            go to the previous match                        {            go back to a greater rise
      Esc          close help, search or steps; end a reading
                                                                   Source
      Query                                                        o            open this line in your editor
      ;            the steps at this row                           R            read the file again
      t            choose threads                                  J            next source line that costs much
      f            filter stacks by a term                         K            previous source line that costs much
      z            zoom to this node                               M            hide or show what each source line costs
      Z            make this function the root, everywhere         V            source of the base, or of what is compared
      lines 1-37 of 58, 21 more below
      peak · results.bin · peak 1.000kB · shown 3.664MB
      ? Close help  q Quit"
    `);
    await app.press('down', 'escape');
    expect(app.frame()).toBe(before);
  });

  test('scrolls where it is longer than the screen', async () => {
    const app = await renderApp(SAMPLE, {columns: 60, rows: 12});
    await app.press('?');
    expect(app.frame()).toContain('one row up');
    expect(app.frame()).not.toContain('quit at once');
    expect(app.frame()).toMatch(/^lines 1-9 of (\d+), \d+ more below$/m);
    await app.press(...Array.from({length: 14}, () => 'pagedown'));
    expect(app.frame()).toContain('Shift+drag');
    expect(app.frame()).toMatch(/^lines \d+-(\d+) of \1, end of the help$/m);
  });
});

describe('the status', () => {
  const progress = {bytesRead: 45e6, totalBytes: 100e6, records: 7, elapsedMs: 100};

  test('says what a step waits for until it comes, or the end', async () => {
    const query = parseQuery('root:load_rows all');
    const app = await renderApp('main /app/cli.py:3 10', {columns: 80, rows: 14, query});
    expect(app.frame()).toContain('<No allocations>');
    const partial = app.store.getState().snapshot!;
    app.store.actions.startLoad('big.bin');
    app.store.actions.receive({type: 'progress', progress, partial});
    await app.settle();
    expect(app.frame()).toContain('Waiting for "load_rows"');
    expect(app.frame()).not.toContain('<No allocations>');
    app.store.actions.receive({type: 'done', progress, snapshot: partial});
    await app.settle();
    expect(app.frame()).toContain('<No allocations>');
    expect(app.frame()).not.toContain('Waiting');
  });

  test('shows how far a load is, and the tree so far', async () => {
    const app = await renderApp(SAMPLE, {columns: 80, rows: 14});
    app.store.actions.startLoad('big.bin');
    app.store.actions.receive({type: 'progress', progress, partial: null});
    await app.settle();
    expect(getLines(app.frame()).at(-2)).toBe(
      '█████████░░░░░░░░░░░ 45 % 450.0 MB/s  big.bin · peak 1.000kB · shown 3.664MB',
    );
    await app.press('down');
    expect(app.frame()).toMatch(/^❯.*<module>/m);
  });

  test('says that there is no tree yet', async () => {
    const app = await renderApp('f a.py:1 1', {columns: 80, rows: 14});
    const {createTreeStore} = await import('../../src/session/create-tree-store.js');
    const store = createTreeStore();
    store.actions.startLoad('big.bin');
    const {App} = await import('../../components/App.js');
    await app.rerender(<App store={store} />);
    expect(app.frame()).toContain('Reading the capture');
    expect(app.frame()).not.toContain('<No allocations>');
    store.actions.receive({type: 'failed', code: 'not-a-capture', message: 'is not a memray capture'});
    await app.settle();
    expect(app.frame()).toContain('big.bin: is not a memray capture');
  });

  test('always shows the damage', async () => {
    const damage = {code: 'cut', byteOffset: 99, recordIndex: 3, message: ''} as const;
    for (const [columns, rows] of [
      [120, 40],
      [60, 15],
      [76, 6],
    ] as const) {
      const app = await renderApp(SAMPLE, {
        columns,
        rows,
        snapshot: parseSnapshot(SAMPLE, {capture: {damage}}),
      });
      await app.press('tab');
      const text = app.frame().replaceAll('\n', ' ');
      expect(text).toContain('Capture is cut off at byte 99 (record 3). Shown: everything before');
    }
  });
});

test('two screens share nothing', async () => {
  const [one, two] = [await renderApp(SAMPLE), await renderApp(SAMPLE)];
  const before = two.frame();
  await one.press('down', 'C', 'tab', '?');
  expect(two.frame()).toBe(before);
});

test('a key draws one frame', async () => {
  const app = await renderApp(SAMPLE, {columns: 120, rows: 40});
  await app.press('down', 'down', 'up');
  const before = app.frameCount();
  await app.press('down');
  expect(app.frameCount()).toBe(before + 1);
});

describe('deep trees', () => {
  const indent = (text: string, level: number) => `${'  '.repeat(level)}${text}`;

  test('of only children stand one below the other, with whole names', async () => {
    const lines = Array.from({length: 60}, (_, level) => indent(`level_${level} a.py:${level + 1}`, level));
    const app = await renderApp(`${lines.join('\n')} 100`, {columns: 80, rows: 24});
    await app.press('end');
    expect(app.frame()).toMatch(/^ {3}100\.000B 100\.00 % ╰ 📂 level_58 {2}a\.py:59$/m);
    expect(app.frame()).toMatch(/^❯ {2}100\.000B 100\.00 % ╰ 📄 level_59 {2}a\.py:60$/m);
  });

  test('shift back when the pane has room again, and when a row further out is selected', async () => {
    const lines = Array.from({length: 30}, (_, level) => [
      indent(`level_${level} a.py:${level + 1}`, level),
      indent(`stays a.py:${level + 1} 1`, level + 1),
    ]).flat();
    const app = await renderApp(`${lines.join('\n')}\n${indent('end a.py:99 9', 30)}`, {
      columns: 120,
      rows: 30,
    });
    for (let step = 0; step < 15; step++) await app.press('down');
    const before = app.frame();
    expect(before).toMatch(/^❯.* ‹(│ ){7,}├▾ 📂 level_14 {2}/m);
    await app.press('tab');
    expect(app.frame()).toMatch(/^❯.* ‹(│ ){1,6}├▾ 📂 level_14 {2}/m);
    await app.press('tab');
    expect(app.frame()).toBe(before);
    await app.resize(80, 24);
    expect(app.frame()).toMatch(/^❯.* % (│ ){13}├▾ 📂 level_14 {2}/m);
    await app.resize(120, 30);
    expect(app.frame()).toMatch(/^❯.* ‹(│ ){6,}├▾ 📂 level_14 {2}/m);
    await app.press('home');
    expect(app.frame()).not.toContain('‹');
    for (let step = 0; step < 15; step++) await app.press('down');
    expect(app.frame()).toBe(before);
  });
});

test('the root says so where most of the peak is hidden', async () => {
  const text = `main a.py:1 7158000\n! 1300 locations 1300 allocations 24623000 bytes`;
  const getRoot = async (columns: number, wholePeak = false) =>
    getLines((await renderApp(text, {columns, rows: 24, wholePeak})).frame())[0]!
      .replace(/│.*/, '')
      .trimEnd();
  expect([
    await getRoot(80),
    await getRoot(100),
    await getRoot(120),
    await getRoot(200),
  ]).toMatchInlineSnapshot(`
    [
      "❯   7.158MB 100.00 % ▾ 📂 <ROOT>  only 23 % of the peak; -b 1301 shows all",
      "❯   7.158MB 100.00 % ▇▇▇▇ ▾ 📂 <ROOT>  only 23 % of the peak",
      "❯   7.158MB 100.00 % ▇▇▇▇▇▇▇▇ ▾ 📂 <ROOT>  only 23 % of the peak shown",
      "❯   7.158MB 100.00 % ▇▇▇▇▇▇▇▇ ▾ 📂 <ROOT>  23 % of the peak; 24.623MB hidden; -b 1301 shows all",
    ]
  `);
  expect(await getRoot(120, true)).not.toContain('of the peak');
});
