import type {Command, CommandContext, Outcome, Run} from './command.js';
import type {TreeState} from './state.js';

/** What a command leads to; nothing where it rests, as most do while the help is open. */
export function runCommand(state: TreeState, command: Command, context: CommandContext): Outcome {
  return getRun(state, command)?.(state, context) ?? {};
}

function getRun({help, focus, sheet}: TreeState, {run, inSource, inHelp, inSheet}: Command): Run | undefined {
  if (help !== null) return inHelp;
  if (sheet !== null && inSheet !== undefined) return inSheet;
  return (focus === 'source' ? inSource : undefined) ?? run;
}
