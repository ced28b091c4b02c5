import {Box, Text} from 'ink';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {truncateCells} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize} from '../src/format/sanitize.js';
import {getHelpGroups} from '../src/keymap/format-keys.js';
import {createKeymap, type KeyBindings} from '../src/keymap/keymap.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import {useTheme} from './use-theme.js';

export interface HelpOverlayProps {
  readonly store?: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly keymap?: KeyBindings;
  readonly theme?: Theme;
  readonly ascii?: boolean;
}

const KEY_CELLS = 16;
/** A column of the help is not narrower than this where there are several. */
const COLUMN_CELLS = 60;

/** All commands with their keys, in columns where there is room. Longer than the screen, it scrolls. */
export function HelpOverlay({
  store: given,
  width,
  height,
  keymap,
  theme: givenTheme,
  ascii,
}: HelpOverlayProps) {
  const store = useTreeStore(given);
  const theme = useTheme(givenTheme, ascii);
  const helpRow = useTreeState(store, state => state.helpRow);
  const columnCount = Math.max(1, Math.floor(width / COLUMN_CELLS));
  const columnWidth = Math.floor(width / columnCount);
  const lines = formatHelpLines(keymap, columnWidth - 1, theme, ascii === true);
  const columnHeight = Math.max(height, Math.ceil(lines.length / columnCount));
  const first = Math.min(helpRow, columnHeight - height);
  return (
    <Box width={width} height={height} overflow="hidden">
      {Array.from({length: columnCount}, (_, column) => {
        const start = column * columnHeight;
        const shown = lines.slice(start + first, Math.min(start + columnHeight, start + first + height));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
          <Box key={column} width={columnWidth} height={height} flexShrink={0}>
            <Text wrap="truncate">{shown.join('\n')}</Text>
          </Box>
        );
      })}
    </Box>
  );
}

function formatHelpLines(
  bindings: KeyBindings | undefined,
  width: number,
  theme: Theme,
  isAscii: boolean,
): readonly Safe[] {
  const lines: Safe[] = [];
  for (const {group, lines: entries} of getHelpGroups(createKeymap(bindings), isAscii)) {
    if (lines.length > 0) lines.push('' as Safe);
    lines.push(theme.paint('heading', sanitize(group)));
    for (const {keys, help} of entries) {
      const keyText = sanitize(keys.padEnd(KEY_CELLS - 1));
      const text = truncateCells(sanitize(help), Math.max(1, width - KEY_CELLS), theme.glyphs.ellipsis);
      lines.push(joinSafe(theme.paint('key', keyText), ' ' as Safe, text));
    }
  }
  return lines;
}
