/** Where the help lists a command. */
export type CommandGroup =
  | 'Move'
  | 'Expand and collapse'
  | 'Filter and search'
  | 'Query'
  | 'Shape and order'
  | 'Source'
  | 'Program';

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
    help: 'show peak, leaks or temporary allocations',
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
  openRowMenu: {keys: [';'], group: 'Query', help: 'the steps at this row'},
  openThreads: {keys: ['t'], group: 'Query', help: 'choose threads'},
  startFilter: {keys: ['f'], group: 'Query', help: 'filter stacks by a term'},
  zoomIn: {keys: ['z'], group: 'Query', help: 'zoom to this node'},
  rootHere: {keys: ['Z'], group: 'Query', help: 'make this function the root, everywhere'},
  dropFunction: {keys: ['D'], group: 'Query', help: 'drop all stacks through this function'},
  mergeFunction: {keys: ['m'], group: 'Query', help: 'merge this function into its callers'},
  collapseFunction: {keys: ['c'], group: 'Query', help: 'collapse what this function calls into it'},
  skipRecursion: {keys: ['r'], group: 'Query', help: 'skip recursion'},
  collapsePackage: {keys: ['b'], group: 'Query', help: 'show runs of this package as one frame'},
  toggleWholePeak: {keys: ['w'], group: 'Query', help: 'show what is below the cut as a row'},
  undo: {keys: ['backspace'], group: 'Query', help: 'take the last step back'},
  redo: {keys: ['ctrl+r'], group: 'Query', help: 'take the step again'},
  showPlain: {keys: ['0'], group: 'Query', help: 'go to the plain view'},
  showTree: {keys: ['1'], group: 'Shape and order', help: 'tree of calls'},
  showInverted: {
    keys: ['2'],
    group: 'Shape and order',
    help: 'inverted: what allocates, callers below',
  },
  showFlat: {keys: ['3'], group: 'Shape and order', help: 'table of all frames'},
  showCallers: {keys: ['4'], group: 'Shape and order', help: 'what calls this function'},
  showCallees: {keys: ['5'], group: 'Shape and order', help: 'what this function calls'},
  switchLevel: {keys: ['L'], group: 'Shape and order', help: 'by line, function, file, module, package'},
  switchSort: {keys: ['s'], group: 'Shape and order', help: 'sort by total, own, count, mean or name'},
  reverseOrder: {keys: ['S'], group: 'Shape and order', help: 'reverse the order'},
  showMore: {keys: ['+'], group: 'Shape and order', help: 'show twice as many locations'},
  showFewer: {keys: ['-'], group: 'Shape and order', help: 'show half as many locations'},
  reload: {keys: ['R'], group: 'Source', help: 'read the file again', isProgramWide: true},
  revealSource: {
    keys: ['.'],
    group: 'Source',
    help: 'show a source that is held back as private',
    hint: 'Show private source',
    isProgramWide: true,
  },
  openPalette: {
    keys: [':'],
    group: 'Program',
    help: 'all commands, or steps that you type',
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
  copyLocation: {
    keys: ['y'],
    group: 'Program',
    help: 'copy path and line of this row',
    isProgramWide: true,
  },
  copyCommand: {
    keys: ['Y'],
    group: 'Program',
    help: 'copy the command that shows this view',
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
