import {spawn} from 'node:child_process';

/** How a program ended. */
export type EditorEnd =
  | {readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null}
  | {readonly kind: 'not-started'; readonly reason: string};

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'not found'],
  ['EACCES', 'not executable'],
]);

/**
 * Runs a program in this terminal, without a shell, until it ends. Never rejects.
 * @param keyboard the descriptor of the terminal that it reads
 */
export function runEditor(program: string, args: readonly string[], keyboard: number): Promise<EditorEnd> {
  return new Promise(resolve => {
    const fail = (error: unknown): void => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      resolve({kind: 'not-started', reason: REASONS.get(code) ?? code});
    };
    try {
      const child = spawn(program, args, {stdio: [keyboard, 'inherit', 'inherit'], shell: false});
      child.once('error', fail);
      child.once('exit', (code, signal) => resolve({kind: 'ended', code, signal}));
    } catch (error) {
      fail(error);
    }
  });
}

/** Whether a program, or the one that a script around it has run, was ended by a signal. */
export function hasCrashed(end: EditorEnd): boolean {
  return end.kind === 'ended' && (end.signal !== null || (end.code ?? 0) > 128);
}

/** What is to be said of it; null where it ended as it should. */
export function describeEnd(program: string, end: EditorEnd): string | null {
  if (end.kind === 'not-started') return `${program} could not be started: ${end.reason}`;
  if (end.signal !== null) return `${program} was ended by ${end.signal}`;
  return end.code === 0 ? null : `${program} ended with exit code ${end.code}`;
}
