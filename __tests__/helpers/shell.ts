import {readFileSync} from 'node:fs';
import {nodeBinary, openTerminal, programPath, type Terminal, type TerminalOptions} from './terminal.js';

/** An interactive shell with job control in a terminal of its own. */
export interface Shell extends Terminal {
  /** Types a command line and Enter; `program` in it is the bundled program. */
  readonly run: (command: string) => void;
  /** Resolves once the shell asks for the next command; with the lines on its screen. */
  readonly prompted: () => Promise<string[]>;
  /** What a command prints, which must not be more than a line. */
  readonly ask: (command: string) => Promise<string>;
  /** The process that the shell started last. */
  readonly getChildPid: () => number;
}

const PROMPT = 'ready>';

/** Opens the shell. Call `dispose` at the end. */
export async function openShell(options: TerminalOptions = {}): Promise<Shell> {
  const terminal = openTerminal([], {
    ...options,
    command: ['bash', '--norc', '--noprofile', '-i'],
    env: {
      ...options.env,
      // The number of the command distinguishes a new prompt from an old one.
      PS1: `\\#${PROMPT} `,
      NODE: nodeBinary,
      PROGRAM: programPath,
      HISTFILE: '/dev/null',
      BASH_SILENCE_DEPRECATION_WARNING: '1',
    },
  });
  let commandCount = 0;
  const run = (command: string) => {
    commandCount++;
    terminal.type(`${command}\r`);
  };
  const prompted = async () => {
    await terminal.waitFor(() => findLast(terminal.lines()) === `${commandCount + 1}${PROMPT}`);
    return terminal.lines();
  };
  const ask = async (command: string) => {
    run(command);
    const lines = await prompted();
    return lines[lines.findLastIndex(line => line.trim() !== '') - 1]!;
  };
  await prompted();
  run('program() { "$NODE" "$PROGRAM" "$@"; }');
  await prompted();
  const getChildPid = () => {
    const children = readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8');
    return Number(children.trim().split(' ').at(-1));
  };
  return {...terminal, run, prompted, ask, getChildPid};
}

/** The last line that holds anything. */
function findLast(lines: readonly string[]): string {
  return lines.findLast(line => line.trim() !== '')?.trimEnd() ?? '';
}
