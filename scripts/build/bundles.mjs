// Builds everything into dist/: bin/ (the command line, with all it needs inside), the library (ink and react
// stay outside), chunks/ (what both need) and the types of the library.
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import {build} from 'rolldown';
import {overrides} from '../../src/ink-overrides/overrides.ts';
import {createOverridePlugin} from './apply-overrides.ts';
import {BuildError} from './build-error.ts';
import {createChunkGroups} from './chunk-groups.mjs';
import {checkHostModules, createHostPlugin, toFilePath, toHostEntry} from './host-modules.ts';
import {COMPILERS, findPackages, formatLicences} from './licences.ts';
import {toLineMap} from './line-maps.ts';
import {checkPageChunks} from './page-chunks.ts';
import {createPlatformForms} from './platform-forms.ts';
import {folders, nodeOptions, productionTransform, root} from './project.mjs';
import {rollUpTypes} from './types/roll-up.ts';
import '../build-core.mjs';
import {pageModules} from '../build-page.mjs';

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

/**
 * One build, in which some modules are replaced (src/ink-overrides says which and why).
 * @returns the ids of all modules of which code is in it
 */
async function buildBundles() {
  const {plugin, checkUse} = await createOverridePlugin(folders, overrides);
  const forms = createPlatformForms(root);
  const inputs = {...library, ...forms.entries};
  const options = {
    ...nodeOptions,
    plugins: [createHostPlugin(), forms.plugin, plugin],
    transform: {
      ...productionTransform,
      define: {...productionTransform.define, ...replacedGlobals.define},
      inject: replacedGlobals.inject,
    },
  };
  const {groups, libraryModules} = await createChunkGroups(options, inputs);
  checkHostModules(libraryModules);
  const isOfLibrary = ({facadeModuleId, moduleIds}) =>
    [facadeModuleId ?? [], moduleIds].flat().every(id => libraryModules.has(id));
  const {output} = await build({
    ...options,
    input: {...command, ...inputs},
    write: false,
    output: {
      dir: `${root}/dist`,
      sourcemap: 'hidden',
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: chunk => `${isOfLibrary(chunk) ? 'chunks' : 'bin'}/[name]-[hash].js`,
      codeSplitting: {groups},
    },
  });
  checkUse();
  checkPageChunks(output);
  for (const chunk of output) if (chunk.type === 'chunk') writeChunk(chunk);
  chmodSync(`${root}/dist/bin/memray-tree-ink.js`, 0o755);
  return output.flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** Only the library has maps: the command line would be slower to install, and its messages have no stack traces. */
function writeChunk({fileName, code, map}) {
  const path = `${root}/dist/${fileName}`;
  const lineMap = fileName.startsWith('bin/') || map === null ? null : toLineMap(map);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, lineMap === null ? code : `${code}\n//# sourceMappingURL=${basename(fileName)}.map\n`);
  if (lineMap !== null) writeFileSync(`${path}.map`, lineMap);
}

/** The compiler writes a file for each module; the package has one for each entry. */
function buildTypes() {
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  const modules = `${root}/dist/module-types`;
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', modules], {
    cwd: root,
    stdio: 'inherit',
  });
  const entries = Object.keys(library).map(name => [name, `${modules}/src/${name}.d.ts`]);
  mkdirSync(`${root}/dist/types`);
  for (const [name, text] of rollUpTypes(Object.fromEntries(entries)))
    writeFileSync(`${root}/dist/types/${name}.d.ts`, text);
  rmSync(modules, {recursive: true});
}

function writeLicences(moduleIds) {
  const compilers = COMPILERS.map(name => `${folders.packages}/${name}/package.json`);
  const packages = findPackages([...moduleIds.map(toFilePath), ...compilers]);
  writeFileSync(`${root}/dist/THIRD-PARTY-LICENSES.txt`, formatLicences(packages));
}

rmSync(`${root}/dist`, {recursive: true, force: true});
try {
  const moduleIds = await buildBundles();
  writeLicences([...moduleIds, ...pageModules]);
  buildTypes();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
}
