// Builds everything into dist/. The build reads TypeScript, which older versions of Node cannot: these run it
// in the Node of node_modules.
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

if (process.features.typescript) {
  await import('./typescript.mjs');
  await import('./build/bundles.mjs');
  await import('./build/command-files.mjs');
} else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  const {status} = spawnSync(node, [fileURLToPath(import.meta.url)], {stdio: 'inherit'});
  process.exitCode = status ?? 1;
}
