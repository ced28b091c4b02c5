import type {Command, CommandContext, Outcome, Run} from './command.js';
import type {TreeState} from './state.js';

/** What a command leads to; nothing where it rests, as most do while the help is open. */
export function runCommand(state: TreeState, command: Command, context: CommandContext): Outcome {
  return getRun(state, command)?.(state, context) ?? {};
}

function getRun({help, focus}: TreeState, {run, inSource, inHelp}: Command): Run | undefined {
  if (help !== null) return inHelp;
  return (focus === 'source' ? inSource : undefined) ?? run;
}
