import {spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import {nodeBinary, programPath, projectRoot} from './terminal.js';

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input is: bytes through a pipe, an open file, or nothing. */
  readonly input?: Uint8Array | number;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
}

export interface RunningProgram {
  readonly ended: Promise<ProgramResult>;
  signal(name: NodeJS.Signals): void;
  /** Resolves once standard error begins with a text; rejects if the program ends without it. */
  waitForError(start: string): Promise<void>;
}

/** Runs the bundled program away from any terminal, in a session of its own, until it ends. */
export function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  return startProgram(args, options).ended;
}

/** The same, while it runs. */
export function startProgram(args: readonly string[], options: ProgramOptions = {}): RunningProgram {
  const {input, nodeOptions = []} = options;
  const {CI, NO_COLOR, FORCE_COLOR, ...env} = process.env;
  const child = spawn(nodeBinary, [...nodeOptions, programPath, ...args], {
    cwd: options.cwd ?? projectRoot,
    env: {...env, ...options.env},
    // A session of its own has no controlling terminal, wherever the tests run.
    detached: true,
    stdio: [typeof input === 'number' ? input : input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  // A program that needs only the beginning closes the pipe; that is its right.
  child.stdin?.on('error', () => {}).end(input);
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const results = Promise.all([collect(child.stdout), collect(child.stderr), ended]);
  let errorText = '';
  child.stderr?.on('data', (text: string) => {
    errorText += text;
  });
  return {
    ended: results.then(([stdout, stderr, code]) => ({code, stdout, stderr})),
    signal: name => void child.kill(name),
    waitForError: start =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (errorText.startsWith(start)) resolve();
        };
        child.stderr?.on('data', check);
        child.on('close', () => reject(new Error(`not said: ${start}; but: ${errorText}`)));
        check();
      }),
  };
}

export async function collect(stream: Readable | null): Promise<string> {
  let text = '';
  for await (const chunk of stream?.setEncoding('utf8') ?? []) text += chunk;
  return text;
}
