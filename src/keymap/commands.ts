/** Where the help lists a command. */
export type CommandGroup = 'Move' | 'Expand and collapse' | 'Filter and search' | 'Source' | 'Program';

/** One entry of the key table. Keystrokes are written as `keystroke.ts` names them. */
interface CommandEntry {
  readonly keys: readonly string[];
  readonly group: CommandGroup;
  /** What it does, for the help and the README. */
  readonly help: string;
  /** What the key would do now, for the hints; several where that depends on the state (see `Hint.variant`). */
  readonly hint?: string | readonly string[];
  /** True for commands of the whole program: a tree inside another app leaves these keys to its host. */
  readonly isProgramWide?: true;
}

/** All commands, in the order of the help. */
const COMMAND_TABLE = {
  moveUp: {keys: ['up', 'k'], group: 'Move', help: 'move one row up'},
  moveDown: {keys: ['down', 'j'], group: 'Move', help: 'move one row down'},
  goToParent: {keys: ['shift+left'], group: 'Move', help: 'go to the parent'},
  goToPreviousSibling: {keys: ['shift+up'], group: 'Move', help: 'go to the previous sibling'},
  goToNextSibling: {keys: ['shift+down'], group: 'Move', help: 'go to the next sibling'},
  pageUp: {keys: ['pageup'], group: 'Move', help: 'move one page up'},
  pageDown: {keys: ['pagedown'], group: 'Move', help: 'move one page down'},
  halfPageUp: {keys: ['ctrl+u'], group: 'Move', help: 'move half a page up'},
  halfPageDown: {keys: ['ctrl+d'], group: 'Move', help: 'move half a page down'},
  goToFirst: {keys: ['home', 'g'], group: 'Move', help: 'go to the first row'},
  goToLast: {keys: ['end', 'G'], group: 'Move', help: 'go to the last row'},
  closeOrGoToParent: {
    keys: ['left', 'h'],
    group: 'Expand and collapse',
    help: 'collapse; if collapsed, go to the parent',
  },
  openOrGoToChild: {
    keys: ['right', 'l'],
    group: 'Expand and collapse',
    help: 'expand; if expanded, go to the first child',
  },
  toggle: {
    keys: ['enter', 'space'],
    group: 'Expand and collapse',
    help: 'expand or collapse (as a click does)',
    hint: ['Expand', 'Collapse'],
  },
  openChain: {
    keys: ['e'],
    group: 'Expand and collapse',
    help: 'expand the chain of only children',
    hint: 'Expand chain',
  },
  openSubtree: {keys: ['E'], group: 'Expand and collapse', help: 'expand the whole subtree'},
  closeAll: {keys: ['C'], group: 'Expand and collapse', help: 'collapse everything'},
  toggleImportSystem: {
    keys: ['i'],
    group: 'Filter and search',
    help: 'hide or show the import system',
    hint: ['Hide import system', 'Show import system'],
  },
  toggleUninteresting: {
    keys: ['u'],
    group: 'Filter and search',
    help: 'show or hide uninteresting frames',
    hint: ['Hide uninteresting', 'Show uninteresting'],
  },
  switchView: {
    keys: ['v'],
    group: 'Filter and search',
    help: 'followed: the peak, allocated now or leaks',
    hint: ['Allocated now', 'Peak', 'Leaks'],
    isProgramWide: true,
  },
  toggleNative: {
    keys: ['a'],
    group: 'Filter and search',
    help: 'merge or show native frames',
    hint: ['Merge native', 'Show native'],
  },
  startSearch: {
    keys: ['/'],
    group: 'Filter and search',
    help: 'search functions, files and modules',
    hint: 'Search',
  },
  goToNextMatch: {keys: ['n'], group: 'Filter and search', help: 'go to the next match', hint: 'Next match'},
  goToPreviousMatch: {keys: ['N'], group: 'Filter and search', help: 'go to the previous match'},
  cancel: {
    keys: ['escape'],
    group: 'Filter and search',
    help: 'end the search; close the help',
    hint: 'End search',
  },
  reload: {keys: ['R'], group: 'Source', help: 'read the file again', isProgramWide: true},
  revealSource: {
    keys: ['.'],
    group: 'Source',
    help: 'show a source that is held back as private',
    hint: 'Show private source',
    isProgramWide: true,
  },
  switchFocus: {
    keys: ['tab'],
    group: 'Program',
    help: 'switch between tree and source',
    hint: ['Source', 'Tree'],
    isProgramWide: true,
  },
  toggleHelp: {
    keys: ['?'],
    group: 'Program',
    help: 'show this help',
    hint: ['Help', 'Close help'],
    isProgramWide: true,
  },
  save: {
    keys: ['W'],
    group: 'Program',
    help: 'save a live run in the current directory',
    isProgramWide: true,
  },
  redraw: {keys: ['ctrl+l'], group: 'Program', help: 'draw the screen again', isProgramWide: true},
  suspend: {keys: ['ctrl+z'], group: 'Program', help: 'suspend', isProgramWide: true},
  quit: {keys: ['q'], group: 'Program', help: 'quit', hint: 'Quit', isProgramWide: true},
  interrupt: {keys: ['ctrl+c'], group: 'Program', help: 'quit at once', isProgramWide: true},
} as const satisfies Record<string, CommandEntry>;

export type CommandId = keyof typeof COMMAND_TABLE;

/** A command with its keys, help text and group. */
export interface Command extends CommandEntry {
  readonly id: CommandId;
}

/** All commands in the order of the help. */
export const COMMANDS: readonly Command[] = Object.entries(COMMAND_TABLE).map(([id, entry]) => ({
  ...(entry as CommandEntry),
  id: id as CommandId,
}));
