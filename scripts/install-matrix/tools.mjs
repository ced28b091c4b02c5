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

/** The npm that runs this script. */
const npm = [process.execPath, process.env.npm_execpath ?? ''];

export function getRegistry() {
  return execFileSync(npm[0], [npm[1], 'config', 'get', 'registry'], {encoding: 'utf8'}).trim();
}

/** Packs the built project. Returns the path of the file. */
export function packProject(root, folder) {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const name = execFileSync(npm[0], [npm[1], ...args], {cwd: root, encoding: 'utf8'}).trim();
  return `${folder}/${name}`;
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
  const args = ['install', '--no-audit', '--no-fund', '--silent', `${name}@${version}`];
  execFileSync(npm[0], [npm[1], ...args], {cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit']});
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
