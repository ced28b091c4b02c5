import type {PaletteName} from './palette.js';

/** How many colours are drawn. `none` is plain text: no bold and no inverse either. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** What a piece of text is. */
export type Role =
  | 'function'
  | 'place'
  | 'guide'
  | 'marker'
  | 'match'
  | 'matchedFunction'
  /** Stands for an invisible character. */
  | 'mark'
  | 'selected'
  | 'selectedFunction'
  /** The selected row while the keys go to another pane. */
  | 'resting'
  | 'key'
  | 'quiet'
  | 'heading'
  | 'progress'
  | 'error'
  | 'damage'
  | 'note';

/** SGR parameters of each role. All of them are among the 16 colours, which terminals let their users choose. */
const CODES: Readonly<Record<Role, string>> = {
  function: '1',
  place: '2;36',
  guide: '2',
  marker: '1;36',
  match: '1;33',
  matchedFunction: '1;4;33',
  mark: '7',
  selected: '7',
  selectedFunction: '1;7',
  resting: '1;2',
  key: '1',
  quiet: '2',
  heading: '1;36',
  progress: '36',
  error: '1;31',
  damage: '1;33',
  note: '33',
};

/**
 * SGR parameters that differ on a light background, by the number of colours. Elsewhere the 16 colours are used, which
 * terminals let their users choose; but cyan and yellow are unreadable on white in most of them.
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
    quiet: '38;5;242',
    guide: '38;5;242',
  },
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
  const light = palette === 'light' ? LIGHT_CODES[depth === '16' ? 'basic' : 'rich'] : {};
  const entries = Object.entries({...CODES, ...light, ...changes}) as [Role, string][];
  return new Map(entries.map(([role, codes]) => [role, palette === 'mono' ? removeColors(codes) : codes]));
}
