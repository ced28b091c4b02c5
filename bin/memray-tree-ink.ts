#!/usr/bin/env node
// No static imports and no new syntax here: an older Node must get as far as the sentence below.
const needed = 22;
const version = process.versions.node;
if (Number(version.split('.')[0]) < needed) {
  process.stderr.write(
    `memray-tree-ink: this is Node ${version}, but Node ${needed} or newer is needed. ` +
      `Without installing it: npx -p node@24 -p memray-tree-ink memray-tree-ink ${process.argv.slice(2).join(' ')}\n`,
  );
  process.exitCode = 1;
} else {
  import('./main.js').then(({main}) => main());
}

export {};
