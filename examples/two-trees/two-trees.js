// Two trees side by side: Tab moves the keys from one to the other. In a clone where `npm start` has been run:
//
//   npx node examples/two-trees/two-trees.js examples/newsroom/newsroom.bin examples/newsroom/fixed.bin
//
// To use it elsewhere, copy it beside a package.json with "type": "module", and run
// `npm install memray-tree-ink ink react` there. There is no build step: `h` is what JSX would become.
import {basename} from 'node:path';
import {Box, render, Text, useApp, useInput} from 'ink';
import {TreeView} from 'memray-tree-ink';
import {readCapture} from 'memray-tree-ink/headless';
import {createElement as h, useState} from 'react';

const paths = process.argv.slice(2);
if (paths.length !== 2) {
  process.stderr.write('Usage: node two-trees.js CAPTURE CAPTURE\n');
  process.exit(2);
}
const captures = await Promise.all(
  paths.map(async path => ({name: basename(path), tree: (await readCapture(path)).tree})),
);

/** A tree in a frame, which is colored while the tree has the keys. */
function Pane({name, tree, isActive, onTyping}) {
  const [selected, setSelected] = useState(tree.getNode(tree.root));
  return h(
    Box,
    {flexDirection: 'column', flexGrow: 1, flexBasis: 0},
    h(Text, {bold: isActive}, `${isActive ? '▸' : ' '} ${name}`),
    h(
      Box,
      {borderStyle: 'round', borderColor: isActive ? 'cyan' : undefined},
      // Each tree has its own cursor and its own expanded nodes. One that is not active ignores keys.
      h(TreeView, {tree, height: 12, isActive, onSelect: setSelected, onTyping}),
    ),
    h(Text, {wrap: 'truncate-middle'}, `${selected.function}: ${selected.bytes} bytes`),
  );
}

function TwoTrees() {
  const {exit} = useApp();
  const [active, setActive] = useState(0);
  // While a search is typed, all keys are for the tree.
  const [isTyping, setTyping] = useState(false);
  useInput((input, key) => {
    if (isTyping) return;
    if (input === 'q') exit();
    if (key.tab) setActive(1 - active);
  });
  return h(
    Box,
    {gap: 1},
    captures.map((capture, index) =>
      h(Pane, {...capture, key: index, isActive: index === active, onTyping: setTyping}),
    ),
  );
}

render(h(TwoTrees));
