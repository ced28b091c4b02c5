import type {PaletteName} from './palette.js';

/** How many colours are drawn. `none` is plain text: no bold and no inverse either. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

export const COLOR_DEPTHS: readonly ColorDepth[] = ['none', '16', '256', 'truecolor'];

/** What a piece of text is. */
export type Role =
  /** Whatever has no role of its own. */
  | 'text'
  | 'function'
  | 'place'
  | 'guide'
  | 'marker'
  | 'match'
  | 'matchedFunction'
  /** Stands for an invisible character. */
  | 'mark'
  /** The ground of the selected row, and of the one in a pane that does not have the focus. */
  | 'selected'
  | 'resting'
  /** What stands on the ground of the selected row; numbers keep their colour. */
  | 'selectedText'
  | 'selectedFunction'
  | 'selectedMatch'
  | 'selectedPlace'
  | 'selectedGuide'
  /** The line between the panes and its signs that point to the focused one. */
  | 'divider'
  | 'focus'
  | 'key'
  | 'quiet'
  /** What has no effect. */
  | 'struck'
  | 'heading'
  | 'progress'
  | 'error'
  | 'damage'
  | 'note'
  /** A remark in the tree that must not be missed. */
  | 'warning';

/**
 * SGR parameters of each role on a dark background. They are among the 16 colours, which terminals let their
 * users choose. No background of the 16 suits all of the text colours, but reverse keeps each colour: so the
 * selected row is reversed.
 */
const CODES: Readonly<Record<Role, string>> = {
  text: '',
  function: '1',
  place: '2;36',
  guide: '2',
  marker: '1;36',
  match: '1;33',
  matchedFunction: '1;4;33',
  mark: '7',
  selected: '7',
  resting: '',
  selectedText: '',
  selectedFunction: '1',
  selectedMatch: '1;4',
  selectedPlace: '',
  selectedGuide: '',
  divider: '2',
  focus: '1;36',
  key: '1',
  quiet: '2',
  struck: '2;9',
  heading: '1;36',
  progress: '36',
  error: '1;31',
  damage: '1;33',
  note: '33',
  warning: '1;33',
};

/**
 * The selected row where there are more colours: a dark background, on which the colours of the numbers have
 * a contrast of 3.4 and more.
 */
const RICH_CODES: Readonly<Partial<Record<Role, string>>> = {
  selected: '48;5;236',
  resting: '48;5;234',
  selectedText: '38;5;255',
  selectedFunction: '1;38;5;255',
  selectedMatch: '1;4;38;5;221',
  selectedPlace: '38;5;116',
  selectedGuide: '38;5;247',
};

/**
 * SGR parameters that differ on a light background, by the number of colours. Elsewhere the 16 colours are
 * used, which terminals let their users choose; but cyan and yellow are unreadable on white in most of them.
 */
const LIGHT_CODES: Readonly<Record<'basic' | 'rich', Partial<Readonly<Record<Role, string>>>>> = {
  basic: {
    place: '34',
    marker: '1;34',
    match: '1;35',
    matchedFunction: '1;4;35',
    heading: '1;34',
    progress: '34',
    damage: '1;35',
    note: '35',
    warning: '1;35',
    focus: '1;34',
  },
  rich: {
    place: '38;5;24',
    marker: '1;38;5;24',
    match: '1;38;5;94',
    matchedFunction: '1;4;38;5;94',
    heading: '1;38;5;24',
    progress: '38;5;24',
    error: '1;38;5;124',
    damage: '1;38;5;94',
    note: '38;5;94',
    warning: '1;38;5;94',
    focus: '1;38;5;24',
    quiet: '38;5;242',
    struck: '9;38;5;242',
    guide: '38;5;242',
    divider: '38;5;242',
    selected: '48;5;254',
    resting: '48;5;255',
    selectedText: '38;5;16',
    selectedFunction: '1;38;5;16',
    selectedMatch: '1;4;38;5;94',
    selectedPlace: '38;5;24',
    selectedGuide: '38;5;240',
  },
};

type RoleCodes = Partial<Readonly<Record<Role, string>>>;

/** Nothing is dim where contrast matters: what is quiet elsewhere is plain. */
const UNDIMMED: RoleCodes = {guide: '', quiet: '', divider: '', struck: '9'};

