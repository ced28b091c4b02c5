import {Box, Text} from 'ink';
import {describe, expect, test} from 'vitest';
import {StatusBar} from '../../components/StatusBar.js';
import {TreeView} from '../../components/TreeView.js';
import {TreeStoreProvider} from '../../hooks/tree-store-context.js';
import {cellWidth} from '../../src/format/cells.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {createTheme} from '../../src/style/theme.js';
import type {CallNode, Tree} from '../../src/tree/tree-interface.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot, parseTree} from '../helpers/tree-text.js';

const TEXT = `
  main /app/app.py:1
    load /app/app.py:10
      read /app/io.py:5 600
      parse /app/json.py:3 200
    build /app/app.py:20 50
`;

/** A tree of somebody else: folders. */
const FOLDERS: Tree = {
  root: 7,
  getChildren: node => (node === 7 ? [8, 9] : []),
  getNode: node => ({
    function: node === 7 ? '/' : node === 8 ? 'etc' : 'usr',
    file: '',
    line: 0,
    bytes: node === 7 ? 30 : node === 8 ? 20 : 10,
    allocations: 1,
    selfBytes: 0,
    selfAllocations: 0,
    threads: [],
    importSystem: false,
    interesting: true,
  }),
};

describe('a tree view of its own', () => {
  test('shows a tree and walks it', async () => {
    const app = renderFrame(<TreeView tree={parseTree(TEXT)} width={60} height={8} />);
    await app.press('down', 'down', 'left', 'down');
    expect(app.frame()).toMatchInlineSnapshot(`
      "   850.000B 100.00 % ▾ 📂 <ROOT>
         850.000B 100.00 % ╰ 📂 main  /app/app.py:1
         800.000B  94.12 % ├▸ 📂 load  /app/app.py:10
      ❯   50.000B   5.88 % └─ 📄 build  /app/app.py:20



      "
    `);
  });

  test('shows any tree', async () => {
    const app = renderFrame(<TreeView tree={FOLDERS} width={40} height={4} />);
    await app.press('down');
    expect(app.frame()).toMatchInlineSnapshot(`
      "    30.000B 100.00 % ▾ 📂 /
      ❯   20.000B  66.67 % ├─ 📄 etc
          10.000B  33.33 % └─ 📄 usr
      "
    `);
  });

  test('fills the box it is in, also after that was resized', async () => {
    const view = (
      <Box width={30} height={4} borderStyle="single">
        <TreeView tree={parseTree(TEXT)} />
      </Box>
    );
    const app = renderFrame(view, {columns: 40, rows: 10});
    await app.settle();
    expect(app.frame()).toMatchInlineSnapshot(`
      "┌────────────────────────────┐
      │❯ 850.000B ▾ <ROOT>         │
      │  850.000B ╰ main  …app.py:1│
      └────────────────────────────┘"
    `);
  });

  test('reports where the cursor went and what was opened', async () => {
    const events: string[] = [];
    const tree = parseTree(TEXT);
    const app = renderFrame(
      <TreeView
        tree={tree}
        width={60}
        height={8}
        onSelect={({function: name, bytes}: CallNode) => events.push(`${name} ${bytes}`)}
        onToggle={({function: name}, isOpen) => events.push(`${isOpen ? 'open' : 'close'} ${name}`)}
      />,
    );
    await app.press('up', 'down', 'down', 'enter', 'E');
    expect(events).toEqual(['main 850', 'load 800', 'close load', 'open load']);
  });

  test('takes no keys while it is not active, and never those of the program', async () => {
    const tree = parseTree(TEXT);
    const app = renderFrame(<TreeView tree={tree} width={60} height={8} isActive={false} />);
    await app.settle();
    const before = app.frame();
    await app.press('down');
    expect(app.frame()).toBe(before);
    await app.rerender(<TreeView tree={tree} width={60} height={8} />);
    const active = app.frame();
    await app.press('?', 'tab', 'q', 'ctrl+c');
    expect(app.frame()).toBe(active);
    await app.press('down');
    expect(app.frame()).not.toBe(active);
  });

  test('shows what is searched for in its last row', async () => {
    const app = renderFrame(<TreeView tree={parseTree(TEXT)} width={60} height={5} />);
    await app.press('/', 'r', 'e', 'a', 'd');
    expect(app.frame().split('\n').at(-1)).toBe('/read▏  1 match');
    await app.press('enter');
    expect(app.frame()).toMatch(/^❯•.*read/m);
  });

  test('takes another tree and keeps the cursor', async () => {
    const app = renderFrame(<TreeView tree={parseTree(TEXT)} width={60} height={8} />);
    await app.press('down', 'down');
    await app.rerender(
      <TreeView
        tree={parseTree('main /app/app.py:1\n  big x.py:1 999\n  load /app/app.py:10 5')}
        width={60}
        height={8}
      />,
    );
    expect(app.frame()).toMatch(/^❯.*load/m);
    expect(app.frame()).toContain('big');
  });

  test('draws in another theme, in ASCII, with other keys', async () => {
    const theme = createTheme({depth: '16', ascii: true, codes: {function: '35'}});
    const app = renderFrame(
      <TreeView tree={parseTree(TEXT)} width={60} height={4} theme={theme} keymap={{moveDown: ['x']}} />,
    );
    await app.press('x');
    expect(app.styledFrame()).toContain('\u001b[35mload');
    expect(app.frame()).toMatch(/^>.*main/m);
  });

  test('colours as the screen can', async () => {
    const getColors = async (colorBits: 1 | 4 | 8 | 24) => {
      const app = renderFrame(<TreeView tree={parseTree(TEXT)} width={60} height={4} />, {colorBits});
      await app.press('down');
      return app.styledFrame();
    };
    expect(await getColors(24)).toContain('\u001b[38;2;');
    expect(await getColors(8)).toContain('\u001b[38;5;');
    expect(await getColors(4)).toContain('\u001b[31m');
    expect(await getColors(1)).not.toContain('\u001b[');
  });
});

