import type {Command, CommandContext, Outcome, Run} from './command.js';
import type {TreeState} from './state.js';

/** What a command leads to; nothing where it rests, as most do while the help is open. */
export function runCommand(state: TreeState, command: Command, context: CommandContext): Outcome {
  return getRun(state, command)?.(state, context) ?? {};
}

function getRun({help, focus, sheet}: TreeState, command: Command): Run | undefined {
  const {run, inSource, inStrip, inHelp, inSheet} = command;
  if (help !== null) return inHelp;
  if (sheet !== null && inSheet !== undefined) return inSheet;
  // The sheet stands in place of the strip.
  if (focus === 'strip' && sheet === null) return inStrip ?? run;
  return (focus === 'source' ? inSource : undefined) ?? run;
}
