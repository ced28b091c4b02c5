/** The headings of the help, in its order. */
export type OptionGroup = 'What to show' | 'What to read' | 'Output' | 'Gates' | 'Screen' | 'Other';

interface CommonRow {
  /** One letter. */
  readonly alias?: string;
  readonly group: OptionGroup;
  /** What it does, for the help and docs/command-line.md. */
  readonly describe: string;
}

/** An option without a value. */
interface SwitchRow extends CommonRow {
  readonly kind: 'switch';
}

/** An option with a value. Given twice, the last one counts unless it is repeatable. */
interface TextRow extends CommonRow {
  readonly kind: 'text';
  /** What the help calls the value. */
  readonly value: string;
  readonly isRepeatable?: true;
}

/** An option of the command line. */
export type OptionRow = SwitchRow | TextRow;

/** All options, in the order of the help. */
export const OPTIONS = {
  'biggest-allocs': {
    kind: 'text',
    value: 'N',
    alias: 'b',
    group: 'What to show',
    describe: 'show only the N largest allocation locations (default: 200, with --diff all)',
  },
  leaks: {
    kind: 'switch',
    group: 'What to show',
    describe: 'show memory that was never freed, instead of the peak',
  },
  'temporary-allocation-threshold': {
    kind: 'text',
    value: 'N',
    group: 'What to show',
    describe:
      'show temporary allocations, instead of the peak: those freed after at most N other allocations of the same thread',
  },
  'temporary-allocations': {
    kind: 'switch',
    group: 'What to show',
    describe: 'the same as --temporary-allocation-threshold 1',
  },
  view: {
    kind: 'text',
    value: 'STEPS',
    isRepeatable: true,
    group: 'What to show',
    describe:
      "steps from the capture to the tree, such as 'through:mod:numpy root:load by:function inverted'; of several shapes, levels or orders, here or in other options, the last one counts",
  },
  through: {
    kind: 'text',
    value: 'TERM',
    isRepeatable: true,
    group: 'What to show',
    describe: 'only stacks with a frame whose function, file or module holds TERM (the step through:TERM)',
  },
  drop: {
    kind: 'text',
    value: 'TERM',
    isRepeatable: true,
    group: 'What to show',
    describe: 'only stacks without such a frame (the step drop:TERM)',
  },
  root: {
    kind: 'text',
    value: 'TERM',
    isRepeatable: true,
    group: 'What to show',
    describe: 'each outermost frame that matches is a child of the root (the step root:TERM)',
  },
  inverted: {
    kind: 'switch',
    group: 'What to show',
    describe: 'innermost frames first, their callers below',
  },
  flat: {
    kind: 'switch',
    group: 'What to show',
    describe: 'a table of all functions: total, own and counts',
  },
  places: {
    kind: 'switch',
    group: 'What to show',
    describe: 'a table of the places that allocated, with the allocator and the mean size of their blocks',
  },
  stats: {
    kind: 'switch',
    group: 'What to show',
    describe: 'the whole run in figures: totals, sizes, allocators, top places and modules',
  },
  ignore: {
    kind: 'text',
    value: 'FILE',
    isRepeatable: true,
    group: 'What to show',
    describe:
      'suppress known leaks: FILE has lines such as leak:linecache.*; what matches is one row (the step ignore:TERM; can be given several times)',
  },
  'no-pools': {
    kind: 'switch',
    group: 'What to show',
    describe: 'leave out memory that Python mapped for small objects of any place (the step hide:pools)',
  },
  by: {
    kind: 'text',
    value: 'LEVEL',
    group: 'What to show',
    describe: 'which frames are the same: line (default), function, file, module or package',
  },
  sort: {
    kind: 'text',
    value: 'KEY',
    group: 'What to show',
    describe: 'order of siblings and rows: total (default), own, count, mean or name',
  },
  'whole-peak': {
    kind: 'switch',
    group: 'What to show',
    describe: 'count the smaller locations too, in a row of their own (as memray does)',
  },
  'hide-import-system': {
    kind: 'switch',
    group: 'What to show',
    describe: 'start with the import system hidden (key i); not with --json, --csv',
  },
  'show-uninteresting': {
    kind: 'switch',
    group: 'What to show',
    describe: 'start with uninteresting frames shown (key u); not with --json, --csv',
  },
  'over-time': {
    kind: 'switch',
    group: 'What to show',
    describe: 'start with what each row held over time, on the screen (key O)',
  },
  'python-only': {kind: 'switch', group: 'What to show', describe: 'leave out native frames'},
  follow: {
    kind: 'switch',
    group: 'What to read',
    describe:
      'read a capture while it is being written, or wait for it; the tree grows, and key v shows what is allocated now',
  },
  live: {
    kind: 'text',
    value: 'PORT',
    group: 'What to read',
    describe:
      'read from a running program instead of a file: one started with memray run --live-remote --live-port PORT',
  },
  merge: {
    kind: 'switch',
    group: 'What to read',
    describe:
      'add several captures up to one tree, instead of one node for each process; with --diff: those of each side',
  },
  diff: {
    kind: 'text',
    value: 'BASE',
    isRepeatable: true,
    group: 'What to read',
    describe:
      'show what changed since the capture BASE; with --against several captures: --diff BASE… --against FILE…',
  },
  against: {
    kind: 'text',
    value: 'FILE',
    isRepeatable: true,
    group: 'What to read',
    describe: 'with --diff: several runs to compare with the bases; medians are shown, and noise is left out',
  },
  compare: {
    kind: 'switch',
    group: 'What to read',
    describe:
      'show several captures side by side: the median of each node, its spread, and captures that stand out',
  },
  normalize: {
    kind: 'switch',
    group: 'What to show',
    describe:
      'with --diff: scale the base, so that it has as much in all as what is compared with it (the step normalize)',
  },
  'map-function': {
    kind: 'text',
    value: 'OLD=NEW',
    isRepeatable: true,
    group: 'What to read',
    describe: 'with --diff: the function OLD of the base is called NEW now (can be given several times)',
  },
  symbols: {
    kind: 'text',
    value: 'DIR',
    group: 'What to read',
    describe:
      'folder with the programs and libraries of the recorded machine, for the names of native frames',
  },
  'path-map': {
    kind: 'text',
    value: 'FROM=TO',
    isRepeatable: true,
    group: 'What to read',
    describe:
      'look for source files recorded below FROM in TO, and take them for the same in --diff (can be given several times)',
  },
  'source-root': {
    kind: 'text',
    value: 'DIR',
    group: 'What to read',
    describe: 'look for source files in this folder first',
  },
  text: {
    kind: 'switch',
    group: 'Output',
    describe: 'print the tree as text and exit (default if standard output is not a terminal)',
  },
  json: {kind: 'switch', group: 'Output', describe: 'print the whole tree as JSON and exit'},
  depth: {
    kind: 'text',
    value: 'N',
    group: 'Output',
    describe: 'print at most N levels below the root',
  },
  limit: {
    kind: 'text',
    value: 'N',
    group: 'Output',
    describe:
      'print at most N rows of a table or a tree, or of each list of --stats (default: 5), and how many more there are',
  },
  csv: {
    kind: 'switch',
    group: 'Output',
    describe: 'print a table (--flat, --places, imports, lines:FILE) as comma-separated values and exit',
  },
  timeline: {
    kind: 'switch',
    group: 'Output',
    describe: 'print heap and resident memory in the course of the run (text, --json or --csv), and exit',
  },
  export: {
    kind: 'text',
    value: 'FORMAT',
    group: 'Output',
    describe:
      'write all locations of the view for another program: html, speedscope, pprof, folded, csv or gprof2dot',
  },
  'with-source': {
    kind: 'switch',
    group: 'Output',
    describe: 'with --export html: also the source lines of the frames, as far as their files are here',
  },
  'fail-above': {
    kind: 'text',
    value: 'SIZE',
    group: 'Gates',
    describe: 'print, and exit with 4 if the view keeps more than SIZE, such as 50MB',
  },
  'fail-growth': {
    kind: 'text',
    value: 'LIMIT',
    group: 'Gates',
    describe: 'with --diff: exit with 4 if the view has grown by more, such as 2MB or 5% of the base',
  },
  budget: {
    kind: 'text',
    value: 'FILE',
    group: 'Gates',
    describe: 'print which budgets of FILE (JSON) are kept, instead of a tree, and exit with 4 if one is not',
  },
  junit: {
    kind: 'text',
    value: 'FILE',
    group: 'Gates',
    describe: 'write the verdicts of the gates to FILE too, as a JUnit report',
  },
  annotations: {
    kind: 'switch',
    group: 'Gates',
    describe: 'print failed gates also as annotations for GitHub Actions',
  },
  'allow-unfinished': {
    kind: 'switch',
    group: 'Gates',
    describe: 'judge captures without an end mark, of processes that were killed, by what they hold',
  },
  output: {
    kind: 'text',
    value: 'FILE',
    alias: 'o',
    group: 'Output',
    describe:
      'write to FILE, or to standard output (-): JSON with --json or if its name ends in .json, else text',
  },
  save: {
    kind: 'text',
    value: 'FILE',
    group: 'Output',
    describe: 'with --live: save the recording in FILE as it is received (or later, by key W)',
  },
  force: {kind: 'switch', alias: 'f', group: 'Output', describe: 'overwrite FILE if it exists'},
  color: {
    kind: 'text',
    value: 'WHEN',
    group: 'Output',
    describe: 'color the text: auto (default), always or never',
  },
  'no-color': {kind: 'switch', group: 'Output', describe: 'the same as --color never'},
  theme: {
    kind: 'text',
    value: 'THEME',
    group: 'Screen',
    describe:
      'colors for a dark or a light background, of high contrast, or none: auto (default), dark, light, contrast, contrast-light or mono',
  },
  ascii: {kind: 'switch', group: 'Screen', describe: 'use no emoji and no box-drawing characters'},
  'no-mouse': {kind: 'switch', group: 'Screen', describe: 'leave the mouse to the terminal'},
  'no-links': {
    kind: 'switch',
    group: 'Screen',
    describe: 'make no location a link for the terminal to open',
  },
  inline: {kind: 'switch', group: 'Screen', describe: 'do not use the alternate screen'},
  help: {kind: 'switch', alias: 'h', group: 'Other', describe: 'show this help'},
  version: {kind: 'switch', alias: 'V', group: 'Other', describe: 'show the version'},
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof OPTIONS;

/** All options with their names, in the order of the help. */
export const OPTION_ROWS = Object.entries(OPTIONS) as readonly (readonly [OptionName, OptionRow])[];
