import {Text} from 'ink';
import {describe, expect, test} from 'vitest';
import {SourcePanel, type SourcePanelProps} from '../../components/SourcePanel.js';
import {SourceHighlightBoundary} from '../../components/source-highlight-boundary.js';
import {cellWidth} from '../../src/format/cells.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {SourceReader} from '../../src/source/source-reader.js';
import type {SourceResult, SourceText} from '../../src/source/source-result.js';
import {createTheme} from '../../src/style/theme.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

/**
 * Python of so many lines: line 3 holds `line_3 = 3`. The first one defines the function, if there is one.
 */
const numbered = (count: number, name?: string): string =>
  Array.from({length: count}, (_, index) =>
    index === 0 && name !== undefined ? `def ${name}():` : `line_${index + 1} = ${index + 1}`,
  ).join('\n');

function toText(file: string, text: string, part: Partial<SourceText> = {}): SourceText {
  const lines = text.split('\n');
  return {
    kind: 'text',
    path: file,
    lines,
    firstLine: 1,
    totalLines: lines.length,
    language: 'python',
    ...part,
  };
}

/** A reader of files that are at hand, without a file system. */
function createReader(results: Readonly<Record<string, SourceResult | string>>): SourceReader {
  const get = (file: string): SourceResult => {
    const result = new Map(Object.entries(results)).get(file);
    if (result === undefined) return {kind: 'not-found', tried: [`/here/${file}`, `/there/${file}`]};
    return typeof result === 'string' ? toText(file, result) : result;
  };
  return {get: () => null, read: (file: string) => Promise.resolve(get(file))};
}

/** Renders the panel with the innermost frame of the first location selected. */
function renderPanel(
  tree: string,
  results: Readonly<Record<string, SourceResult | string>>,
  props: Partial<SourcePanelProps> & {wholePeak?: boolean} = {},
) {
  const {wholePeak = false, ...rest} = props;
  const store = createTreeStore({snapshot: parseSnapshot(tree), wholePeak, rows: 10, columns: 40});
  store.actions.run('goToLast');
  // What lines cost has tests of its own.
  store.actions.run('toggleCosts');
  const size = {width: 44, height: 16, ...rest};
  const reader = props.reader ?? createReader(results);
  const panel = <SourcePanel store={store} {...size} reader={reader} />;
  return {...renderFrame(panel, {columns: size.width, rows: size.height}), store};
}

