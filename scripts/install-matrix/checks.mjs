// What is tried in each folder: each check returns nothing, or throws an error that says what is wrong.
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
import '../typescript.mjs';

const {COMPILERS, CONSUMER, HEADLESS_CONSUMER, LIBRARY_USER} = await import(
  '../../__tests__/helpers/package-consumers.ts'
);
const {openTerminal} = await import('../../__tests__/helpers/terminal.ts');

const execute = promisify(execFile);
/** A watchdog for commands that wait for something for ever. */
const LIMIT_MS = 300_000;
const COMMAND = 'memray-tree-ink';

/**
 * @typedef {object} Place
 * @property {string} folder
 * @property {Record<string, string | undefined>} env
 * @property {import('./managers.mjs').Manager} manager
 * @property {string} capture
 * @property {string} version of the package
 */

/** Runs a command until it ends. Rejects with all that it wrote if it fails. */
async function run(command, {folder, env}) {
  const [file, ...args] = command;
  const options = {cwd: folder, env, encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 1 << 28};
  try {
    return (await execute(file, args, options)).stdout;
  } catch (error) {
    throw new Error(`${command.join(' ')}\n${error.message}\n${error.stdout ?? ''}`);
  }
}

function expectText(text, expected, what) {
  const isThere = typeof expected === 'string' ? text.includes(expected) : expected.test(text);
  if (!isThere) throw new Error(`${what} lacks ${expected}:\n${text.slice(0, 3000)}`);
}

/** The command with its output in a pipe. `start` is how it is started. */
async function checkPiped(start, place) {
  const {capture, version} = place;
  expectText(await run([...start, '--version'], place), version, '--version');
  const text = await run([...start, '--text', capture], place);
  expectText(text, '<ROOT>', '--text');
  expectText(text, 'make_preview', '--text');
  const json = await run([...start, '--json', capture], place);
  // Some managers print lines of their own before it.
  const tree = JSON.parse(json.slice(json.indexOf('{')));
  if (tree.format !== 'memray-tree-ink/tree') throw new Error(`--json has the format ${tree.format}`);
}

/** The command in a terminal: its first frame, a key, its end. */
async function checkScreen(start, {folder, env, capture}) {
  const terminal = openTerminal([capture], {command: start, cwd: folder, env, columns: 120, rows: 30});
  try {
    await terminal.waitFor(/❯.*<ROOT>/);
    terminal.press('j');
    await terminal.waitFor(/❯.*_run_tracker/);
    terminal.press('q');
    const {code, signal} = await terminal.exited;
    if (code !== 0) throw new Error(`it ended with ${code} (signal ${signal}):\n${terminal.screen()}`);
  } finally {
    terminal.dispose();
  }
}

/** The installed command itself, as a shell finds it. Null where the manager has no folder for it. */
function getOwnStart({folder, manager}) {
  return manager.hasFolder ? [`${folder}/node_modules/.bin/${COMMAND}`] : null;
}

const getRunnerStart = ({manager}) => [...manager.run, COMMAND];

async function checkLibrary(place) {
  writeFileSync(`${place.folder}/library-user.js`, LIBRARY_USER);
  const frame = await run([...place.manager.node, 'library-user.js', place.capture], place);
  expectText(frame, '<ROOT>', 'the frame');
  expectText(frame, /❯.*_run_tracker/, 'the frame');
}

/** Strict, with the declarations of all packages looked at. */
async function checkTypes(place) {
  const {folder, manager} = place;
  writeFileSync(`${folder}/consumer.tsx`, CONSUMER);
  writeFileSync(`${folder}/headless-consumer.ts`, HEADLESS_CONSUMER);
  for (const options of Object.values(COMPILERS)) {
    const compilerOptions = {
      ...options,
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      jsx: 'react-jsx',
      types: ['node', 'react'],
    };
    const files = ['consumer.tsx', 'headless-consumer.ts'];
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({compilerOptions, files}));
    await run([...manager.run, 'tsc', '-p', '.'], place);
  }
}

/** By name, in their order. A check that returns false had nothing to try. */
export const checks = {
  install: place => run(place.manager.install, place),
  piped: place => ifStart(getOwnStart(place), start => checkPiped(start, place)),
  screen: place => ifStart(getOwnStart(place), start => checkScreen(start, place)),
  'runner, piped': place => checkPiped(getRunnerStart(place), place),
  'runner, screen': place => checkScreen(getRunnerStart(place), place),
  library: checkLibrary,
  types: checkTypes,
};

async function ifStart(start, check) {
  if (start === null) return false;
  await check(start);
  return true;
}
