// `npm run test:own-ink`: the tests of the screen with a build that has Ink's own modules, and not the faster ones of
// src/ink-overrides: the program works without them too.
import {spawnSync} from 'node:child_process';
import {realpathSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';
import './typescript.mjs';

const {neededOverrides} = await import('../src/ink-overrides/overrides.ts');
const {createOverridePlugin} = await import('./build/apply-overrides.ts');

const SUITE = ['walk', 'queries', 'resize', 'byte-audit', 'screen-reader'];

const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));
const target = `${root}/node_modules/.cache/own-ink/bin`;
const folders = {packages: `${root}/node_modules`, replacements: `${root}/src/ink-overrides`};
const {plugin, checkUse} = await createOverridePlugin(folders, neededOverrides);
await build({
  cwd: root,
  platform: 'node',
  checks: {bundlerTimings: false},
  // What Ink loads for its developers only.
  external: ['react-devtools-core'],
  resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
  plugins: [plugin],
  input: {'memray-tree-ink': 'bin/memray-tree-ink.ts', worker: 'src/reader/worker.ts'},
  transform: {
    define: {'process.env.NODE_ENV': '"production"'},
    jsx: {runtime: 'automatic', development: false},
  },
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
