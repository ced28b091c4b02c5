import type {Command} from '../store/command.js';
import {EXPAND_COMMANDS} from './expand.js';
import {FILTER_COMMANDS} from './filter.js';
import {MOVE_COMMANDS} from './move.js';
import {PROGRAM_COMMANDS} from './program.js';
import {QUERY_COMMANDS} from './query.js';
import {SHAPE_COMMANDS} from './shape.js';
import {SOURCE_COMMANDS} from './source.js';
import {TIME_COMMANDS} from './time.js';

const ALL = [
  ...MOVE_COMMANDS,
  ...EXPAND_COMMANDS,
  ...FILTER_COMMANDS,
  ...QUERY_COMMANDS,
  ...SHAPE_COMMANDS,
  ...TIME_COMMANDS,
  ...SOURCE_COMMANDS,
  ...PROGRAM_COMMANDS,
];

export type CommandId = (typeof ALL)[number]['id'];

/** All commands in the order of the help. */
export const COMMANDS: readonly Command<CommandId>[] = ALL;

export function isCommand(id: unknown): id is CommandId {
  return COMMANDS.some(command => command.id === id);
}

export function getCommand(id: CommandId): Command<CommandId> {
  return COMMANDS.find(command => command.id === id)!;
}
