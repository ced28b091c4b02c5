// Builds everything into dist/: bin/ (the command line, with all it needs inside), the library (ink and react
// stay outside), chunks/ (what both need) and the types of the library.
import {execFileSync} from 'node:child_process';
import {chmodSync, realpathSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';
import {overrides} from '../../src/ink-overrides/overrides.ts';
import {createOverridePlugin, OverrideError} from './apply-overrides.ts';
import {createChunkGroups} from './chunk-groups.mjs';
import {checkHostModules, createHostPlugin, toHostEntry} from './host-modules.ts';
import '../build-core.mjs';
import '../build-page.mjs';

const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));
const folders = {packages: `${root}/node_modules`, replacements: `${root}/src/ink-overrides`};

const command = {'bin/memray-tree-ink': 'bin/memray-tree-ink.ts', 'bin/worker': 'src/reader/worker.ts'};
const library = {
  index: toHostEntry(`${root}/src/index.ts`),
  headless: 'src/headless.ts',
  testing: toHostEntry(`${root}/src/testing.tsx`),
};

const replacedGlobals = {define: {}, inject: {}};
for (const {global, replacement} of overrides.globals) {
  if ('file' in replacement) replacedGlobals.inject[global] = `${folders.replacements}/${replacement.file}`;
  else replacedGlobals.define[global] = replacement.expression;
}

/** One build, in which some modules are replaced (src/ink-overrides says which and why). */
async function buildBundles() {
  const {plugin, checkUse} = await createOverridePlugin(folders, overrides);
  const options = {
    cwd: root,
    platform: 'node',
    checks: {bundlerTimings: false},
    resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
    plugins: [createHostPlugin(), plugin],
    transform: {
      define: {'process.env.NODE_ENV': '"production"', ...replacedGlobals.define},
      inject: replacedGlobals.inject,
      jsx: {runtime: 'automatic', development: false},
    },
  };
  const {groups, libraryModules} = await createChunkGroups(options, library);
  checkHostModules(libraryModules);
  const isOfLibrary = ({facadeModuleId, moduleIds}) =>
    [facadeModuleId ?? [], moduleIds].flat().every(id => libraryModules.has(id));
  await build({
    ...options,
    input: {...command, ...library},
    output: {
      dir: `${root}/dist`,
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: chunk => `${isOfLibrary(chunk) ? 'chunks' : 'bin'}/[name]-[hash].js`,
      codeSplitting: {groups},
    },
  });
  checkUse();
  chmodSync(`${root}/dist/bin/memray-tree-ink.js`, 0o755);
}

function buildTypes() {
  execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

rmSync(`${root}/dist`, {recursive: true, force: true});
try {
  await buildBundles();
  buildTypes();
} catch (error) {
  if (!(error instanceof OverrideError)) throw error;
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
}
