import {getHintText, type Hint, type KeyHint} from '../src/commands/hints.js';
import type {Keymap} from '../src/commands/keymap.js';
import {cellWidth, truncateCells, truncateMiddle} from '../src/format/cells.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';
import {formatKey} from '../src/keymap/format-keys.js';
import type {ProgressPart, StatusPart} from '../src/store/status.js';
import type {Theme} from '../src/style/theme.js';

const SPACE = trusted(' ');
const GAP = trusted('  ');
const BAR_CELLS = 20;
/** Of a part that is shortened. */
const MAX_SHORT_CELLS = 28;

/** `████████░░░░ 45 % 312.0 MB/s`; without a known size only the text. */
export function formatProgressBar({share, text}: ProgressPart, width: number, theme: Theme): Safe {
  const {barFull, barEmpty} = theme.glyphs;
  const cells = Math.max(0, Math.min(BAR_CELLS, width - cellWidth(text) - 1));
  if (share === null || cells < 4)
    return theme.paint('progress', truncateCells(text, width, theme.glyphs.ellipsis));
  const full = Math.round(share * cells);
  const bar = theme.paint('progress', trusted(barFull.repeat(full)));
  const rest = theme.paint('quiet', trusted(barEmpty.repeat(cells - full)));
  return joinSafe(bar, rest, SPACE, text);
}

/**
 * The parts side by side. Where they do not fit, the least important ones are shortened, then left out.
 */
export function formatStatusParts(parts: readonly StatusPart[], width: number, theme: Theme): Safe {
  const separator = trusted(` ${theme.glyphs.separator} `);
  const kept = [...parts];
  const getWidth = () =>
    kept.reduce((sum, {text}) => sum + cellWidth(text), 0) + cellWidth(separator) * (kept.length - 1);
  const getLeast = (among: readonly StatusPart[]) =>
    among.reduce((low, part) => (part.importance < low.importance ? part : low));
  const shorten = (text: Safe) => truncateMiddle(text, MAX_SHORT_CELLS, theme.glyphs.ellipsis);
  while (kept.length > 0 && getWidth() > width) {
    const shortenable = kept.filter(part => part.short !== undefined);
    if (shortenable.length === 0 && kept.length === 1) break;
    const least = getLeast(shortenable.length > 0 ? shortenable : kept);
    const {short, importance} = least;
    kept.splice(kept.indexOf(least), 1, ...(short === undefined ? [] : [{text: shorten(short), importance}]));
  }
  const text = trusted(kept.map(part => part.text).join(separator));
  return truncateCells(text, width, theme.glyphs.ellipsis);
}

/** `i Hide import system  u Show uninteresting`: as many hints as fit. */
export function formatHints(hints: readonly Hint[], keymap: Keymap, width: number, theme: Theme): Safe {
  const known = hints.flatMap(({command, variant}): readonly KeyHint[] => {
    const key = keymap.getKeys(command)[0];
    const text = getHintText(command, variant);
    return key === undefined || text === null ? [] : [{keys: [key], text}];
  });
  return formatKeyHints(known, width, theme);
}

/** `← → Choose  Enter Cut back to here`: as many as fit. */
export function formatKeyHints(hints: readonly KeyHint[], width: number, theme: Theme): Safe {
  const pieces: Safe[] = [];
  let cells = 0;
  for (const {keys, text} of hints) {
    const keyText = trusted(keys.map(key => formatKey(key, theme.isAscii)).join(' '));
    const gap = pieces.length === 0 ? 0 : cellWidth(GAP);
    const added = gap + cellWidth(keyText) + 1 + text.length;
    if (cells + added > width) break;
    cells += added;
    if (gap > 0) pieces.push(GAP);
    pieces.push(theme.paint('key', keyText), SPACE, theme.paint('quiet', trusted(text)));
  }
  return joinSafe(...pieces);
}
