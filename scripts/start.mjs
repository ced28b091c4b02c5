// `npm start`: opens the example capture; `npm start -- FILE` another one. Builds first where needed.
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import './ensure-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = `${root}dist/bin/memray-tree-ink.js`;
const example = `${root}examples/newsroom`;

const args = process.argv.slice(2);
const defaults = [`--path-map=/srv/newsroom=${example}`, `${example}/newsroom.bin`];
const {status, signal} = spawnSync(process.execPath, [program, ...(args.length > 0 ? args : defaults)], {
  stdio: 'inherit',
});
process.exitCode = status ?? (signal ? 1 : 0);
