// What the benchmarks stand on, made once and kept below node_modules/.cache: a virtual environment with
// memray, and captures.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = `${root}dist/bin/memray-tree-ink.js`;
const here = fileURLToPath(new URL('.', import.meta.url));
const cache = `${root}node_modules/.cache/memray-tree-ink-bench`;
const packages = ['memray==1.20.0', 'textual==8.2.8', 'rich==15.0.0'];
const venv = `${cache}/venv`;

export const python = `${venv}/bin/python`;
/** `memray tree` itself, with its screen. */
export const memray = `${venv}/bin/memray`;

/** Commands until the tree is known: ours and memray's. */
export const treeCommand = {
  ours: (capture, biggest = 200) => [
    ...[process.execPath, program, '--json', '--depth', '0', '--biggest-allocs', String(biggest), capture],
  ],
  memray: (capture, biggest = 200) => [python, `${here}memray_tree.py`, capture, String(biggest)],
};

/**
 * Recorded programs with --trace-python-allocators; the arguments make about the records that the name says.
 */
const recorded = {
  small: {script: 'mixed.py', args: [100], options: []},
  'mixed-1m': {script: 'mixed.py', args: [2420]},
  'mixed-10m': {script: 'mixed.py', args: [31_600]},
  'deep-10m': {script: 'deep.py', args: [24]},
  'threads-10m': {script: 'threads.py', args: [31_600]},
  'live-10m': {script: 'live.py', args: [1_200_000, 18_500]},
  'mixed-50m': {script: 'mixed.py', args: [161_400]},
  'mixed-100m': {script: 'mixed.py', args: [323_600]},
};

/** Makes the virtual environment unless it is there. */
export function ensureVenv() {
  const stamp = `${venv}/packages.txt`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join('\n')) return;
  log('making a virtual environment with memray');
  rmSync(venv, {recursive: true, force: true});
  mkdirSync(cache, {recursive: true});
  execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv], {stdio: 'inherit'});
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
    stdio: 'inherit',
  });
  writeFileSync(stamp, packages.join('\n'));
}

/** Path of a recorded capture; recorded now unless it is there. */
export function ensureCapture(name) {
  const {script, args, options = ['--trace-python-allocators']} = recorded[name];
  return ensureFile(
    name,
    [script, 'workload.py'].map(file => `programs/${file}`),
    args,
    path => [
      ...[
        python,
        '-m',
        'memray',
        'run',
        '--quiet',
        ...options,
        '--output',
        path,
        `${here}programs/${script}`,
      ],
      ...args,
    ],
  );
}

/** Path of a capture with so many locations below one parent, each with two lines of source of its own. */
export function ensureFanCapture(locations) {
  const name = `fan-${locations}`;
  return ensureFile(name, ['fan_capture.py'], [locations], path => [
    ...[python, `${here}fan_capture.py`, path, `${cache}/${name}-sources`],
    locations,
  ]);
}

/** Path of a capture of one of the shapes of `shape-captures.mjs`. */
export function ensureShape(name) {
  const scripts = ['shape-captures.mjs', 'capture-file.mjs', 'native-library.mjs'];
  return ensureFile(name, scripts, [name], path => [
    ...[process.execPath, `${here}shape-captures.mjs`, name, path],
  ]);
}

/**
 * The name of the file holds a digest of what it is made from, so that it is made again when that changes.
 */
function ensureFile(name, scripts, args, getCommand) {
  ensureVenv();
  const digest = createHash('sha256').update(JSON.stringify(args));
  for (const script of scripts) digest.update(readFileSync(here + script));
  const path = `${cache}/${name}-${digest.digest('hex').slice(0, 8)}.bin`;
  if (existsSync(path)) return path;
  log(`recording ${name}`);
  for (const file of readdirSync(cache)) {
    if (file.startsWith(`${name}-`) && file.endsWith('.bin')) rmSync(`${cache}/${file}`);
  }
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, {force: true});
  const [command, ...commandArgs] = getCommand(unfinished).map(String);
  execFileSync(command, commandArgs, {stdio: 'inherit'});
  renameSync(unfinished, path);
  return path;
}

/** Versions and machine, for the head of a table. */
export function describeMachine() {
  const pythonVersion = execFileSync(python, ['--version'], {encoding: 'utf8'}).trim();
  const {cpus, totalmem, loadavg} = process.getBuiltinModule('node:os');
  const load = loadavg()[0].toFixed(1);
  return (
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}; ` +
    `Node ${process.versions.node}; ${packages.join(', ')} under ${pythonVersion}; load ${load}`
  );
}

/** What goes on, beside the table. */
export function log(text) {
  process.stderr.write(`${text}\n`);
}
