import {spawn} from 'node:child_process';
import {collect, type ProgramResult} from './run-program.js';
import {nodeBinary, programPath, projectRoot} from './terminal.js';

const PRELUDE = `
program() { "$NODE" "$PROGRAM" "$@"; }
# Descriptor 9: the writing end of a pipe that nobody reads any more.
mkfifo "$FOLDER/fifo"; exec 8<>"$FOLDER/fifo" 9>"$FOLDER/fifo" 8<&-
`;

export interface ScriptOptions {
  /** A folder of the test's own, also the current directory. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a script of bash, whose pipes are real ones (those of Node are sockets). `program` is the bundled
 * program, descriptor 9 a pipe without a reader.
 */
export async function runScript(script: string, {folder, env}: ScriptOptions): Promise<ProgramResult> {
  const {CI, NO_COLOR, FORCE_COLOR, ...inherited} = process.env;
  const child = spawn('bash', ['-c', `${PRELUDE}rm "$FOLDER/fifo"\n${script}`], {
    cwd: folder,
    env: {...inherited, NODE: nodeBinary, PROGRAM: programPath, ROOT: projectRoot, FOLDER: folder, ...env},
    // A session of its own has no controlling terminal, wherever the tests run.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([collect(child.stdout), collect(child.stderr), ended]);
  return {code, stdout, stderr};
}
