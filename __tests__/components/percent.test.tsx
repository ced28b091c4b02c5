import {describe, expect, it} from 'vitest';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {selectSpokenText} from '../../src/store/spoken-text.js';
import {renderApp} from '../helpers/render.js';

const TREE = `
  main /app/cli.py:3 100
    load /app/data.py:12 300
      parse /app/data.py:20 600
    build /app/index.py:40 1000
`;

const open = (written = '', columns = 100) =>
  renderApp(TREE, {query: parseQuery(`${written} all`), columns, rows: 20});

/** The first four rows: size, percent and name; and the status line. */
function read(frame: string): readonly string[] {
  const lines = frame.split('\n');
  const rows = lines.filter(line => / %/.test(line) && /[0-9.]+k?B +[0-9.]+ %/.test(line.slice(0, 24)));
  const names = rows.map(line => {
    const [, size, percent, bar, name] = /(\S+B) +(\S+) % (\S*) .*?(<ROOT>|main|load|build|parse)/u.exec(
      line,
    )!;
    return `${name} ${size} ${percent} ${bar?.match(/▇*/u)?.[0].length}`;
  });
  return [...names, lines.at(-2)!.trimEnd()];
}

describe('the base of percent', () => {
  it('is the view, all that is selected, or the parent of each row; bars stay shares of the view', async () => {
    const app = await open('drop:build');
    await app.press('E');
    const seen = [read(app.frame())];
    for (let i = 0; i < 3; i++) {
      await app.press('%');
      seen.push(read(app.frame()));
    }
    expect(seen).toMatchInlineSnapshot(`
      [
        [
          "<ROOT> 1.000kB 100.00 4",
          "main 1.000kB 100.00 4",
          "load 900.000B 90.00 4",
          "parse 600.000B 60.00 2",
          "peak · results.bin · peak 1.000kB · shown 1.000kB",
        ],
        [
          "<ROOT> 1.000kB 50.00 4",
          "main 1.000kB 50.00 4",
          "load 900.000B 45.00 4",
          "parse 600.000B 30.00 2",
          "peak · results.bin · peak 1.000kB · shown 1.000kB · % of peak",
        ],
        [
          "<ROOT> 1.000kB 100.00 4",
          "main 1.000kB 100.00 4",
          "load 900.000B 90.00 4",
          "parse 600.000B 66.67 2",
          "peak · results.bin · peak 1.000kB · shown 1.000kB · % of parent",
        ],
        [
          "<ROOT> 1.000kB 100.00 4",
          "main 1.000kB 100.00 4",
          "load 900.000B 90.00 4",
          "parse 600.000B 60.00 2",
          "peak · results.bin · peak 1.000kB · shown 1.000kB",
        ],
      ]
    `);
  });

  it('is said by the key, until the next one', async () => {
    const app = await open();
    const notes: string[] = [];
    for (let i = 0; i < 3; i++) {
      await app.press('%');
      notes.push(app.frame().split('\n').at(-1)!.trimEnd());
    }
    expect(notes).toEqual([
      'Percent of the peak (2.000kB)',
      "Percent of each row's parent",
      'Percent of what is shown',
    ]);
  });

  it('stands above the column of a table, and in the status', async () => {
    const app = await open('flat');
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      const lines = app.frame().split('\n');
      seen.push(lines[1]!.slice(0, 40), lines[4]!.slice(0, 40), lines.at(-2)!.trimEnd());
      await app.press('%');
    }
    expect(seen).toMatchInlineSnapshot(`
      [
        "     -Total        %       Own   Count F",
        "    1.000kB  50.00 %   1.000kB       1 b",
        "peak · results.bin · peak 1.000kB · shown 2.000kB",
        "     -Total   % peak       Own   Count F",
        "    1.000kB  50.00 %   1.000kB       1 b",
        "peak · results.bin · peak 1.000kB · shown 2.000kB · % of peak",
        "     -Total % parent       Own   Count F",
        "    1.000kB  50.00 %   1.000kB       1 b",
        "peak · results.bin · peak 1.000kB · shown 2.000kB · % of parent",
      ]
    `);
  });

  it('is that of the facts', async () => {
    const app = await open('', 120);
    await app.press('%', '%', 'down', 'down');
    expect(app.frame()).toContain('Size: 1.000kB (50.00 % of parent)');
    await app.press('%');
    expect(app.frame()).toMatch(/Size: 1\.000kB *$/m);
  });

  it('is said to a screen reader', async () => {
    const {store} = await open('through:load');
    store.actions.run('moveDown');
    const heard = Array.from({length: 3}, () => {
      const text = selectSpokenText(store.getState(), []).find(line => line.includes('Level'));
      store.actions.run('switchPercent');
      return text;
    });
    expect(heard).toEqual([
      '900.000B, 100.00 % of the total. Level 1, expanded, 1 child.',
      '900.000B, 45.00 % of peak. Level 1, expanded, 1 child.',
      '900.000B, 100.00 % of its parent. Level 1, expanded, 1 child.',
    ]);
  });

  it('has no peak in a tree of the host, and survives one', async () => {
    const {store} = await open();
    store.actions.run('switchPercent');
    store.actions.setTree({name: 'all', value: 4, children: [{name: 'half', value: 2}]});
    expect(selectSpokenText(store.getState(), []).join()).toContain('100.00 % of the total');
    store.actions.run('switchPercent');
    expect(store.getState()).toMatchObject({percentBase: 'parent', keyNote: "Percent of each row's parent"});
    store.actions.run('switchPercent');
    expect(store.getState().percentBase).toBe('view');
  });

  it('is nothing where nothing is allocated', async () => {
    const app = await renderApp('main a.py:1 0', {columns: 80, rows: 16});
    await app.press('%', '%');
    expect(app.frame()).not.toContain('NaN');
  });
});
