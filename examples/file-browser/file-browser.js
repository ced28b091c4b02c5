// A file browser: a tree that is not about memory, made of plain objects. In a clone where `npm start` has
// been run:
//
//   npx node examples/file-browser/file-browser.js src
//
// To use it elsewhere, copy it beside a package.json with "type": "module", and run
// `npm install memray-tree-ink ink react` there. There is no build step: `h` is what JSX would become.
import {readdirSync, statSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {Box, render, Text, useApp, useInput} from 'ink';
import {TreeView} from 'memray-tree-ink';
import {createElement as h, useState} from 'react';

/** A file or folder as a node: `name`, `value` and `children` are for the tree, `path` is for us. */
function readEntry(path) {
  const stat = statSync(path);
  const name = basename(path);
  if (!stat.isDirectory()) return {name, path, value: stat.size};
  const children = readdirSync(path, {withFileTypes: true})
    .filter(entry => entry.isFile() || entry.isDirectory())
    .map(entry => readEntry(join(path, entry.name)))
    .sort((a, b) => b.value - a.value);
  return {name, path, children, value: children.reduce((sum, child) => sum + child.value, 0)};
}

const root = readEntry(resolve(process.argv[2] ?? '.'));

// Defined once: a function that is created at each render would have all rows written again.
const formatValue = bytes => `${(bytes / 1024).toFixed(1)} KiB`;
const formatPercent = (value, total) => `${total > 0 ? Math.round((100 * value) / total) : 0} %`;
const getIcon = entry => (entry.children ? '📁' : '📄');

function FileBrowser() {
  const {exit} = useApp();
  const [selected, setSelected] = useState(root);
  // While a search is typed, all keys are for the tree.
  const [isTyping, setTyping] = useState(false);
  useInput(input => {
    if (input === 'q' && !isTyping) exit();
  });
  return h(
    Box,
    {flexDirection: 'column'},
    h(TreeView, {
      tree: root,
      height: 12,
      formatValue,
      formatPercent,
      getIcon,
      onSelect: setSelected,
      onTyping: setTyping,
    }),
    h(Text, {dimColor: true, wrap: 'truncate-start'}, selected.path),
  );
}

render(h(FileBrowser));
