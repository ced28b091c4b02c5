/** The characters that rows are drawn with. */
export interface Glyphs {
  readonly calls: string;
  readonly allocates: string;
  readonly elided: string;
  /** Guides, 4 cells a level. */
  readonly branch: string;
  readonly lastBranch: string;
  readonly through: string;
  readonly blank: string;
  readonly ellipsis: string;
}

const EMOJI: Glyphs = {
  calls: '📂',
  allocates: '📄',
  elided: '❓',
  branch: '├── ',
  lastBranch: '└── ',
  through: '│   ',
  blank: '    ',
  ellipsis: '…',
};

const ASCII: Glyphs = {
  calls: '+',
  allocates: '-',
  elided: '?',
  branch: '|-- ',
  lastBranch: '`-- ',
  through: '|   ',
  blank: '    ',
  ellipsis: '...',
};

/** Emoji and box characters, or plain ASCII. */
export function getGlyphs(ascii: boolean): Glyphs {
  return ascii ? ASCII : EMOJI;
}
