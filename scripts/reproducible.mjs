// `npm run reproducible`: builds here and in a copy at another place, and says whether both give the same bytes.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));
// Beside the project, so that files can be linked; the name is longer, so that paths are.
const copy = mkdtempSync(`${root}-reproducible-`);

/** All that the build reads, and no more. */
const read = [
  'bin',
  'components',
  'hooks',
  'scripts',
  'src',
  'package.json',
  'tsconfig.json',
  'tsconfig.types.json',
];

function build(folder) {
  execFileSync(process.execPath, [join(folder, 'scripts/build.mjs')], {stdio: 'inherit'});
}

/** Of all files below a folder, by path. */
function hashFiles(folder) {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
  const paths = files.map(({parentPath, name}) => join(parentPath, name)).sort();
  const hash = path => createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Map(paths.map(path => [path.slice(folder.length + 1), hash(path)]));
}

/** Packages are read only: links are enough. */
function linkPackages(from, to) {
  mkdirSync(to, {recursive: true});
  for (const entry of readdirSync(from, {withFileTypes: true})) {
    if (entry.name === '.cache') continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkPackages(source, target);
    else if (entry.isFile()) linkSync(source, target);
    else cpSync(source, target, {verbatimSymlinks: true});
  }
}

try {
  for (const name of read) cpSync(join(root, name), join(copy, name), {recursive: true});
  for (const generated of ['src/core/generated', 'src/export/generated'])
    rmSync(join(copy, generated), {recursive: true, force: true});
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const folder of [root, copy]) build(folder);
  const [first, second] = [root, copy].map(folder => hashFiles(join(folder, 'dist')));
  const paths = [...new Set([...first.keys(), ...second.keys()])];
  const different = paths.filter(path => first.get(path) !== second.get(path));
  for (const path of different) process.stdout.write(`differs: ${path}\n`);
  process.stdout.write(`${different.length} of ${paths.length} files differ between here and a copy\n`);
  process.exitCode = different.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, {recursive: true, force: true});
}
