import {expect, test} from 'vitest';
import {SourcePanel} from '../../components/SourcePanel.js';
import {StatusBar} from '../../components/StatusBar.js';
import {TreeView} from '../../components/TreeView.js';
import {readCapture, toText} from '../../src/headless.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {TreeNode} from '../../src/tree/tree-interface.js';
import {listCaptures} from '../helpers/captures.js';
import {renderFrame} from '../helpers/render.js';

// Values, shares and icons as the host writes them.

const SPANS = {
  name: 'request',
  value: 2.5,
  kind: 'span',
  children: [
    {name: 'query', value: 2, kind: 'db', selfValue: 2},
    {name: 'render', value: 0.5, kind: 'view'},
  ],
};
const formatValue = (seconds: number) => `${seconds.toFixed(2)} s`;
const formatPercent = (value: number, total: number) => `${value}/${total}`;
const getIcon = (node: TreeNode & {readonly kind?: string}) => (node.kind === 'db' ? '🛢' : null);

test('a tree view writes values, shares and icons as the host asks', async () => {
  const app = renderFrame(
    <TreeView
      tree={SPANS}
      width={50}
      height={3}
      formatValue={formatValue}
      formatPercent={formatPercent}
      getIcon={getIcon}
    />,
  );
  await app.press('down');
  expect(app.frame()).toMatchInlineSnapshot(`
    "     2.50 s  2.5/2.5 ▾ 📂 request
    ❯    2.00 s    2/2.5 ├─ 🛢  query
         0.50 s  0.5/2.5 └─ 📄 render"
  `);
});

test('a store hands the format to all of its components', async () => {
  const store = createTreeStore({tree: SPANS, formatValue, formatPercent, getIcon});
  const app = renderFrame(
    <>
      <TreeView store={store} width={50} height={3} />
      <SourcePanel store={store} width={50} height={6} />
      <StatusBar store={store} width={50} />
    </>,
  );
  await app.press('down');
  expect(app.frame()).toMatchInlineSnapshot(`
    "     2.50 s  2.5/2.5 ▾ 📂 request
    ❯    2.00 s    2/2.5 ├─ 🛢  query
         0.50 s  0.5/2.5 └─ 📄 render



    ──────────────────────────────────────────────────
    🧭 Name: query · 📦 Value: 2.00 s
    📦 Own value: 2.00 s
    total 2.50 s
    / Search"
  `);
});

test('wide signs keep the columns in line, and nothing of the host reaches the terminal as it is', async () => {
  const app = renderFrame(
    <TreeView
      tree={SPANS}
      width={50}
      height={3}
      formatValue={value => (value === 2 ? '二 \u001b[2J' : `${value}`)}
      getIcon={() => '\u001b[31mlong'}
    />,
    {colorBits: 24},
  );
  await app.settle();
  expect(app.styledFrame()).not.toContain('\u001b[2J');
  expect(app.frame()).toMatchInlineSnapshot(`
    "❯       2.5 100.00 % ▾ ␛[ request
        二 ␛[2J  80.00 % ├─ ␛[ query
            0.5  20.00 % └─ ␛[ render"
  `);
});

test('a tree of zeros shows its root', async () => {
  const app = renderFrame(<TreeView tree={{name: 'empty folder', value: 0}} width={50} height={1} />);
  await app.settle();
  expect(app.frame()).toContain('empty folder');
});

test.each([
  [{formatValue: () => 5}, 'formatValue must return a string, not 5'],
  [{formatPercent: () => undefined}, 'formatPercent must return a string, not undefined'],
  [{getIcon: () => ({})}, 'what getIcon returns must be a string or nothing, not an object'],
  [{formatValue: 'bytes'}, 'formatValue must be a function, not "bytes"'],
])('what is wrong with %o is named', async (format, message) => {
  const app = renderFrame(<TreeView tree={SPANS} width={70} height={3} {...(format as object)} />);
  await app.settle();
  expect(app.frame()).toContain(message);
});

test('the text of a capture has them too', async () => {
  const capture = listCaptures().find(({name}) => !/^bad\//.test(name))!;
  const result = await readCapture(capture.path);
  const text = toText(result, {
    formatValue: bytes => `${bytes} bytes`,
    formatPercent: () => 'some',
    getIcon: node => (node.function === '<ROOT>' ? '*' : '-'),
  });
  const lines = text.split('\n');
  expect(lines[0]).toBe(`* ${result.tree.bytes[0]} bytes (some) <ROOT>`);
  expect(lines[1]).toMatch(/^[└├]── - \d+ bytes \(some\) /);
});
