// What all builds of the project's bundles have in common.
import {realpathSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** The project, without symbolic links: the bundler names modules by their real paths. */
export const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));

/** Where packages are installed, and what replaces some of their modules. */
export const folders = {packages: `${root}/node_modules`, replacements: `${root}/src/ink-overrides`};

/** Options of the bundler for what runs in Node. */
export const nodeOptions = {
  cwd: root,
  platform: 'node',
  checks: {bundlerTimings: false},
  resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
};

/** How it rewrites modules. */
export const productionTransform = {
  define: {'process.env.NODE_ENV': '"production"'},
  jsx: {runtime: 'automatic', development: false},
};
