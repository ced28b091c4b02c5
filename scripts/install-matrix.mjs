// `npm run install-matrix`: packs the project, installs the file in new folders by each package manager under each Node
// with each Ink, and uses it there. Prints a table; what fails is told on standard error, and the exit code is 1.
//   --only TEXT   rows that contain it ("pnpm", "26.10", "8.0.0")     --keep   leave the folders there, and name them
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {checks} from './install-matrix/checks.mjs';
import {listManagers} from './install-matrix/managers.mjs';
import {ensureNode, getRegistry, INKS, NODES, packProject} from './install-matrix/tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const capture = `${root}examples/newsroom/newsroom.bin`;
const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const {values} = parseArgs({options: {only: {type: 'string', default: ''}, keep: {type: 'boolean'}}});
const registry = getRegistry();

/** Every manager under every Node; the Inks by turns, so that each meets each manager and each Node. */
function listRows() {
  return NODES.flatMap((node, nodeIndex) =>
    listManagers(node, registry).map((manager, index) => ({
      node,
      manager,
      packages: INKS[(nodeIndex + index) % INKS.length],
    })),
  );
}

/** The environment without what npm and the tests' Node put into it. */
function createEnv(node) {
  const removed = /^(?:npm_|INIT_CWD$|NODE$|NODE_OPTIONS$|CI$|NO_COLOR$|FORCE_COLOR$)/;
  const entries = Object.entries(process.env).map(([name, value]) => [
    name,
    removed.test(name) ? undefined : value,
  ]);
  const path = (process.env.PATH ?? '').split(delimiter).filter(part => !part.includes('node_modules'));
  return {
    ...Object.fromEntries(entries),
    PATH: [ensureNode(node), ...path].join(delimiter),
    npm_config_registry: registry,
    npm_config_update_notifier: 'false',
  };
}

function prepareFolder(folder, {manager, packages, node}, tarball) {
  mkdirSync(folder);
  // Plug'n'Play needs a compiler that Yarn can patch.
  const typescript = manager.hasFolder ? packages.typescript : INKS[0].typescript;
  const dependencies = {'memray-tree-ink': `file:${tarball}`, ...packages, typescript};
  const manifest = {name: 'consumer', private: true, type: 'module', dependencies};
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const [name, text] of Object.entries(manager.files)) writeFileSync(join(folder, name), text);
  return {folder, manager, capture, version, env: createEnv(node)};
}

/** What became of each check, by name. Without an installation there is nothing else to try. */
async function tryRow(place) {
  const results = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      results[name] = (await check(place)) === false ? '–' : 'ok';
    } catch (error) {
      results[name] = 'FAILS';
      process.stderr.write(`${name}: ${error.message}\n`);
      if (name === 'install') break;
    }
  }
  return results;
}

const work = mkdtempSync(join(tmpdir(), 'memray-tree-ink-matrix-'));
const packed = packProject(root, work);
// Some managers keep packed files by their name.
const digest = createHash('sha256').update(readFileSync(packed)).digest('hex').slice(0, 8);
const tarball = join(work, `memray-tree-ink-${digest}.tgz`);
renameSync(packed, tarball);

const write = cells => process.stdout.write(`| ${cells.join(' | ')} |\n`);
write(['Node', 'manager', 'Ink', ...Object.keys(checks)]);
write(['---', '---', '---', ...Object.keys(checks).map(() => '---')]);
let failures = 0;
for (const [index, row] of listRows().entries()) {
  const head = [row.node, row.manager.name, row.packages.ink];
  if (!head.join(' ').includes(values.only)) continue;
  const folder = join(work, String(index));
  process.stderr.write(`${head.join(', ')}${values.keep ? `: ${folder}` : ''}\n`);
  const results = await tryRow(prepareFolder(folder, row, tarball));
  failures += Object.values(results).filter(result => result === 'FAILS').length;
  write([...head, ...Object.keys(checks).map(name => results[name] ?? '')]);
  if (!values.keep) rmSync(folder, {recursive: true, force: true});
}
if (!values.keep) rmSync(work, {recursive: true, force: true});
process.stdout.write(`${failures} checks failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
