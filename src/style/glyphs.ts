/** The characters that the rows of the text report are drawn with, as memray draws them. */
export interface ReportGlyphs {
  readonly calls: string;
  readonly allocates: string;
  readonly elided: string;
  /** Guides, 4 cells a level. */
  readonly branch: string;
  readonly lastBranch: string;
  readonly through: string;
  readonly blank: string;
  readonly ellipsis: string;
  /** Between the steps of a view. */
  readonly crumb: string;
  /** What bars are drawn with. */
  readonly bar: string;
  /** From what was to what is. */
  readonly arrow: string;
  /** Before a deviation. */
  readonly plusMinus: string;
  /** Memory for small objects of any place. */
  readonly pool: string;
}

const REPORT_UNICODE: ReportGlyphs = {
  calls: '📂',
  allocates: '📄',
  elided: '❓',
  branch: '├── ',
  lastBranch: '└── ',
  through: '│   ',
  blank: '    ',
  ellipsis: '…',
  crumb: '›',
  bar: '▇',
  arrow: '→',
  plusMinus: '±',
  pool: '◌',
};

const REPORT_ASCII: ReportGlyphs = {
  calls: '+',
  allocates: '-',
  elided: '?',
  branch: '|-- ',
  lastBranch: '`-- ',
  through: '|   ',
  blank: '    ',
  ellipsis: '...',
  crumb: '>',
  bar: '#',
  arrow: '->',
  plusMinus: '+/-',
  pool: 'o',
};

/** The characters of the screen. Each of them takes one cell, but for the icons. */
export interface ScreenGlyphs {
  readonly icons: {readonly calls: string; readonly allocates: string; readonly elided: string};
  readonly selected: string;
  /** The selected row of a tree that keys do not go to. */
  readonly resting: string;
  readonly match: string;
  /** A line of a source that costs much, and the one of them that was gone to. */
  readonly hot: string;
  readonly visited: string;
  /** Memory for small objects of any place. */
  readonly pool: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly through: string;
  readonly open: string;
  readonly closed: string;
  readonly leaf: string;
  /** Marks an only child, which stands below its parent without an indent. */
  readonly chain: string;
  /** Where guides are shifted out on the left. */
  readonly shifted: string;
  readonly ellipsis: string;
  readonly vertical: string;
  readonly horizontal: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** A share of the root. */
  readonly share: string;
  /** What a row held in the course of the run: levels from nothing to the greatest, and the sign of the moment that is shown. */
  readonly life: {readonly levels: string; readonly shown: string};
  /** From what was to what is. */
  readonly arrow: string;
  /** They point to the pane that has the focus. */
  readonly toLeft: string;
  readonly toRight: string;
  readonly toTop: string;
  readonly toBottom: string;
  readonly separator: string;
  /** Between the steps of a view. */
  readonly crumb: string;
  readonly caret: string;
}

const SCREEN_UNICODE: ScreenGlyphs = {
  icons: REPORT_UNICODE,
  selected: '❯',
  resting: '›',
  match: '•',
  hot: '◆',
  visited: '▸',
  pool: REPORT_UNICODE.pool,
  branch: '├',
  lastBranch: '└',
  through: '│',
  open: '▾',
  closed: '▸',
  leaf: '─',
  chain: '╰',
  shifted: '‹',
  ellipsis: '…',
  vertical: '│',
  horizontal: '─',
  barFull: '█',
  barEmpty: '░',
  share: '▇',
  life: {levels: ' ▁▂▃▄▅▆▇█', shown: '|'},
  arrow: '→',
  toLeft: '◂',
  toRight: '▸',
  toTop: '▴',
  toBottom: '▾',
  separator: '·',
  crumb: '›',
  caret: '▏',
};

const SCREEN_ASCII: ScreenGlyphs = {
  icons: REPORT_ASCII,
  selected: '>',
  resting: '-',
  match: '*',
  hot: '!',
  visited: '=',
  pool: REPORT_ASCII.pool,
  branch: '|',
  lastBranch: '`',
  through: '|',
  open: 'v',
  closed: '>',
  leaf: '-',
  chain: ':',
  shifted: '<',
  ellipsis: '~',
  vertical: '|',
  horizontal: '-',
  barFull: '#',
  barEmpty: '.',
  share: '#',
  life: {levels: ' .:-=+*#', shown: '|'},
  arrow: '->',
  toLeft: '<',
  toRight: '>',
  toTop: '^',
  toBottom: 'v',
  separator: '|',
  crumb: '>',
  caret: '_',
};

/** @param ascii without emoji and box characters */
export function getReportGlyphs(ascii: boolean): ReportGlyphs {
  return ascii ? REPORT_ASCII : REPORT_UNICODE;
}

/** @param ascii without emoji and box characters */
export function getScreenGlyphs(ascii: boolean): ScreenGlyphs {
  return ascii ? SCREEN_ASCII : SCREEN_UNICODE;
}
