import fc from 'fast-check';
import {Box, Text} from 'ink';
import {useState} from 'react';
import {describe, expect, test} from 'vitest';
import {SourcePanel} from '../../components/SourcePanel.js';
import {StatusBar} from '../../components/StatusBar.js';
import {TreeView} from '../../components/TreeView.js';
import {TreeStoreProvider} from '../../hooks/tree-store-context.js';
import {selectHints} from '../../src/commands/hints.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {AnyTree, TreeNode} from '../../src/tree/tree-interface.js';
import {arbitraryHostTree} from '../helpers/arbitrary-host-tree.js';
import {renderFrame} from '../helpers/render.js';

// Trees that another program made: whatever is wrong with them, they end in a frame.

const FILES: TreeNode = {
  name: 'src',
  value: 300,
  children: [
    {name: 'app.py', value: 200},
    {name: 'data', value: 100, children: [{name: 'big.csv', value: 100}]},
  ],
};

describe('a tree of objects', () => {
  test('needs names, values and children', async () => {
    const app = renderFrame(<TreeView tree={FILES} width={50} height={5} />);
    await app.press('down', 'down', 'right');
    expect(app.frame()).toMatchInlineSnapshot(`
      "   300.000B 100.00 % ▾ 📂 src
         200.000B  66.67 % ├─ 📄 app.py
      ❯  100.000B  33.33 % └▾ 📂 data
         100.000B  33.33 %  ╰ 📄 big.csv
      "
    `);
  });

  test('may have values below 0', async () => {
    const app = renderFrame(<TreeView tree={{name: 'balance', value: -3}} width={100} height={2} />);
    await app.settle();
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯   -3.000B   0.00 %   📄 balance
      "
    `);
  });

  test('has no words of memray around it', async () => {
    const store = createTreeStore({tree: FILES});
    const app = renderFrame(
      <TreeStoreProvider store={store}>
        <TreeView width={50} height={4} />
        <SourcePanel width={50} height={6} />
        <StatusBar width={120} />
      </TreeStoreProvider>,
    );
    await app.press('down', 'a');
    expect(app.frame()).toMatchInlineSnapshot(`
      "   300.000B 100.00 % ▾ 📂 src
      ❯  200.000B  66.67 % ├─ 📄 app.py
         100.000B  33.33 % └▸ 📂 data




      ──────────────────────────────────────────────────
      🧭 Name: app.py
      📦 Value: 200.000B
      total 300.000B
      / Search"
    `);
  });

  test('offers the filters that have something to hide', () => {
    const store = createTreeStore({
      tree: {name: 'src', value: 2, children: [{name: 'loader', value: 2, importSystem: true}]},
    });
    const commands = selectHints(store.getState()).map(({command}) => command);
    expect(commands).toContain('toggleImportSystem');
    expect(commands).not.toContain('toggleUninteresting');
  });

  test('gives its own nodes to the host', async () => {
    interface Entry {
      readonly name: string;
      readonly value: number;
      readonly path: string;
      readonly children?: readonly Entry[];
    }
    const tree: Entry = {
      name: 'etc',
      value: 3,
      path: '/etc',
      children: [{name: 'fstab', value: 3, path: '/etc/fstab'}],
    };
    const events: string[] = [];
    const app = renderFrame(
      <TreeView
        tree={tree}
        width={50}
        height={5}
        onSelect={node => events.push(node.path)}
        onToggle={(node, isOpen) => events.push(`${node.path} ${isOpen}`)}
      />,
    );
    await app.press('down', 'up', 'left');
    expect(events).toEqual(['/etc/fstab', '/etc', '/etc false']);
  });

  test('keeps nodes of the same name apart, also where others are hidden', async () => {
    const tree: TreeNode = {
      name: 'root',
      value: 6,
      children: [
        {name: 'same', value: 3},
        {name: 'hidden', value: 1, interesting: false, children: [{name: 'lifted', value: 1}]},
        {name: 'same', value: 2},
      ],
    };
    const app = renderFrame(<TreeView tree={tree} width={50} height={6} />);
    await app.settle();
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯    6.000B 100.00 % ▾ 📂 root
           3.000B  50.00 % ├─ 📄 same
           1.000B  16.67 % ├─ 📄 lifted
           2.000B  33.33 % └─ 📄 same

      "
    `);
    await app.press('u');
    expect(app.frame()).toContain('hidden');
  });

  test('shows its root whatever that says of itself', async () => {
    for (const root of [
      {interesting: false},
      {importSystem: true},
      {interesting: false, importSystem: true},
    ]) {
      const app = renderFrame(<TreeView tree={{...FILES, ...root}} width={50} height={5} />);
      await app.press('i', 'u', 'down');
      expect(app.frame()).toMatch(/^ .* src$/m);
      expect(app.frame()).toMatch(/^❯.* app\.py$/m);
    }
  });
});