describe('the source', () => {
  test('has the line in the middle, its number, and the facts below', async () => {
    const app = renderPanel('load /app/data.py:50 2000000 x3', {'/app/data.py': numbered(100, 'load')});
    await app.waitFor('line_50');
    expect(app.frame()).toMatchInlineSnapshot(`
      "   46 line_46 = 46
         47 line_47 = 47
         48 line_48 = 48
         49 line_49 = 49
      ❯  50 line_50 = 50
         51 line_51 = 51
         52 line_52 = 52
         53 line_53 = 53
         54 line_54 = 54
      ── /app/data.py
      🧭 Function: load
      🧭 Location: data:50
      💾 Allocations: 3
      📦 Size: 2.000MB
      📦 Own size: 2.000MB in 3 allocations
      🧵 Thread: 0x1"
    `);
  });

  test('at the beginning and the end of a file no row is wasted', async () => {
    const start = renderPanel('f /x.py:2 1', {'/x.py': numbered(20)});
    expect((await start.waitFor('line_2')).split('\n')[0]).toBe('   1 line_1 = 1');
    const end = renderPanel('f /x.py:20 1', {'/x.py': numbered(20)});
    expect(await end.waitFor('❯ 20')).toContain('line_20 = 20\n──');
  });

  test('long lines are cut, those of wide characters to the cell', async () => {
    const text = ['x'.repeat(100), `"${'名前'.repeat(30)}"`, `#${'🎉'.repeat(30)}`, `\t\tdef f(): ...`].join(
      '\n',
    );
    const app = renderPanel('f /x.py:2 1', {'/x.py': text}, {width: 30});
    const rows = (await app.waitFor('名')).split('\n').slice(0, 4);
    for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(30);
    expect(rows).toEqual([
      `  1 ${'x'.repeat(26)}`,
      `❯ 2 "${'名前'.repeat(6)}`,
      `  3 #${'🎉'.repeat(12)}`,
      '  4         def f(): ...',
    ]);
  });

  test('the excerpt before stays until the next one is there', async () => {
    const waiting = new Map<string, () => void>();
    const reader: SourceReader = {
      get: () => null,
      read: file => new Promise(resolve => waiting.set(file, () => resolve(toText(file, `this is ${file}`)))),
    };
    const app = renderPanel('a /a.py:1\n  b /b.py:1\n    c /c.py:1 1', {}, {reader});
    await app.settle();
    waiting.get('/c.py')?.();
    await app.waitFor('this is /c.py');
    app.store.actions.run('moveUp');
    await app.settle();
    expect(app.frame()).toContain('this is /c.py');
    // While a read is under way, only the newest wish is remembered.
    app.store.actions.run('moveUp');
    await app.settle();
    expect([...waiting.keys()]).toEqual(['/c.py', '/b.py']);
    waiting.get('/b.py')?.();
    await app.settle();
    expect(app.frame()).toContain('this is /c.py');
    waiting.get('/a.py')?.();
    await app.waitFor('this is /a.py');
  });

  test('is scrolled by the keys of the tree, within its ends', async () => {
    const app = renderPanel('<module> /x.py:50 1', {'/x.py': numbered(100)});
    await app.waitFor('❯  50');
    app.store.actions.run('switchFocus');
    app.store.actions.run('moveDown');
    expect((await app.waitFor('line_55')).split('\n')[0]).toContain('line_47');
    app.store.actions.run('goToLast');
    await app.waitFor('line_100');
    app.store.actions.run('moveUp');
    expect(await app.waitFor('line_91 ')).not.toContain('line_100 ');
    app.store.actions.run('goToFirst');
    expect((await app.waitFor('line_1 ')).split('\n')[0]).toBe('    1 line_1 = 1');
    app.store.actions.run('openOrGoToChild');
    expect((await app.waitFor('    1  1')).split('\n')[0]).toBe('    1  1');
    // Another selection begins at its own line again.
    app.store.actions.run('switchFocus');
    app.store.actions.run('moveUp');
    app.store.actions.run('moveDown');
    await app.waitFor('❯  50');
  });
});

