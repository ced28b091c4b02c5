import {Box, Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth, truncateCells} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {explainNoItems, MENU_TITLES, type Menu, type MenuItem} from '../src/store/menu.js';
import {getFirstItem, MENU_TITLE_ROWS} from '../src/store/menu-actions.js';
import type {Theme} from '../src/style/theme.js';
import {fitLabel} from './typed-text.js';

export interface MenuOverlayProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** What has to be known of some menus. */
const MORE: Partial<Record<Menu['kind'], string>> = {
  threads: ' (Space marks several)',
  file: ' (gets a number where the name is taken)',
};

/** A list to choose from, above it what is typed. */
export function MenuOverlay({store, width, height, theme}: MenuOverlayProps) {
  const menu = useTreeState(store, state => state.menu);
  const items = useTreeState(store, state => state.menuItems);
  if (menu === null) return null;
  const rows = Math.max(0, height - MENU_TITLE_ROWS);
  const first = getFirstItem(menu, items.length, rows);
  const columns = layOutColumns(items, width);
  const lines = items
    .slice(first, first + rows)
    .map((item, row) => drawItem(item, first + row === menu.index, columns, theme));
  const reason = explainNoItems(menu, items);
  const shown =
    reason === null ? lines : [...lines, theme.paint('note', sanitize(`   ${reason}`))].slice(0, rows);
  const text = joinSafe(drawTitle(menu, width, theme), ...shown.flatMap(line => [trusted('\n'), line]));
  return (
    <Box width={width} height={height} overflow="hidden">
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}

function drawTitle({kind, text}: Menu, width: number, {paint, glyphs}: Theme): Safe {
  const title = `${MENU_TITLES[kind]}${MORE[kind] ?? ''}`;
  if (kind === 'row') return paint('heading', sanitize(title));
  const caret = trusted(glyphs.caret);
  const shown = fitLabel(sanitize(`${title}: `), sanitize(text), width - cellWidth(caret));
  return joinSafe(paint('heading', shown.label), shown.text, caret);
}

interface Columns {
  /** Cells of text and detail together. */
  readonly room: number;
  /** Cells of the texts; a longer one may take more where its detail has room. */
  readonly text: number;
}

const MARKER_CELLS = 3;
const GAP_CELLS = 2;
/** Details begin no further to the left where there is room. */
const USUAL_TEXT_CELLS = 46;

/** All details of a menu begin in one column; long ones take at most half of the width. */
function layOutColumns(items: readonly MenuItem[], width: number): Columns {
  const room = Math.max(0, width - MARKER_CELLS);
  const longest = (texts: readonly Safe[]): number =>
    texts.reduce((cells, text) => Math.max(cells, cellWidth(text)), 0);
  const detail = Math.min(longest(items.map(item => item.detail)), room >> 1);
  const text = Math.max(USUAL_TEXT_CELLS, longest(items.map(item => item.text)));
  return {room, text: Math.max(0, Math.min(text, room - detail - GAP_CELLS))};
}

/** `❯ root fn:=load      keeps 412.000MB (33.40 %)` */
function drawItem(item: MenuItem, isSelected: boolean, columns: Columns, theme: Theme): Safe {
  const {glyphs, paint} = theme;
  const marker = isSelected ? paint('marker', trusted(glyphs.selected)) : trusted(' ');
  const mark = item.isMarked ? paint('match', trusted(glyphs.match)) : trusted(' ');
  const cells = Math.max(columns.text, columns.room - cellWidth(item.detail) - GAP_CELLS);
  const text = truncateCells(item.text, cells, glyphs.ellipsis);
  const used = Math.max(columns.text, cellWidth(text)) + GAP_CELLS;
  const gap = trusted(' '.repeat(used - cellWidth(text)));
  const detail = truncateCells(item.detail, Math.max(0, columns.room - used), glyphs.ellipsis);
  const role = item.action === null ? 'quiet' : 'text';
  return joinSafe(marker, mark, trusted(' '), paint(role, text), gap, paint('quiet', detail));
}
