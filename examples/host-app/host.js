// A small Ink app of its own that shows a memray tree in a layout of its own: node host.js results.bin
// (No build step: `h` is React's createElement, what JSX would become.)
import {Box, render, Text, useApp, useInput} from 'ink';
import {TreeView} from 'memray-tree-ink';
import {readCapture} from 'memray-tree-ink/headless';
import {createElement as h, useState} from 'react';

const {tree, capture} = await readCapture(process.argv[2]);

function Host() {
  const {exit} = useApp();
  const [selected, setSelected] = useState(tree.getNode(tree.root));
  useInput(input => {
    if (input === 'q') exit();
  });
  return h(
    Box,
    {flexDirection: 'column', width: 100},
    h(Text, {bold: true}, `My profiler · process ${capture.pid}`),
    h(
      Box,
      {gap: 1},
      h(
        Box,
        {borderStyle: 'round', width: 70},
        h(TreeView, {tree, width: 68, height: 12, onSelect: setSelected}),
      ),
      h(
        Box,
        {flexDirection: 'column'},
        h(Text, {color: 'cyan'}, 'Selected'),
        h(Text, null, JSON.stringify(selected.function)),
        h(Text, null, `${selected.bytes} bytes in ${selected.allocations} allocations`),
      ),
    ),
  );
}

render(h(Host));