describe('what is said instead of a source', () => {
  test('not found, and where it was looked for', async () => {
    const app = renderPanel('f /app/x.py:1 1', {});
    expect((await app.waitFor('It is not at')).split('\n').slice(0, 4)).toEqual([
      'source not found: /app/x.py',
      'It is not at:',
      '  /here//app/x.py',
      '  /there//app/x.py',
    ]);
  });

  test('not found: what to do, before a list that can be scrolled', async () => {
    const tried = Array.from({length: 30}, (_, index) => `/srv/releases/today/folder_${index}/app/x.py`);
    const notFoundHint = 'Say where it is.';
    const size = {width: 30, height: 12};
    const app = renderPanel('f /x.py:1 1', {'/x.py': {kind: 'not-found', tried}}, {...size, notFoundHint});
    expect((await app.waitFor('It is not at')).split('\n').slice(0, 8)).toEqual([
      'source not found: /x.py',
      'Say where it is.',
      'It is not at:',
      '  /srv/releases/today/',
      '    folder_0/app/x.py',
      '  /srv/releases/today/',
      '    folder_1/app/x.py',
      '(56 more lines)',
    ]);
    app.store.actions.run('switchFocus');
    app.store.actions.run('moveDown');
    expect((await app.waitFor('(55 more')).split('\n')[0]).toBe('Say where it is.');
    app.store.actions.run('goToLast');
    expect((await app.waitFor('folder_29')).split('\n')[7]).toBe('    folder_29/app/x.py');
    expect(app.frame()).not.toContain('more lines');
    app.store.actions.run('goToFirst');
    await app.waitFor('(56 more');
  });

  test('held back: how to show it, as the program around it says', async () => {
    const revealHint = 'Press x.';
    const result: SourceResult = {kind: 'refused', path: '/x', reason: 'private'};
    const heldBack = renderPanel('f /x:1 1', {'/x': result}, {revealHint});
    expect((await heldBack.waitFor('secrets')).split('\n')[1]).toBe('Press x.');
    const other = renderPanel('f /x:1 1', {'/x': {...result, reason: 'system-path'}}, {revealHint});
    expect(await other.waitFor('are never')).not.toContain('Press x.');
  });

  test.each<[string, SourceResult, string]>([
    [
      'a notebook',
      {kind: 'no-file', pseudo: 'notebook'},
      'This is a cell of a notebook. Its code is not in a file.',
    ],
    ['no file', {kind: 'no-file', pseudo: 'string'}, 'no source file: /x'],
    ['private', {kind: 'refused', path: '/x', reason: 'private'}, 'It may hold secrets'],
    ['a device', {kind: 'refused', path: '/x', reason: 'system-path'}, 'are never read.'],
    ['no answer', {kind: 'refused', path: '/x', reason: 'not-answering'}, 'does not answer.'],
  ])('%s', async (_, result, text) => {
    const app = renderPanel('f /x:1 1', {'/x': result}, {width: 90});
    await app.waitFor(text);
  });

  test('a private source shows when it is asked for', async () => {
    const reader: SourceReader = {
      get: () => null,
      read: (file, options) =>
        Promise.resolve(
          options?.reveal === true
            ? toText(file, 'secret = 1')
            : {kind: 'refused', path: file, reason: 'private'},
        ),
    };
    const app = renderPanel('f /x:1 1', {}, {reader, width: 90});
    await app.waitFor('It may hold secrets');
    app.store.actions.run('revealSource');
    await app.waitFor('secret = 1');
  });
});

describe('notes', () => {
  test.each<[string, Partial<SourceText>, number, string]>([
    ['shorter', {}, 40, '── the source may have changed since the recording: it ends before line 40\n'],
    [
      'empty',
      {lines: []},
      40,
      '── the source may have changed since the recording: it ends before line 40\n',
    ],
    [
      'another function',
      {},
      7,
      '── the source may have changed since the recording: f is not defined above line 7\n',
    ],
    ['the function', {lines: ['def f():', ' pass']}, 2, '── /x.py\n'],
    ['no line', {}, 0, '── the line is not known\n'],
    [
      'no line of a function with one definition',
      {lines: [...numbered(30), 'def f():', ' pass']},
      0,
      '── the line is not known; this is the definition\n',
    ],
    [
      'no line of a function with several definitions',
      {lines: ['class A:', ' def f(x): 1', ' def f(y): 2']},
      0,
      '── the line is not known\n',
    ],
    ['none: the path', {path: '/real/x.c'}, 1, '── /real/x.c\n'],
  ])('%s', async (_, part, line, text) => {
    const app = renderPanel(
      `f /x.py:${line} 1`,
      {'/x.py': toText('/x.py', numbered(20), part)},
      {width: 100},
    );
    await app.waitFor(text);
  });
});

function FragileHighlight({code}: {code: string}) {
  if (code === 'deep') throw new RangeError('Maximum call stack size exceeded');
  return <Text>coloured {code}</Text>;
}

