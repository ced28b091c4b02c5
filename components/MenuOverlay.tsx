import {Box, Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth, truncateCells} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {Menu, MenuItem} from '../src/store/menu.js';
import {getFirstItem, MENU_TITLE_ROWS} from '../src/store/menu-actions.js';
import type {Theme} from '../src/style/theme.js';

export interface MenuOverlayProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

const TITLES = {
  palette: 'Commands and steps: ',
  row: 'Steps at this row',
  threads: 'Threads (Space marks several): ',
  export: 'Export this view as: ',
  file: 'File: ',
} as const satisfies Record<Menu['kind'], string>;

/** A list to choose from, above it what is typed. */
export function MenuOverlay({store, width, height, theme}: MenuOverlayProps) {
  const menu = useTreeState(store, state => state.menu);
  const items = useTreeState(store, state => state.menuItems);
  if (menu === null) return null;
  const rows = Math.max(0, height - MENU_TITLE_ROWS);
  const first = getFirstItem(menu, items.length, rows);
  const lines = items
    .slice(first, first + rows)
    .map((item, row) => drawItem(item, first + row === menu.index, width, theme));
  const text = joinSafe(drawTitle(menu, theme), ...lines.flatMap(line => [trusted('\n'), line]));
  return (
    <Box width={width} height={height} overflow="hidden">
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}

function drawTitle({kind, text}: Menu, {paint, glyphs}: Theme): Safe {
  const title = paint('heading', trusted(TITLES[kind]));
  return kind === 'row' ? title : joinSafe(title, sanitize(text), trusted(glyphs.caret));
}

/** `❯ root fn:=load      keeps 412.000MB (33.40 %)` */
function drawItem(item: MenuItem, isSelected: boolean, width: number, theme: Theme): Safe {
  const {glyphs, paint} = theme;
  const marker = isSelected ? paint('marker', trusted(glyphs.selected)) : trusted(' ');
  const mark = item.isMarked ? paint('match', trusted(glyphs.match)) : trusted(' ');
  const room = Math.max(0, width - 3);
  const text = truncateCells(
    item.text,
    Math.max(0, room - Math.min(cellWidth(item.detail), room >> 1) - 2),
    glyphs.ellipsis,
  );
  const left = Math.max(0, room - cellWidth(text));
  const detail = truncateCells(item.detail, Math.max(0, left - 2), glyphs.ellipsis);
  const gap = trusted(' '.repeat(Math.max(0, Math.min(left, Math.max(2, 48 - cellWidth(text), 0)))));
  const shown = cellWidth(gap) + cellWidth(detail) > left ? trusted('  ') : gap;
  const role = item.action === null ? 'quiet' : 'text';
  return joinSafe(marker, mark, trusted(' '), paint(role, text), shown, paint('quiet', detail));
}
