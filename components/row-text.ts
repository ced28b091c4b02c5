import {cellWidth} from '../src/format/cells.js';
import {joinSafe, type Safe, splitEscapes, trusted} from '../src/format/sanitize.js';
import type {RowColumns} from '../src/store/row-columns.js';
import {fitLabel, PLACE_GAP} from '../src/store/row-fit.js';
import type {VisibleRow, VisibleRows} from '../src/store/row-layout.js';
import type {ScreenGlyphs} from '../src/style/glyphs.js';
import type {Ground, Role, Theme} from '../src/style/theme.js';
import {drawLife} from '../src/timeline/life.js';
import {type ChangeLabel, formatChange} from '../src/tree/difference-label.js';
import type {RowLabel} from '../src/tree/row-label.js';

/** What a row shows besides its guides. */
export interface RowSpec extends Pick<VisibleRow, 'label' | 'isSelected' | 'isMatch'> {
  /** Whether the keys go to the tree. */
  readonly hasFocus: boolean;
  /** False where the tree ignores keys, whatever has the focus of its store. */
  readonly isActive?: boolean;
  readonly columns: RowColumns;
}

interface Piece {
  readonly text: Safe;
  /** A number is a heat, null plain text. */
  readonly role: Role | number | null;
}

const EMPTY = trusted('');
const SPACE = trusted(' ');

/**
 * The guides of a row, a cell a character, at most `guideRoom` of them: two cells for each outer level, then
 * the row's own.
 * ```
 * ├▾ load         with siblings, open (└▸ the last one, closed; ├─ a leaf)
 * │╰ read         the only child of the row above it (│╰▸ closed)
 * │ └─ parse      one level below that
 * ‹└─ parse       outer levels shifted out, of all rows; ‹▾ a row of such a level
 * │ …└─ parse     inner levels left out, of all rows that are too deep; …─ without room for a branch
 * ```
 */
export function drawGuides(
  row: VisibleRow,
  index: number,
  {levels, guides}: Pick<VisibleRows, 'levels' | 'guides'>,
  glyphs: ScreenGlyphs,
): Safe {
  const {indent, guideRoom} = row;
  const {firstLevel, lastLevel, hasInnerBranch} = levels;
  const own = drawOwnGuide(row, guides.own[index] === 1, glyphs);
  return trusted(draw().slice(0, Math.max(0, guideRoom)));

  function draw(): string {
    if (indent === 0) return own;
    const ownSign = own.slice(1);
    if (indent <= firstLevel) return `${glyphs.shifted}${ownSign}`;
    if (lastLevel <= firstLevel) return `${glyphs.ellipsis}${ownSign}`;
    const edge = firstLevel > 0 ? glyphs.shifted : '';
    if (indent <= lastLevel) return `${edge}${drawOuterGuides(indent - 1)}${own}`;
    return `${edge}${drawOuterGuides(lastLevel - 1)}${glyphs.ellipsis}${hasInnerBranch ? own : ownSign}`;
  }

  function drawOuterGuides(to: number): string {
    const {levelCount, outer} = guides;
    let text = '';
    for (let level = 0; level < Math.min(to - firstLevel, levelCount); level++) {
      text += outer[index * levelCount + level] === 1 ? `${glyphs.through} ` : '  ';
    }
    return text;
  }
}

/** A row's own branch in three cells; in two without an indent, where there is no line of an outer level. */
function drawOwnGuide(
  {depth, indent, isOnlyChild, fold}: VisibleRow,
  goesOn: boolean,
  glyphs: ScreenGlyphs,
): string {
  const sign = fold === 'closed' ? glyphs.closed : ' ';
  if (depth === 0) return `${fold === 'leaf' ? ' ' : glyphs[fold]} `;
  if (indent === 0) return `${glyphs.chain}${sign}`;
  return isOnlyChild
    ? `${goesOn ? glyphs.through : ' '}${glyphs.chain}${sign}`
    : `${goesOn ? glyphs.branch : glyphs.lastBranch}${glyphs[fold]} `;
}

/**
 * A row as one painted string of at most the pane's cells; the selected one fills them.
 * ```
 * ❯•  3.661MB  99.92 % ▇▇▇▇▇▇▇▇ ├▾ 📂 main  app.cli:43
 * ```
 */