describe('colours', () => {
  const text =
    'import os\n"""doc\ndef not_code(): pass\n"""\ndef f(a=(1, 2), b="x"):\n    return None  # done';
  const draw = async (depth: '16' | '256' | 'none', line: number) => {
    const theme = createTheme({depth});
    const app = renderPanel(`f /x.py:${line} 1`, {'/x.py': text}, {theme, width: 40, height: 18});
    await app.waitFor('return None');
    // The highlighter comes a little later.
    if (depth !== 'none') await app.waitFor(() => app.styledFrame().includes('\u001b[35m'));
    return app.styledFrame().replaceAll('\u001b', '␛').split('\n').slice(0, 6);
  };

  test('follow the language, also where a string began above', async () => {
    expect(await draw('16', 6)).toMatchInlineSnapshot(`
      [
        "  ␛[2m1 ␛[22m␛[35mimport␛[39m os",
        "  ␛[2m2 ␛[22m␛[32m"""doc␛[39m",
        "  ␛[2m3 ␛[22m␛[32mdef not_code(): pass␛[39m",
        "  ␛[2m4 ␛[22m␛[32m"""␛[39m",
        "  ␛[2m5 ␛[22m␛[35mdef␛[39m ␛[34mf␛[39m(a=(␛[36m1␛[39m, ␛[36m2␛[39m), b=␛[32m"x"␛[39m):",
        "␛[7m❯ 6     return None  # done             ␛[27m",
      ]
    `);
  });

  test('the selected line is a bar over the full width', async () => {
    const [, , , , bar] = await draw('256', 5);
    expect(bar).toMatchInlineSnapshot(
      `"␛[48;5;238m␛[38;5;255m❯ 5 ␛[38;5;219mdef␛[38;5;255m ␛[38;5;117mf␛[38;5;255m(a=(␛[38;5;123m1␛[38;5;255m, ␛[38;5;123m2␛[38;5;255m), b=␛[38;5;150m"x"␛[38;5;255m):             ␛[39m␛[49m"`,
    );
  });

  test.each([20, 24, 30, 36, 44])('do not depend on what the pane of %i cells cuts off', async width => {
    const text = [
      '@functools.lru_cache(maxsize=32768, typed=True)',
      `def f(): return f"of all of them ({', '.join(names)}) " + "x"`,
      'class Parser(argparse.ArgumentParser): """doc"""',
      'import os',
    ].join('\n');
    const app = renderPanel(
      'f /x.py:2 1',
      {'/x.py': text},
      {theme: createTheme({depth: '16'}), width, height: 18},
    );
    await app.waitFor(() => app.styledFrame().includes('\u001b[33m@func'));
    expect(app.styledFrame()).toContain('\u001b[35mclass\u001b[39m \u001b[34mParser\u001b[39m');
    expect(app.styledFrame()).toContain('\u001b[35mimport\u001b[39m os');
  });

  test('are left out where the highlighter throws, until there is other code', async () => {
    const draw = (code: string) => (
      <SourceHighlightBoundary code={code} plain={<Text>plain {code}</Text>}>
        <FragileHighlight code={code} />
      </SourceHighlightBoundary>
    );
    const app = renderFrame(draw('flat'));
    for (const [code, frame] of [
      ['deep', 'plain deep'],
      ['flat', 'coloured flat'],
      ['deep', 'plain deep'],
    ] as const) {
      await app.rerender(draw(code));
      expect(app.frame()).toBe(frame);
    }
  });

  test.each([10, 14, 18, 40])('strings nested in %i rows of strings do no harm', async count => {
    const nested = Array.from({length: count}, () => `f'{f"{`.repeat(60)).join('\n');
    const theme = createTheme({depth: '16'});
    const results = {'/x.py': nested, '/y.py': 'import os\nimport re'};
    const app = renderPanel('f /y.py:1\n  g /x.py:1 1', results, {theme, width: 370, height: 90});
    await app.waitFor('❯  1');
    app.store.actions.run('moveUp');
    await app.waitFor(() => app.styledFrame().includes('\u001b[35mimport\u001b[39m re'));
  });

  test('none: the marker shows the selected row', async () => {
    const rows = await draw('none', 5);
    expect(rows.join('\n')).not.toContain('␛');
    expect(rows[4]).toBe('❯ 5 def f(a=(1, 2), b="x"):');
  });
});

