import {applyChange, type UiChange} from '../store/apply-change.js';
import type {Command, CommandContext, CommandGroup, Effect, Run} from '../store/command.js';
import {selectMissingTree} from '../store/missing-tree.js';
import type {TreeState} from '../store/state.js';

/** What one command has besides its name and its group. `scope`: "tree" unless given. */
type CommandEntry = Omit<Command, 'id' | 'group' | 'scope'> & Partial<Pick<Command, 'scope'>>;

/** The commands of one group, by their names, in the order of the help. */
export function defineCommands<Id extends string>(
  group: CommandGroup,
  entries: Readonly<Record<Id, CommandEntry>>,
): readonly Command<Id>[] {
  return Object.entries<CommandEntry>(entries).map(([id, entry]) => ({
    scope: 'tree',
    ...entry,
    id: id as Id,
    group,
  }));
}

type Action<T> = (state: TreeState, context: CommandContext) => T;

/** From then on a new tree keeps the cursor and the expanded nodes. */
const NAVIGATED = {hasUserNavigated: true, isCursorFollowed: true} as const;

/** A command that moves in the tree or expands it, which counts as navigation. */
export function navigate(action: Action<UiChange>): Run {
  return (state, context) => ({state: applyChange(state, {...action(state, context), ...NAVIGATED})});
}

/**
 * A command that shows another query or another tree. Only filters count as navigation: steps are taken again when
 * a new result comes, so what they lead to is no place that was chosen.
 */
export function show(action: Action<TreeState>): Run {
  return (state, context) => {
    const next = action(state, context);
    const hasUserNavigated = next.hasUserNavigated || next.filters !== state.filters;
    return {state: applyChange(next, {hasUserNavigated, isCursorFollowed: true, isFactsOpen: false})};
  };
}

/** A command on what is around the tree. */
export function change(action: Action<UiChange>): Run {
  return (state, context) => ({state: applyChange(state, action(state, context))});
}

export function request(effect: Effect): Run {
  return () => ({effect});
}

/** The same with the help open as without it. */
export function anywhere(run: Run): Pick<Command, 'run' | 'inHelp'> {
  return {run, inHelp: run};
}

type Rank = (state: TreeState) => number | null;

/** The rank of a hint that is worth its place while the help is closed and `isUseful`. */
export function onScreen(rank: number, isUseful: (state: TreeState) => boolean = () => true): Rank {
  return state => (state.help === null && isUseful(state) ? rank : null);
}

/** The same for hints that need the focus on the tree. */
export function onTree(rank: number, isUseful: (state: TreeState) => boolean = () => true): Rank {
  return onScreen(rank, state => state.focus === 'tree' && isUseful(state));
}

/** Why a command on the selected row does nothing: its keys do something else in the source. */
export function idleOnTree(
  explain: (state: TreeState) => string | null,
): (state: TreeState) => string | null {
  return state => (state.focus === 'tree' && selectMissingTree(state) === '' ? explain(state) : null);
}

/** Why a command that is about the query does nothing. */
export function idleStep(
  explain: (state: TreeState) => string | null = () => null,
): (state: TreeState) => string | null {
  return state => {
    const isPossible = state.snapshot !== null || state.status === 'reading';
    return isPossible ? explain(state) : 'Steps need a capture';
  };
}
