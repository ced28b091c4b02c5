// The package managers: how each installs a folder, and how it runs what is installed.
import {ensureTool} from './tools.mjs';

/**
 * @typedef {object} Manager
 * @property {string} name with its version, as the table has it
 * @property {Record<string, string>} files that the folder needs, by name
 * @property {string[]} install the command that installs what package.json asks for
 * @property {string[]} run how it runs an installed command
 * @property {string[]} node how it runs Node on a file of the folder
 * @property {boolean} hasFolder whether packages are in node_modules
 */

const NPM_FOR_ANY = '10.9.9';
const NPM = '12.2.2';
const YARN = '1.22.22';
const BERRY = '4.18.1';

/** The managers under a version of Node. @returns {Manager[]} */
export function listManagers(node, registry) {
  const npmVersion = node === '22.0.0' ? NPM_FOR_ANY : NPM;
  const npm = ['node', ensureTool('npm', npmVersion, 'bin/npm-cli.js')];
  const pnpm = [ensureTool('pnpm', '12.21.0', 'pnpm')];
  const yarn = ['node', ensureTool('yarn', YARN, 'bin/yarn.js')];
  const bun = [ensureTool('bun', '1.4.5', 'bin/bun.exe')];
  const plain = {files: {}, node: ['node'], hasFolder: true};
  return [
    {
      ...plain,
      name: `npm ${npmVersion}`,
      install: [...npm, 'install', '--no-audit', '--no-fund'],
      run: [...npm, 'exec', '--offline', '--'],
    },
    {...plain, name: 'pnpm 12.21.0', install: [...pnpm, 'install'], run: [...pnpm, 'exec']},
    {
      ...plain,
      name: `yarn ${YARN}`,
      install: [...yarn, 'install', '--no-lockfile', '--registry', registry],
      run: [...yarn, '--silent', 'run'],
    },
    createBerry('node-modules', registry),
    createBerry('pnp', registry),
    {...plain, name: 'bun 1.4.5', install: [...bun, 'install'], run: [...bun, 'x', '--no-install']},
  ];
}

function createBerry(linker, registry) {
  const yarn = ['node', ensureTool('@yarnpkg/cli-dist', BERRY, 'bin/yarn.js')];
  const config = {
    nodeLinker: linker,
    npmRegistryServer: registry,
    enableTelemetry: false,
    // The lockfile is made now, also where CI is set.
    enableImmutableInstalls: false,
    enableGlobalCache: false,
  };
  const lines = Object.entries(config).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return {
    name: `yarn ${BERRY} (${linker})`,
    files: {'.yarnrc.yml': lines.join(''), 'yarn.lock': ''},
    install: [...yarn, 'install'],
    run: [...yarn, 'run'],
    node: [...yarn, 'node'],
    hasFolder: linker !== 'pnp',
  };
}
