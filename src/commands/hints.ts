import type {Command} from '../store/command.js';
import type {TreeState} from '../store/state.js';
import {COMMANDS, type CommandId, getCommand} from './commands.js';

/** A command worth a hint now. */
export interface Hint {
  readonly command: CommandId;
  /** Index of the text that fits: 1 where the command switches something that is on. */
  readonly variant: number;
}

/**
 * The hints for the present state, the most useful first; what does not fit on the line is left out at the
 * end.
 */
export function selectHints(state: TreeState): readonly Hint[] {
  return COMMANDS.map(command => ({command, rank: command.hint?.rank(state) ?? null}))
    .filter((entry): entry is RankedCommand => entry.rank !== null)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({command: {id, hint}}) => ({command: id, variant: hint?.variant?.(state) ?? 0}));
}

interface RankedCommand {
  readonly command: Command<CommandId>;
  readonly rank: number;
}

/** What a command's key would do now; null for commands without a hint. `variant`: see `Hint`. */
export function getHintText(command: CommandId, variant: number): string | null {
  const texts = getCommand(command).hint?.texts ?? [];
  return (texts.length === 1 ? texts[0] : texts[variant]) ?? null;
}