describe('facts', () => {
  const getFacts = (frame: string) =>
    frame.split('\n').slice(frame.split('\n').findIndex(row => row.startsWith('─')) + 1);

  test('of several threads with their shares, by bytes', async () => {
    const app = renderPanel('f /x.py:1 1000 x2 @0x1, 3000 x5 @0x2 (worker)', {'/x.py': 'x'}, {height: 20});
    await app.waitFor('worker');
    expect(getFacts(app.frame())).toMatchInlineSnapshot(`
      [
        "🧭 Function: f",
        "🧭 Location: /x.py:1",
        "💾 Allocations: 7",
        "📦 Size: 4.000kB",
        "📦 Own size: 4.000kB in 7 allocations",
        "🧵 Thread: 0x2 (worker) 3.000kB (75.00 %)",
        "🧵 Thread: 0x1 1.000kB (25.00 %)",
      ]
    `);
  });

  test('of the root are allocations and size', async () => {
    const app = renderPanel('f /x.py:1 1000 x2', {'/x.py': 'x'});
    app.store.actions.run('goToFirst');
    await app.settle();
    expect(getFacts(app.frame())).toEqual(['💾 Allocations: 2', '📦 Size: 1.000kB']);
  });

  test('of the elided node say what it is', async () => {
    const app = renderPanel(
      'f /x.py:1 1000 x2\n! 3 locations 7 allocations 500 bytes',
      {},
      {wholePeak: true, width: 80},
    );
    await app.settle();
    expect(getFacts(app.frame())).toEqual([
      '3 locations below the cut; a higher -b shows more of them',
      '💾 Allocations: 7',
      '📦 Size: 500.000B',
    ]);
  });

  test('share rows where there are few', async () => {
    const app = renderPanel(
      'load /app/data.py:50 2000000 x3',
      {'/app/data.py': numbered(100, 'load')},
      {width: 80, height: 8},
    );
    await app.waitFor('line_50');
    expect(app.frame()).toMatchInlineSnapshot(`
      "   48 line_48 = 48
         49 line_49 = 49
      ❯  50 line_50 = 50
         51 line_51 = 51
         52 line_52 = 52
      ── /app/data.py
      🧭 Function: load · 🧭 Location: data:50 · 💾 Allocations: 3 · 📦 Size: 2.000MB
      📦 Own size: 2.000MB in 3 allocations · 🧵 Thread: 0x1"
    `);
  });

  test('are plain with ascii', async () => {
    const theme = createTheme({ascii: true});
    const app = renderPanel(
      'load /app/data.py:50 2000000 x3',
      {'/app/data.py': numbered(100, 'load')},
      {theme},
    );
    await app.waitFor('> ');
    expect(app.frame()).toMatch(/^[\x20-\x7e\n]*$/);
    expect(app.frame()).toContain('\nFunction: load\n');
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them.
const OWN_SEQUENCES = /\u001b\[[0-9;]*m/g;

test('what comes from files and captures cannot reach the terminal as control sequences', async () => {
  const hostile = '\u001b]0;title\u0007\u009b2J\u202eabc\u200b<b>&amp;\u001b[31m';
  const theme = createTheme({depth: '16'});
  const results = {
    '/x\u001b[2J.py': toText('/x.py', `x = "${hostile}"\n${hostile}`, {path: `/real${hostile}`}),
  };
  const app = renderPanel('f\u001b[5m /x\u001b[2J.py:2 1 @0x1 (\u001b[7m)', results, {theme, width: 100});
  await app.waitFor(() => app.styledFrame().includes('\u001b[32m'));
  const frame = app.styledFrame();
  expect(frame.replaceAll(OWN_SEQUENCES, '').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
  expect(app.frame()).toContain('␛]0;title␇�2J‹202E›abc‹200B›<b>&amp;␛[31m');
  expect(frame).toContain('\u001b[7m‹202E›\u001b[27m');
});

test('a panel without room draws nothing that does not fit', async () => {
  for (const [width, height] of [
    [1, 1],
    [5, 3],
    [20, 2],
  ] as const) {
    const app = renderPanel('f /x.py:50 1', {'/x.py': numbered(100, 'f')}, {width, height});
    await app.settle();
    const rows = app.frame().split('\n');
    expect(rows.length).toBeLessThanOrEqual(height);
    for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(width);
  }
});
