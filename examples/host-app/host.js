// A small Ink app that shows a memray tree in its own layout. In a clone where `npm start` has been run:
//
//   npx node examples/host-app/host.js examples/newsroom/newsroom.bin
//
// To use it elsewhere, copy it beside a package.json with "type": "module", and run
// `npm install memray-tree-ink ink react` there. There is no build step: `h` is what JSX would become.
import {Box, render, Text, useApp, useInput} from 'ink';
import {TreeView} from 'memray-tree-ink';
import {readCapture} from 'memray-tree-ink/headless';
import {createElement as h, useState} from 'react';

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('Usage: node host.js CAPTURE\n');
  process.exit(2);
}
const {tree, capture} = await readCapture(path);

function Host() {
  const {exit} = useApp();
  const [selected, setSelected] = useState(tree.getNode(tree.root));
  // While a search is typed, all keys are for the tree.
  const [isTyping, setTyping] = useState(false);
  useInput(input => {
    if (input === 'q' && !isTyping) exit();
  });
  return h(
    Box,
    {flexDirection: 'column'},
    h(Text, {bold: true}, `My profiler · process ${capture.pid}`),
    h(
      Box,
      {gap: 1},
      h(
        Box,
        {borderStyle: 'round', flexGrow: 1},
        h(TreeView, {tree, height: 12, onSelect: setSelected, onTyping: setTyping}),
      ),
      h(
        Box,
        {flexDirection: 'column', width: 30, flexShrink: 0},
        h(Text, {color: 'cyan'}, 'Selected'),
        h(Text, null, JSON.stringify(selected.function)),
        h(Text, null, `${selected.bytes} bytes in ${selected.allocations} allocations`),
      ),
    ),
  );
}

render(h(Host));
