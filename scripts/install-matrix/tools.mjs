// The programs of the matrix, each at one version, got from npm's registry and kept below node_modules/.cache.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const cache = fileURLToPath(new URL('../../node_modules/.cache/install-matrix', import.meta.url));

/** The oldest Node that is promised, the one that most people have, and the newest one. */
export const NODES = ['22.0.0', '24.21.0', '26.10.0'];

/** The oldest and the newest Ink that is promised, each with what it asks for and a compiler of its time. */
export const INKS = [
  {ink: '7.1.0', react: '19.2.0', '@types/react': '19.2.0', '@types/node': '22.20.3', typescript: '5.9.3'},
  {ink: '8.0.0', react: '19.3.1', '@types/react': '19.3.0', '@types/node': '24.19.2', typescript: '7.0.2'},
];

/** Runs the npm that runs this script. Returns what it wrote. */
function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli === undefined) throw new Error('to be started by npm: npm run install-matrix');
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync(process.execPath, [cli, ...args], {encoding: 'utf8', stdio, ...options}).trim();
}

export function getRegistry() {
  return npm(['config', 'get', 'registry']);
}

/** Packs the built project. Returns the path of the file. */
export function packProject(root, folder) {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  return `${folder}/${npm(args, {cwd: root})}`;
}

/** The folder in which a package with its scripts run is installed; made now unless it is there. */
function ensurePackage(name, version) {
  const folder = `${cache}/${name.replace('/', '+')}-${version}`;
  if (existsSync(folder)) return folder;
  process.stderr.write(`fetching ${name} ${version}\n`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, {recursive: true, force: true});
  mkdirSync(unfinished, {recursive: true});
  const manifest = {private: true, allowScripts: {[name]: true}};
  writeFileSync(`${unfinished}/package.json`, JSON.stringify(manifest));
  npm(['install', '--no-audit', '--no-fund', '--silent', `${name}@${version}`], {cwd: unfinished});
  renameSync(unfinished, folder);
  return folder;
}

/** The folder of the program `node` of a version. */
export function ensureNode(version) {
  return `${ensurePackage('node', version)}/node_modules/node/bin`;
}

/** The path of a file of a package. */
export function ensureTool(name, version, file) {
  return `${ensurePackage(name, version)}/node_modules/${name}/${file}`;
}
