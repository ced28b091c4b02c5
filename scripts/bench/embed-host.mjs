// An app of somebody else: plain Ink and React, and the library as it is published.
// Arguments: capture, what it shows: "pane" (a TreeView as large as the tree of the command line in this terminal),
// "full" (one that fills it), "two" (two beside each other, the first of which has the keys), "list" (no TreeView, but
// as many coloured rows: what Ink alone takes); whether only changed lines are written ("incremental").
import {Box, render, Text, useApp, useInput} from 'ink';
import {createTreeStore, TreeView} from 'memray-tree-ink';
import {readCapture} from 'memray-tree-ink/headless';
import {createElement as h, useState} from 'react';

const [path, shown, writing] = process.argv.slice(2);
const {tree} = await readCapture(path, {biggestAllocs: 1_000_000});
const {columns, rows} = process.stdout;

function getSizes() {
  const full = {width: columns, height: rows};
  if (shown === 'two') return [0, 1].map(() => ({...full, width: Math.floor(columns / 2)}));
  if (shown === 'full') return [full];
  const store = createTreeStore({tree});
  store.actions.setScreen(columns, rows);
  const {width, height} = store.getState().layout.tree;
  return [{width, height}];
}

function Trees() {
  const views = sizes.map((size, index) => h(TreeView, {key: index, tree, isActive: index === 0, ...size}));
  return h(Box, null, ...views);
}

const LISTED = 10_000;
const texts = Array.from(
  {length: LISTED},
  (_, index) =>
    `  \u001b[38;2;97;193;44m177.523kB   0.62 %          \u001b[39m\u001b[2m│ │ ├▸ \u001b[22m📂 \u001b[1mfunction_${index}\u001b[22m  \u001b[2m\u001b[36m/usr/lib/python3.11/site-packages/module_${index}.py:885\u001b[39m\u001b[22m`,
);

/** Its cursor goes to the last row, then all rows scroll; a page up goes to the first row. */
function List() {
  const [cursor, setCursor] = useState(0);
  useInput((_, key) => {
    if (key.downArrow) setCursor(cursor + 1);
    if (key.upArrow) setCursor(Math.max(0, cursor - 1));
    if (key.pageUp) setCursor(0);
  });
  const first = Math.max(0, cursor - rows + 1);
  const inSight = texts.slice(first, first + rows);
  return h(
    Box,
    {flexDirection: 'column', width: columns, height: rows},
    h(Text, null, `<ROOT> ${cursor}`),
    ...inSight
      .slice(1)
      .map((text, row) => h(Text, {key: row, wrap: 'truncate', inverse: first + row + 1 === cursor}, text)),
  );
}

function Host() {
  const {exit} = useApp();
  useInput(input => {
    if (input === 'q') exit();
  });
  return shown === 'list' ? h(List) : h(Trees);
}

const sizes = shown === 'list' ? [] : getSizes();
render(h(Host), {incrementalRendering: writing === 'incremental'});
