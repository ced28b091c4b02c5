import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, programPath, type Terminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
const terminals: Terminal[] = [];
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.dispose();
});

/** Everything that is written from the start until the program has left. */
async function getOutput(env: Readonly<Record<string, string>>): Promise<string> {
  const terminal = openTerminal([nested], {env});
  terminals.push(terminal);
  const screen = await terminal.waitFor('3.664MB');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  return `${screen}\n${terminal.screen()}`;
}

it.each<Record<string, string>>([
  {DEV: 'true'},
  {NODE_ENV: 'development'},
  {CI: 'true'},
  {REACT_EDITOR: 'true', REACT_DEVTOOLS_PORT: '1'},
])('the settings of other programs change nothing: %j', async env => {
  expect(await getOutput(env)).toBe(await getOutput({}));
});

it('a setting for tests of yargs does not keep it from starting', async () => {
  const {code, stderr} = await runProgram(['--nonsense', nested], {env: {YARGS_MIN_NODE_VERSION: '99'}});
  expect({code, stderr}).toEqual({
    code: 2,
    stderr: 'memray-tree-ink: unknown option --nonsense; see --help\n',
  });
});

it('holds nothing that helps developers of Ink only, or that starts other programs to learn a size', () => {
  const folder = path.dirname(programPath);
  const files = readdirSync(folder).map(file => readFileSync(path.join(folder, file), 'utf8'));
  const words = ['env.DEV', 'react-devtools', 'connectToDevTools', 'YARGS_MIN_NODE_VERSION', '`tput`'];
  expect(words.filter(word => files.some(text => text.includes(word)))).toEqual([]);
});

it('SIGUSR1 ends a report, and does not start the debugger of Node', async () => {
  const preload = `process.on('newListener', name => {
    if (name === 'SIGUSR1') setImmediate(() => process.kill(process.pid, name));
  })`;
  const {code, stdout, stderr} = await runProgram(['--json', nested], {
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(preload)}`],
  });
  expect({code, stdout, stderr}).toEqual({code: null, stdout: '', stderr: ''});
});
