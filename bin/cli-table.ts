/** An option of the command line. A text option takes a value; given twice, the last one counts unless repeatable. */
export interface OptionRow {
  readonly kind: 'switch' | 'text';
  readonly alias?: string;
  readonly isRepeatable?: true;
  readonly describe: string;
}

/** All options but --help, in the order of the help. */
export const OPTIONS = {
  'biggest-allocs': {
    kind: 'text',
    alias: 'b',
    describe: 'only the N biggest allocation locations make the tree (default 200)',
  },
  'temporary-allocation-threshold': {
    kind: 'text',
    describe: 'temporary allocations instead of the peak: freed after at most N other allocations',
  },
  'temporary-allocations': {kind: 'switch', describe: 'the same as --temporary-allocation-threshold 1'},
  leaks: {kind: 'switch', describe: 'what was never freed, instead of the peak'},
  'whole-peak': {kind: 'switch', describe: 'count the locations below the cut, too'},
  'hide-import-system': {kind: 'switch', describe: 'start without the import system (key i)'},
  'show-uninteresting': {kind: 'switch', describe: 'start with uninteresting frames shown (key u)'},
  'python-only': {kind: 'switch', describe: 'do not show native frames'},
  symbols: {
    kind: 'text',
    describe: 'DIR: where the libraries of the recorded machine are, for the names of native frames',
  },
  follow: {kind: 'switch', describe: 'a capture that is still being written: the tree grows with it (key v)'},
  live: {kind: 'text', describe: 'a program that memray run --live-remote --live-port PORT waits with'},
  merge: {kind: 'switch', describe: 'several captures: one tree of all instead of one for each process'},
  text: {kind: 'switch', describe: 'print the tree and leave (default without a terminal)'},
  json: {kind: 'switch', describe: 'print the tree as JSON and leave'},
  depth: {kind: 'text', describe: 'text and JSON: at most N levels below the root'},
  output: {kind: 'text', alias: 'o', describe: 'write text or JSON to this file'},
  force: {kind: 'switch', describe: 'write over an existing file'},
  color: {kind: 'text', describe: 'colours of text: auto (default), always or never'},
  theme: {kind: 'text', describe: 'auto (default), dark, light or mono'},
  'path-map': {
    kind: 'text',
    isRepeatable: true,
    describe: 'FROM=TO: source files recorded below FROM are below TO (repeatable)',
  },
  'source-root': {kind: 'text', describe: 'folder that source files are looked for in first'},
  ascii: {kind: 'switch', describe: 'no emoji and no box characters'},
  'no-mouse': {kind: 'switch', describe: 'leave the mouse to the terminal'},
  inline: {kind: 'switch', describe: 'do not use the alternate screen'},
  version: {kind: 'switch', describe: 'show the version'},
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof OPTIONS;