/** On black, a contrast of 7 and more, of the 16 colours as xterm has them. */
const CONTRAST_CODES: Readonly<Record<'basic' | 'rich', RoleCodes>> = {
  basic: {
    ...UNDIMMED,
    ...{place: '96', marker: '1;96', heading: '1;96', progress: '96', focus: '1;96'},
    ...{match: '1;93', matchedFunction: '1;4;93', damage: '1;93', note: '93', warning: '1;93', error: '1;93'},
  },
  rich: {
    ...{guide: '38;5;252', quiet: '38;5;252', divider: '38;5;252', struck: '9;38;5;252'},
    ...{
      place: '38;5;123',
      marker: '1;38;5;123',
      heading: '1;38;5;123',
      progress: '38;5;123',
      focus: '1;38;5;123',
    },
    ...{match: '1;38;5;227', matchedFunction: '1;4;38;5;227', damage: '1;38;5;227', note: '38;5;227'},
    ...{warning: '1;38;5;227', error: '1;38;5;217'},
    ...{selected: '48;5;17', resting: '48;5;234', selectedText: '1;38;5;231', selectedFunction: '1;38;5;231'},
    ...{selectedMatch: '1;4;38;5;227', selectedPlace: '38;5;123', selectedGuide: '38;5;252'},
  },
};

/**
 * The same on white. Of xterm's 16 colours only blue has that, and no bold one: xterm brightens bold colours, as other
 * terminals do.
 */
const CONTRAST_LIGHT_CODES: Readonly<Record<'basic' | 'rich', RoleCodes>> = {
  basic: {
    ...UNDIMMED,
    ...{place: '34', marker: '1', heading: '1', progress: '34', focus: '1'},
    ...{match: '1', matchedFunction: '1;4', damage: '1', note: '', warning: '1', error: '1'},
  },
  rich: {
    ...{guide: '38;5;238', quiet: '38;5;238', divider: '38;5;238', struck: '9;38;5;238'},
    ...{place: '38;5;18', marker: '1;38;5;18', heading: '1;38;5;18', progress: '38;5;18', focus: '1;38;5;18'},
    ...{match: '1;38;5;53', matchedFunction: '1;4;38;5;53', damage: '1;38;5;53', note: '38;5;53'},
    ...{warning: '1;38;5;53', error: '1;38;5;88'},
    ...{selected: '48;5;254', resting: '48;5;255', selectedText: '1;38;5;16', selectedFunction: '1;38;5;16'},
    ...{selectedMatch: '1;4;38;5;53', selectedPlace: '38;5;18', selectedGuide: '38;5;238'},
  },
};

/** What differs from a dark background. */
const CODES_OF: Readonly<Record<PaletteName, Readonly<Record<'basic' | 'rich', RoleCodes>>>> = {
  dark: {basic: {}, rich: {}},
  light: LIGHT_CODES,
  contrast: CONTRAST_CODES,
  'contrast-light': CONTRAST_LIGHT_CODES,
  mono: {basic: {}, rich: {}},
};

/** Cuts "1;38;5;9" into "1" and "38;5;9". */
export function splitCodes(codes: string): readonly string[] {
  return codes.match(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g) ?? [];
}

/** The parameters without colours: bold, dim, underline and reverse stay. */
function removeColors(codes: string): string {
  return splitCodes(codes)
    .filter(code => Number.parseInt(code, 10) < 30)
    .join(';');
}

/** The SGR parameters of each role ("1;36"). `changes` replace some of them. */
export function getRoleCodes(
  palette: PaletteName,
  depth: ColorDepth,
  changes: Partial<Readonly<Record<Role, string>>> = {},
): ReadonlyMap<Role, string> {
  const isRich = depth !== '16' && palette !== 'mono';
  const own = CODES_OF[palette][isRich ? 'rich' : 'basic'];
  const all = {...CODES, ...(isRich ? RICH_CODES : {}), ...own, ...changes};
  const entries = Object.entries(all) as [Role, string][];
  return new Map(entries.map(([role, codes]) => [role, palette === 'mono' ? removeColors(codes) : codes]));
}
