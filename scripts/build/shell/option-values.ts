import {OPTION_ROWS, type OptionName, type OptionRow} from '../../../bin/cli-table.js';
import {COLORS, THEMES} from '../../../bin/cli-values.js';
import {FORMAT_ROWS} from '../../../src/export/formats.js';
import {LEVELS, SORT_KEYS} from '../../../src/query/tree-query.js';

/** What a shell can offer for the value of an option. */
export type Offer =
  | {readonly kind: 'words'; readonly words: readonly string[]}
  | {readonly kind: 'files'}
  | {readonly kind: 'folders'}
  /** Nothing that could be guessed. */
  | {readonly kind: 'nothing'};

export interface CompletedOption {
  readonly name: OptionName;
  readonly row: OptionRow;
  /** Null where the option has no value. */
  readonly offer: Offer | null;
}

const WORDS: Partial<Readonly<Record<OptionName, readonly string[]>>> = {
  by: LEVELS,
  sort: SORT_KEYS,
  color: COLORS,
  theme: THEMES,
  export: FORMAT_ROWS.map(([format]) => format),
};
const FILES = ['FILE', 'BASE'];

function findOffer(name: OptionName, value: string): Offer {
  const words = WORDS[name];
  if (words !== undefined) return {kind: 'words', words};
  if (FILES.includes(value)) return {kind: 'files'};
  return {kind: value === 'DIR' ? 'folders' : 'nothing'};
}

/** All options, with what their values may be. */
export const COMPLETED_OPTIONS: readonly CompletedOption[] = OPTION_ROWS.map(([name, row]) => ({
  name,
  row,
  offer: row.kind === 'switch' ? null : findOffer(name, row.value),
}));

/** `-b`, `--biggest-allocs` */
export function listSpellings({name, row}: CompletedOption): readonly string[] {
  return [...(row.alias === undefined ? [] : [`-${row.alias}`]), `--${name}`];
}
