// `npm run test:own-ink`: the tests of the screen with a build that has Ink's own modules, and not the faster ones of
// src/ink-overrides: the program works without them too.
import {spawnSync} from 'node:child_process';
import {build} from 'rolldown';
import {folders, nodeOptions, productionTransform, root} from './build/project.mjs';
import './typescript.mjs';

const {neededOverrides} = await import('../src/ink-overrides/overrides.ts');
const {createOverridePlugin} = await import('./build/apply-overrides.ts');

const SUITE = ['walk', 'queries', 'resize', 'byte-audit', 'screen-reader'];

const target = `${root}/node_modules/.cache/own-ink/bin`;
const {plugin, checkUse} = await createOverridePlugin(folders, neededOverrides);
await build({
  ...nodeOptions,
  // What Ink loads for its developers only.
  external: ['react-devtools-core'],
  plugins: [plugin],
  input: {'memray-tree-ink': 'bin/memray-tree-ink.ts', worker: 'src/reader/worker.ts'},
  transform: productionTransform,
  output: {dir: target, format: 'esm', cleanDir: true, entryFileNames: '[name].js'},
});
checkUse();

const vitest = `${root}/node_modules/vitest/vitest.mjs`;
const files = SUITE.map(name => `__tests__/program/${name}.test.ts`);
const {status} = spawnSync(process.execPath, [vitest, 'run', '--reporter=dot', ...files], {
  cwd: root,
  stdio: 'inherit',
  env: {...process.env, MEMRAY_TREE_PROGRAM: `${target}/memray-tree-ink.js`},
});
process.exitCode = status ?? 1;
