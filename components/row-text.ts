import {cellWidth, sliceCells} from '../src/format/cells.js';
import {joinSafe, type Safe, splitMarks} from '../src/format/sanitize.js';
import {LEVEL_CELLS, MARKER_CELLS} from '../src/store/row-metrics.js';
import type {GuideWindow} from '../src/store/row-window.js';
import type {Role, Theme, ThemeGlyphs} from '../src/style/theme.js';
import type {RowLabel} from '../src/tree/row-label.js';

export type Fold = 'open' | 'closed' | 'leaf';

/** What a row shows besides its guides. */
export interface RowSpec {
  readonly label: RowLabel;
  readonly depth: number;
  readonly isSelected: boolean;
  /** Whether the keys go to the tree. */
  readonly hasFocus: boolean;
  readonly isMatch: boolean;
  /** Cells that the rows are shifted to the left. */
  readonly column: number;
  /** Cells of the pane. */
  readonly width: number;
}

interface Piece {
  readonly text: Safe;
  /** A number is a heat, null plain text. */
  readonly role: Role | number | null;
}

const EMPTY = '' as Safe;
const SPACE = ' ' as Safe;

/** The guides of a row as far as they are in sight, one cell a character: `│  ├▾ `. */
export function drawGuides(
  {firstLevel, levelCount, goesOn}: GuideWindow,
  row: number,
  depth: number,
  fold: Fold,
  {column, width}: {readonly column: number; readonly width: number},
  glyphs: ThemeGlyphs,
): Safe {
  let text = '';
  const lastLevel = Math.min(depth, firstLevel + levelCount);
  for (let level = firstLevel; level < lastLevel; level++) {
    const line = goesOn[row * levelCount + level - firstLevel] === 1;
    if (level === depth - 1) text += `${line ? glyphs.branch : glyphs.lastBranch}${glyphs[fold]} `;
    else text += line ? `${glyphs.through}  ` : '   ';
  }
  const from = column - firstLevel * LEVEL_CELLS;
  return text.slice(from, from + Math.max(0, width - MARKER_CELLS)) as Safe;
}

/**
 * A row as one painted string of at most `width` cells; the selected one fills them.
 * ```
 * ❯ │  ├▾ 📂 3.661MB (99.92 %) main  app.cli:43
 * marker, 3 cells a level, icon, size, percent, function, place
 * ```
 */
export function formatRow(spec: RowSpec, guides: Safe, theme: Theme): Safe {
  const {label, depth, isSelected, isMatch, width, column} = spec;
  const {glyphs} = theme;
  const room = width - MARKER_CELLS;
  if (room < 0) return EMPTY;
  const marker = joinSafe(
    isSelected ? theme.paint('marker', glyphs.selected as Safe) : SPACE,
    isMatch ? theme.paint('match', glyphs.match as Safe) : SPACE,
  );
  // Where the label itself is shifted out on the left, no guides are in sight.
  const from = Math.max(0, column - depth * LEVEL_CELLS);
  const all: readonly Piece[] = [{text: guides, role: 'guide'}, ...getPieces(label, isMatch, glyphs)];
  const pieces = cutPieces(all, from, room, glyphs.ellipsis as Safe);
  return joinSafe(marker, isSelected ? paintSelected(pieces, spec, theme) : paintPieces(pieces, theme));
}

function getPieces(label: RowLabel, isMatch: boolean, glyphs: ThemeGlyphs): readonly Piece[] {
  const name: Piece = {text: label.function, role: isMatch ? 'matchedFunction' : 'function'};
  if (label.icon === 'none') return [name];
  const pieces: Piece[] = [
    {text: `${glyphs.icons[label.icon]} ` as Safe, role: null},
    {text: `${label.size} (${label.percent})` as Safe, role: label.heat},
    {text: SPACE, role: null},
    label.icon === 'elided' ? {...name, role: null} : name,
  ];
  if (label.place !== '') pieces.push({text: '  ' as Safe, role: null}, {text: label.place, role: 'place'});
  return pieces;
}

/** What is in sight of pieces in a row: `room` cells from `from` on, with an ellipsis where something is left on the right. */
function cutPieces(pieces: readonly Piece[], from: number, room: number, ellipsis: Safe): readonly Piece[] {
  const total = pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
  if (from === 0 && total <= room) return pieces;
  const isCut = total > from + room;
  const end = isCut ? from + room - 1 : from + room;
  const kept: Piece[] = [];
  let start = 0;
  for (const {text, role} of pieces) {
    const next = start + cellWidth(text);
    if (next > from && start < end) {
      kept.push({text: sliceCells(text, Math.max(0, from - start), Math.min(next, end) - start), role});
    }
    start = next;
  }
  return isCut && room > 0 ? [...kept, {text: ellipsis, role: null}] : kept;
}

function paintPieces(pieces: readonly Piece[], theme: Theme): Safe {
  return joinSafe(...pieces.map(piece => paintPiece(piece, theme)));
}

function paintPiece({text, role}: Piece, theme: Theme): Safe {
  if (role === null) return text;
  if (typeof role === 'number') return theme.paintHeat(role, text);
  return paintMarked(text, role, 'mark', theme);
}

/** Text in its role; what stands for invisible characters in another one. */
function paintMarked(text: Safe, role: Role, markRole: Role | null, theme: Theme): Safe {
  const painted = splitMarks(text).map(piece => {
    const its = piece.isMark ? markRole : role;
    return its === null ? piece.text : theme.paint(its, piece.text);
  });
  return joinSafe(...painted);
}

/** The selected row is one bar over the whole width; without colours its marker alone tells it. */
function paintSelected(pieces: readonly Piece[], {width, hasFocus}: RowSpec, theme: Theme): Safe {
  const cells = pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
  const padding = ' '.repeat(Math.max(0, width - MARKER_CELLS - cells)) as Safe;
  const painted = pieces.map(({text, role}) => {
    const isName = role === 'function' || role === 'matchedFunction';
    if (!hasFocus) return paintMarked(text, isName ? 'function' : 'resting', 'mark', theme);
    return paintMarked(text, isName ? 'selectedFunction' : 'selected', null, theme);
  });
  return joinSafe(...painted, theme.paint(hasFocus ? 'selected' : 'resting', padding));
}
