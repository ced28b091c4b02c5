// `npm run planted`: plants bugs in a copy of the project, one by one, and runs the tests that should find them
// (scripts/planted/bugs.ts). Prints for each whether they do. A run that hangs counts as found.
//   --only TEXT   bugs whose names hold TEXT
import {execFileSync, spawn} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {BUGS, plant} from './planted/bugs.ts';

const MAX_RUN_MS = 240_000;

const {values} = parseArgs({options: {only: {type: 'string', default: ''}}});
const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'planted-'));
const isOfCore = ({file}) => file.startsWith('src/core/assembly/');
/** Those of the core last: it is built for each of them, and not again for those after them. */
const bugs = BUGS.filter(({name}) => name.includes(values.only)).sort((a, b) => isOfCore(a) - isOfCore(b));

function copyProject() {
  const isLeftOut = path => /(?:^|\/)(?:node_modules|\.git|coverage)$/.test(path);
  cpSync(root, copy, {recursive: true, filter: path => !isLeftOut(path)});
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

function buildCore() {
  execFileSync(process.execPath, [join(copy, 'scripts/build-core.mjs')], {stdio: 'inherit'});
}

/** "passes", "fails", or "hangs". */
function runTests(tests) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const files = tests.map(test => `__tests__/${test}`);
  const child = spawn(process.execPath, [vitest, 'run', '--bail', '1', ...files], {
    cwd: copy,
    stdio: 'ignore',
    detached: true,
  });
  return new Promise(resolve => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-child.pid, 'SIGKILL');
    }, MAX_RUN_MS);
    child.on('exit', code => {
      clearTimeout(timer);
      resolve(isLate ? 'hangs' : code === 0 ? 'passes' : 'fails');
    });
  });
}

async function tryBug(bug) {
  const path = join(copy, bug.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, plant(text, bug));
  try {
    if (isOfCore(bug)) buildCore();
    return await runTests(bug.tests);
  } finally {
    writeFileSync(path, text);
  }
}

let found = 0;
try {
  copyProject();
  const tests = [...new Set(bugs.flatMap(bug => bug.tests))];
  const sound = await runTests(tests);
  process.stdout.write(`${sound === 'passes' ? 'ok' : 'WRONG'}  without a bug the suite ${sound}\n`);
  for (const bug of bugs) {
    const outcome = await tryBug(bug);
    if (outcome !== 'passes') found++;
    process.stdout.write(`${outcome === 'passes' ? 'MISSED' : 'found'}  ${bug.name}: the suite ${outcome}\n`);
  }
  process.stdout.write(`${found} of ${bugs.length} planted bugs are found\n`);
  process.exitCode = sound === 'passes' && found === bugs.length ? 0 : 1;
} finally {
  rmSync(copy, {recursive: true, force: true});
}