export function formatRow(spec: RowSpec, guides: Safe, theme: Theme): Safe {
  const pieces: readonly Piece[] = [
    ...formatNumbers(spec, theme.glyphs),
    {text: guides, role: 'guide'},
    ...formatNames(spec, spec.columns.tree - guides.length, theme.glyphs),
  ];
  return joinSafe(formatMarker(spec, theme), ...paintPieces(pieces, spec, theme));
}

function formatMarker(spec: RowSpec, {glyphs, paint}: Theme): Safe {
  const {isSelected, isMatch, hasFocus, isActive = true, columns} = spec;
  const sign = trusted(isActive ? glyphs.selected : glyphs.resting);
  const selected = isSelected ? paint(hasFocus ? 'marker' : 'guide', sign) : SPACE;
  const match = isMatch ? paint('match', trusted(glyphs.match)) : SPACE;
  return columns.marker > 1 ? joinSafe(selected, match) : columns.marker === 1 ? selected : EMPTY;
}

/** Size, percent and bar, each right-aligned or filled up, with a space after it. */
function formatNumbers({label, columns}: RowSpec, glyphs: ScreenGlyphs): readonly Piece[] {
  const {size, percent, heat, share} = label;
  const numbers: string[] = [];
  if (columns.size > 0) numbers.push(alignRight(size, columns.size));
  if (columns.percent > 0) numbers.push(alignRight(percent, columns.percent));
  if (columns.bar > 0) {
    const cells = Math.max(0, Math.min(columns.bar, Math.round(share * columns.bar)));
    numbers.push(glyphs.share.repeat(cells).padEnd(columns.bar));
  }
  if (columns.life > 0) numbers.push(formatLife(label, columns, glyphs));
  const pieces: Piece[] = numbers.length === 0 ? [] : [{text: trusted(`${numbers.join(' ')} `), role: heat}];
  const more = columns.generations.map(({index, cells}) =>
    alignRight(label.generations?.[index] ?? '', cells),
  );
  if (columns.own > 0) more.push(alignRight(label.own ?? '', columns.own));
  if (columns.count > 0) more.push(alignRight(label.count ?? '', columns.count));
  if (columns.mean > 0) more.push(alignRight(label.mean ?? '', columns.mean));
  if (columns.allocator > 0) more.push((label.allocator ?? '').padEnd(columns.allocator));
  if (more.length > 0) pieces.push({text: trusted(`${more.join(' ')} `), role: null});
  return pieces;
}

/** Blank while it is not known. */
function formatLife({life}: RowLabel, columns: RowColumns, glyphs: ScreenGlyphs): string {
  const line = life === undefined ? '' : drawLife(life.bytes, life.most, life.shownPart, glyphs.life);
  return line.padEnd(columns.life);
}

function alignRight(text: string, cells: number): string {
  return `${' '.repeat(Math.max(0, cells - cellWidth(text)))}${text}`;
}

/** Icon, function and place in `cells`. */
function formatNames(
  {label, isMatch, columns}: RowSpec,
  cells: number,
  glyphs: ScreenGlyphs,
): readonly Piece[] {
  const {icon, ownIcon} = label;
  const room = cells - columns.icon;
  const mark = chooseMark(label, room, glyphs);
  const {name, place, isNote} = fitLabel(label, room - cellWidth(mark), columns, glyphs.ellipsis);
  const pieces: Piece[] = [];
  if (icon !== 'none' && columns.icon > 0) {
    const sign = ownIcon ?? glyphs.icons[icon];
    const padding = ownIcon === undefined ? '' : ' '.repeat(columns.icon - 1 - cellWidth(sign));
    pieces.push({text: trusted(`${sign}${padding} `), role: null});
  }
  pieces.push({text: name, role: icon === 'elided' ? null : isMatch ? 'matchedFunction' : 'function'});
  if (place !== '')
    pieces.push({text: PLACE_GAP, role: null}, {text: place, role: isNote ? 'warning' : 'place'});
  if (mark !== '') pieces.push({text: mark, role: label.change ? 'place' : 'warning'});
  return pieces;
}

