import {spawn} from 'node:child_process';
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {fixturesDirectory} from './captures.js';
import {decodeLz4} from './decode-lz4.js';
import {createDocumentFolder, type DocumentFolder} from './document-folder.js';
import type {Block} from './documents.js';
import {collect, type ProgramResult} from './run-program.js';
import {openTerminal, projectRoot} from './terminal.js';

/** Does something in a folder of its own. */
export async function withFolder<T>(use: (folder: DocumentFolder) => Promise<T>): Promise<T> {
  const folder = createDocumentFolder();
  try {
    return await use(folder);
  } finally {
    folder.dispose();
  }
}

/** Runs a script away from any terminal; it ends at its first command that fails. */
export async function runScript(script: string, {env}: DocumentFolder, cwd: string): Promise<ProgramResult> {
  const {CI, NO_COLOR, FORCE_COLOR, ...inherited} = process.env;
  const child = spawn('bash', ['-e', '-c', script], {
    cwd,
    env: {...inherited, ...env},
    // A session of its own has no controlling terminal, wherever the tests run.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([collect(child.stdout), collect(child.stderr), ended]);
  return {code, stdout, stderr};
}

/** A command with what the document says that it prints. */
export interface Transcript {
  readonly command: string;
  readonly output: string;
}

/** The commands of a `console` block: lines that begin with `$ `, each followed by its output. */
export function readTranscripts({at, code}: Block): readonly Transcript[] {
  const [before, ...parts] = code.split(/^\$ /m);
  if (before !== '' || parts.length === 0) throw new Error(`${at}: does not begin with a command`);
  return parts.map(part => {
    const end = part.indexOf('\n');
    return {command: part.slice(0, end), output: part.slice(end + 1)};
  });
}

/** Runs each line of a block in a terminal, until a screen or the end is there; `q` ends a screen. */
export async function runInTerminal({code}: Block, {path, env}: DocumentFolder): Promise<void> {
  for (const line of code.trim().split('\n')) {
    const script = `${line}; echo "ended with $?"`;
    const terminal = openTerminal([], {command: ['/bin/sh', '-c', script], cwd: path, env, rows: 20});
    try {
      const screen = await terminal.waitFor(/❯|📁|ended with/);
      if (!screen.includes('ended with')) terminal.press('q');
      await terminal.waitFor('ended with 0');
    } finally {
      terminal.dispose();
    }
  }
}

/** Sends a capture to whoever connects, as a program that runs under memray; `use` gets its port. */
export async function withLiveProgram<T>(use: (port: string) => Promise<T>): Promise<T> {
  const bytes = decodeLz4(readFileSync(`${fixturesDirectory}/nested.bin`));
  const server = createServer(socket => void socket.on('error', () => {}).end(bytes));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await use(String(typeof address === 'object' ? address?.port : address));
  } finally {
    server.close();
  }
}

/** The commands of a workflow, in their order, as one script. */
function readWorkflow({code}: Block): string {
  if (/\t|^ (?: {2})*\S/m.test(code)) throw new Error('indented by tabs or an odd number of blanks');
  const commands = Array.from(code.matchAll(/^ +(?:- )?run: (.+)$/gm), ([, command]) => command!);
  return commands.map(command => command.replace(/\$\{\{.*?\}\}/g, 'x')).join('\n');
}

/** Runs a workflow in a folder that has no new captures yet. */
export function runWorkflow(block: Block, folder: DocumentFolder): Promise<ProgramResult> {
  rmSync(join(folder.path, 'new'), {recursive: true});
  return runScript(readWorkflow(block), folder, folder.path);
}

/** Runs the program with a file that has the block as its content. */
export function runWithFile(
  {code}: Block,
  [option, ...args]: readonly string[],
  folder: DocumentFolder,
): Promise<ProgramResult> {
  writeFileSync(join(folder.path, 'file-of-block'), code);
  const words = [option, 'file-of-block', ...args].join(' ');
  return runScript(`memray-tree-ink ${words}`, folder, folder.path);
}

/** All Python files of the examples. */
export function listPythonFiles(): readonly string[] {
  const files = readdirSync(join(projectRoot, 'examples'), {recursive: true, encoding: 'utf8'});
  return files
    .filter(file => file.endsWith('.py'))
    .map(file => readFileSync(join(projectRoot, 'examples', file), 'utf8'));
}

/** The lines of one side of a `diff` block: `-` or `+`. */
export function readSide({code}: Block, sign: '-' | '+'): string {
  const lines = code.split('\n').filter(line => line.startsWith(' ') || line.startsWith(sign));
  return lines.map(line => `${line.slice(1)}\n`).join('');
}