describe('a shared store', () => {
  test('is the same tree in every component', async () => {
    const store = createTreeStore({snapshot: parseSnapshot(TEXT), name: 'a.bin'});
    const app = renderFrame(
      <TreeStoreProvider store={store}>
        <TreeView width={50} height={6} />
        <TreeView store={store} isActive={false} width={50} height={6} />
        <StatusBar width={50} />
      </TreeStoreProvider>,
    );
    await app.press('down', 'down', 'enter');
    const selected = app
      .frame()
      .split('\n')
      .filter(line => /^[❯›]/.test(line));
    expect(selected).toHaveLength(2);
    expect(selected[0]!.slice(1)).toBe(selected[1]!.slice(1));
    expect(app.frame()).toContain('peak · a.bin · peak 1.000kB · shown 850.000B');
  });

  test('has hints for the keys that work there, which are those of the tree unless given', async () => {
    const store = createTreeStore({snapshot: parseSnapshot(TEXT)});
    const app = renderFrame(
      <>
        <StatusBar store={store} width={100} />
        <StatusBar store={store} width={100} scope="program" />
        <StatusBar store={store} width={100} keymap={{startSearch: ['f'], quit: ['x']}} />
      </>,
    );
    await app.settle();
    const lines = app.frame().split('\n');
    expect([lines[1], lines[3], lines[5]]).toMatchInlineSnapshot(`
      [
        "i Hide import system  u Show uninteresting  / Search  Enter Collapse  e Expand chain",
        "q Quit  ? Help  i Hide import system  u Show uninteresting  / Search  Tab Source  Enter Collapse",
        "i Hide import system  u Show uninteresting  f Search  Enter Collapse  e Expand chain",
      ]
    `);
  });

  test('must be there', async () => {
    const app = renderFrame(<StatusBar width={50} />);
    await app.settle();
    expect(app.frame()).toContain('no tree store');
  });
});

describe('two views', () => {
  test.each([
    [false, '❯', '›'],
    [true, '>', '-'],
  ])('show by the sign of the cursor which of them has the keys (ASCII: %s)', async (ascii, keys, none) => {
    const tree = parseTree(TEXT);
    const draw = (active: number) => (
      <Box flexDirection="column">
        {[0, 1].map(index => (
          <TreeView key={index} tree={tree} width={50} height={3} isActive={index === active} ascii={ascii} />
        ))}
      </Box>
    );
    const app = renderFrame(draw(0));
    const getSigns = () => [0, 3].map(row => app.frame().split('\n')[row]![0]);
    await app.settle();
    expect(getSigns()).toEqual([keys, none]);
    await app.rerender(draw(1));
    expect(getSigns()).toEqual([none, keys]);
  });

  test('share nothing', async () => {
    const tree = parseTree(TEXT);
    const app = renderFrame(
      <Box flexDirection="column">
        <TreeView tree={tree} width={50} height={6} />
        <Text>-</Text>
        <TreeView tree={tree} width={50} height={6} isActive={false} />
      </Box>,
    );
    await app.press('down', 'enter');
    const [one, two] = app.frame().split('-\n');
    expect(one).not.toBe(two);
    expect(two).toMatch(/^›.*<ROOT>/m);
  });
});

// SGR sequences and line ends are all that a frame may hold besides text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with ESC
const OWN_STYLES = /\u001b\[[\d;]*m|\n/g;
const UNSAFE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

describe('names', () => {
  const HOSTILE = [
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b31m',
    'a\u202egnp.exe',
    '[link=http://x]y[/link]',
    '__proto__',
    'line\nbreak\ttab',
    '\ud800lone',
    'z\u0300\u0301\u0302\u0303\u0304\u0305algo',
  ];

  test.each(HOSTILE)('%j reach the screen as text only', async name => {
    const snapshot = parseSnapshot('NAME FILE:1 100\nother b.py:2 50');
    const strings = snapshot.strings.map(text => (text === 'NAME' || text === 'FILE' ? name : text));
    const store = createTreeStore({snapshot: {...snapshot, strings}, name});
    const app = renderFrame(
      <>
        <TreeView store={store} width={70} height={5} />
        <StatusBar store={store} width={70} />
      </>,
      {colorBits: 24},
    );
    await app.press('down', '/', 'a');
    const rest = app.styledFrame().replaceAll(OWN_STYLES, '');
    expect(rest).not.toMatch(UNSAFE);
    expect(
      app
        .frame()
        .split('\n')
        .filter(line => line.includes('other')),
    ).toHaveLength(1);
  });

  test('wide, combined and joined ones keep the columns in line', async () => {
    const names = ['名前空間', '🎉party', 'naïve', 'e\u0301a', '👩‍👩‍👧', '한국어'];
    const text = names.map((name, index) => `${name} /app/名.py:${index + 1} ${100 - index}`).join('\n');
    const app = renderFrame(
      <Box>
        <TreeView tree={parseTree(text)} width={44} height={9} />
        <Text>{Array.from({length: 9}, () => '|').join('\n')}</Text>
      </Box>,
    );
    await app.press('down');
    const widths = app
      .frame()
      .split('\n')
      .map(line => cellWidth(line));
    expect(new Set(widths)).toEqual(new Set([45]));
  });
});