/** What stands behind the names: a pool, or what became of a node since the base. */
function chooseMark(label: RowLabel, room: number, glyphs: ScreenGlyphs): Safe {
  const {isPool, outliers, change} = label;
  if (outliers === undefined && change === undefined)
    return isPool ? choosePoolMark(label, room, glyphs) : EMPTY;
  // Of captures that are compared, a pool has its sign only.
  const pool = isPool && room >= MIN_CELLS_FOR_MARK ? trusted(` ${glyphs.pool}`) : EMPTY;
  const left = room - cellWidth(pool);
  const mark =
    change === undefined
      ? chooseOutlierMark(label, outliers ?? 0, left)
      : chooseChangeMark(label, change, left, glyphs);
  return joinSafe(mark, pool);
}

/** Both sizes where there is room for them, else whether the node is new or gone; nothing in panes of a few cells. */
function chooseChangeMark(label: RowLabel, change: ChangeLabel, room: number, {arrow}: ScreenGlyphs): Safe {
  const words = joinSafe(trusted('  '), formatChange(change, arrow));
  if (hasRoom(label, words, room)) return words;
  return change.presence === 'both' || room < MIN_CELLS_FOR_MARK ? EMPTY : trusted(`  ${change.presence}`);
}

/** The words where there is room for them, else a sign. */
function chooseOutlierMark(label: RowLabel, outliers: number, room: number): Safe {
  const words = trusted(`  ${outliers} ${outliers === 1 ? 'stands' : 'stand'} out`);
  if (hasRoom(label, words, room)) return words;
  return room < MIN_CELLS_FOR_MARK ? EMPTY : trusted(' !');
}

function hasRoom({function: name, place}: RowLabel, mark: Safe, room: number): boolean {
  const wanted = cellWidth(name) + (place === '' ? 0 : cellWidth(PLACE_GAP) + cellWidth(place));
  return wanted + cellWidth(mark) <= room;
}

/** The words where there is room for them, else the sign; nothing in panes of a few cells. */
function choosePoolMark(label: RowLabel, room: number, {pool}: ScreenGlyphs): Safe {
  const words = trusted(`  ${pool} small-object pool`);
  if (hasRoom(label, words, room)) return words;
  return room < MIN_CELLS_FOR_MARK ? EMPTY : trusted(` ${pool}`);
}

const MIN_CELLS_FOR_MARK = 12;

/**
 * On the selected row each piece keeps its colour, or has one that can be read on the row's ground, which
 * fills the pane.
 */
const SELECTED_ROLES: Readonly<Partial<Record<Role, Role>>> = {
  function: 'selectedFunction',
  matchedFunction: 'selectedMatch',
  place: 'selectedPlace',
  guide: 'selectedGuide',
};

function paintPieces(
  pieces: readonly Piece[],
  {isSelected, hasFocus, columns}: RowSpec,
  theme: Theme,
): Safe[] {
  if (!isSelected) return pieces.map(piece => paintPiece(piece, theme));
  const ground = hasFocus ? 'selected' : 'resting';
  const painted = pieces.map(({text, role}) => {
    if (typeof role === 'number' || !hasFocus) return paintPiece({text, role}, theme, ground);
    return paintPiece(
      {text, role: role === null ? 'selectedText' : (SELECTED_ROLES[role] ?? role)},
      theme,
      ground,
    );
  });
  const cells = pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
  const padding = trusted(' '.repeat(Math.max(0, getWidth(columns) - cells)));
  return [...painted, theme.paint(hasFocus ? 'selectedText' : 'text', padding, ground)];
}

/** The cells of a row without its marker. */
function getWidth({generations, tree, ...columns}: RowColumns): number {
  const {size, percent, bar, life, own, count, mean, allocator} = columns;
  const ofGenerations = generations.map(({cells}) => cells);
  return [size, percent, bar, life, ...ofGenerations, own, count, mean, allocator].reduce(
    (sum, cells) => (cells > 0 ? sum + cells + 1 : sum),
    tree,
  );
}

function paintPiece({text, role}: Piece, theme: Theme, ground?: Ground): Safe {
  if (typeof role === 'number') return theme.paintHeat(role, text, ground);
  if (role === null) return ground === undefined ? text : theme.paint('text', text, ground);
  const pieces = splitEscapes(text).map(piece =>
    theme.paint(piece.isEscape ? 'mark' : role, piece.text, ground),
  );
  return joinSafe(...pieces);
}