describe('a tree that cannot be shown', () => {
  test('says where and why instead of the tree', async () => {
    const tree = {name: 'src', value: 3, children: [FILES, {name: 'x', value: Number.NaN}]};
    const app = renderFrame(
      <Box flexDirection="column">
        <Text>above</Text>
        <TreeView tree={tree} width={40} height={3} />
        <Text>below</Text>
      </Box>,
    );
    await app.press('down', '/', 'x');
    expect(app.frame()).toMatchInlineSnapshot(`
      "above
      Cannot show the tree:
      tree.children[1].value must be a finite
      number, not NaN
      below"
    `);
  });

  test('gives way to one that can', async () => {
    const app = renderFrame(<TreeView tree={{...FILES, value: Number.NaN}} width={40} height={3} />);
    await app.settle();
    expect(app.frame().replaceAll('\n', ' ')).toContain('tree.value must be a finite number, not NaN');
    await app.rerender(<TreeView tree={FILES} width={40} height={3} />);
    expect(app.frame()).toMatch(/src/);
    await app.rerender(<TreeView tree={null} width={40} height={3} />);
    expect(app.frame()).toBe('There is no tree to show.\n\n');
  });

  test('is refused by a store, which stays as it was', () => {
    const store = createTreeStore({tree: FILES});
    const before = store.getState();
    const wrong = {name: 'x'} as unknown as TreeNode;
    expect(() => store.actions.setTree(wrong)).toThrow('tree.value must be a finite number, not undefined');
    expect(store.getState()).toBe(before);
    expect(() => createTreeStore({tree: wrong})).toThrow(TypeError);
  });
});

test('any tree ends in a frame', {timeout: 120_000}, async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryHostTree(), async tree => {
      const app = renderFrame(<TreeView tree={tree as AnyTree} width={60} height={6} />);
      await app.press('down', 'E', 'i', 'u', 'end', '/', 'a', 'enter', 'C');
      expect(app.frame()).toMatch(/^❯|^Cannot\sshow\sthe\stree:\s|^There is no tree/);
      app.unmount();
    }),
    {numRuns: 150},
  );
});

test('a host that makes a new tree at each render, and renders at each selection, comes to rest', async () => {
  function Host() {
    const [selected, setSelected] = useState('nothing');
    return (
      <Box flexDirection="column">
        <Text>{selected}</Text>
        <TreeView
          tree={structuredClone(FILES)}
          width={40}
          height={4}
          onSelect={({name}) => setSelected(name)}
        />
      </Box>
    );
  }
  const app = renderFrame(<Host />);
  await app.press('down');
  expect(app.frame()).toMatch(/^app\.py$/m);
  const frames = app.frameCount();
  await app.settle();
  await app.settle();
  expect(app.frameCount()).toBe(frames);
});

describe('without a size', () => {
  test('a tree is as high as its rows', async () => {
    const app = renderFrame(<TreeView tree={FILES} />, {columns: 50, rows: 10});
    await app.settle();
    expect(app.frame()).toMatchInlineSnapshot(`
      "❯  300.000B 100.00 % ▾ 📂 src
         200.000B  66.67 % ├─ 📄 app.py
         100.000B  33.33 % └▸ 📂 data"
    `);
    await app.press('E');
    expect(app.frame().split('\n')).toHaveLength(4);
  });

  test('a tree is at most as high as the terminal, also after it was resized', async () => {
    const many: TreeNode = {
      name: 'all',
      value: 100,
      children: Array.from({length: 100}, (_, index) => ({name: `file ${index}`, value: 1})),
    };
    const app = renderFrame(<TreeView tree={many} />, {columns: 50, rows: 10});
    await app.settle();
    expect(app.frame().split('\n')).toHaveLength(10);
    await app.resize(40, 20);
    await app.press('end');
    expect(app.frame().split('\n')).toHaveLength(20);
    expect(app.frame()).toMatch(/^❯.*file 99$/m);
  });
});
