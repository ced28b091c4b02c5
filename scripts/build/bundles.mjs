// Builds everything into dist/: bin/ (the command line, with all it needs inside), the library (ink and react
// stay outside) and its types.
import {execFileSync} from 'node:child_process';
import {chmodSync, realpathSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';
import {commandOverrides, libraryOverrides} from '../../src/ink-overrides/overrides.ts';
import {createOverridePlugin, OverrideError} from './apply-overrides.ts';
import {createChunkGroups} from './chunk-groups.mjs';
import '../build-core.mjs';
import '../build-page.mjs';

const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));
const folders = {packages: `${root}/node_modules`, replacements: `${root}/src/ink-overrides`};

const shared = {
  cwd: root,
  platform: 'node',
  resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
};

/**
 * Builds a bundle in which some modules are replaced: src/ink-overrides says which and why.
 * @param createGroups makes the bundler's groups of modules from the options of the build
 */
async function buildWithOverrides(overrides, {output, ...options}, createGroups = null) {
  const {plugin, checkUse} = await createOverridePlugin(folders, overrides);
  const input = {...shared, ...options, plugins: [plugin]};
  const codeSplitting = createGroups && {groups: await createGroups(input)};
  await build({...input, output: {...output, ...(codeSplitting && {codeSplitting})}});
  checkUse();
}

const replacedGlobals = {define: {}, inject: {}};
for (const {global, replacement} of commandOverrides.globals) {
  if ('file' in replacement) replacedGlobals.inject[global] = `${folders.replacements}/${replacement.file}`;
  else replacedGlobals.define[global] = replacement.expression;
}

async function buildCommand() {
  const options = {
    input: {'memray-tree-ink': 'bin/memray-tree-ink.ts', worker: 'src/reader/worker.ts'},
    transform: {
      define: {'process.env.NODE_ENV': '"production"', ...replacedGlobals.define},
      inject: replacedGlobals.inject,
      jsx: {runtime: 'automatic', development: false},
    },
    output: {
      dir: `${root}/dist/bin`,
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  };
  await buildWithOverrides(commandOverrides, options, createChunkGroups);
  chmodSync(`${root}/dist/bin/memray-tree-ink.js`, 0o755);
}

async function buildLibrary() {
  await buildWithOverrides(libraryOverrides, {
    input: {index: 'src/index.ts', headless: 'src/headless.ts', testing: 'src/testing.tsx'},
    external: ['ink', 'react', 'react/jsx-runtime'],
    transform: {jsx: {runtime: 'automatic', development: false}},
    output: {
      dir: `${root}/dist`,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  });
  execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

rmSync(`${root}/dist`, {recursive: true, force: true});
try {
  await buildCommand();
  await buildLibrary();
} catch (error) {
  if (!(error instanceof OverrideError)) throw error;
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
}
