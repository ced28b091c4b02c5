import {Box, Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth, truncateCells, truncateStart} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {FigureLine, FigurePiece} from '../src/store/sheet.js';
import {getSheetRows} from '../src/store/sheet-actions.js';
import type {Theme} from '../src/style/theme.js';

export interface SheetProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** Lines of figures in place of the panes. Longer than the screen, they scroll. */
export function Sheet({store, width, height, theme}: SheetProps) {
  const sheet = useTreeState(store, state => state.sheet);
  const first = useTreeState(store, state => state.sheetRow);
  const rows = useTreeState(store, getSheetRows);
  if (sheet === null) return null;
  const lines = sheet.slice(first, first + rows).map(line => drawLine(line, width, theme));
  const all =
    sheet.length > rows ? [...lines, drawScrollLine(first, rows, sheet.length, width, theme)] : lines;
  return (
    <Box width={width} height={height} overflow="hidden">
      <Text wrap="truncate">{joinSafe(...all.flatMap(line => [line, trusted('\n')]))}</Text>
    </Box>
  );
}

function drawLine(line: FigureLine, width: number, theme: Theme): Safe {
  let left = width;
  const pieces = line.map(given => {
    // The end of a place tells it apart.
    const cut = given.role === 'place' ? truncateStart : truncateCells;
    const text = cut(drawPiece(given, theme), Math.max(0, left), theme.glyphs.ellipsis);
    left -= cellWidth(text);
    return theme.paint(given.role === 'bar' ? 'progress' : given.role, text);
  });
  return joinSafe(...pieces);
}

function drawPiece({text, role}: FigurePiece, {glyphs}: Theme): Safe {
  return role === 'bar' ? trusted(glyphs.share.repeat(text.length)) : text;
}

/** `lines 1-20 of 43, 23 more below` */
function drawScrollLine(first: number, rows: number, count: number, width: number, theme: Theme): Safe {
  const below = count - first - rows;
  const more = below > 0 ? `, ${below} more below` : '';
  const text = `lines ${first + 1}-${Math.min(count, first + rows)} of ${count}${more}`;
  return theme.paint('quiet', truncateCells(sanitize(text), width, theme.glyphs.ellipsis));
}
