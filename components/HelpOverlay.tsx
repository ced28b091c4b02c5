import {Box, Text} from 'ink';
import {useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {readCells} from '../src/base/check.js';
import {COMMANDS} from '../src/commands/commands.js';
import {createKeymap, type KeyBindings} from '../src/commands/keymap.js';
import {truncateCells} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {type HelpLayout, type HelpRow, layOutHelp} from '../src/store/help-layout.js';
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

/** All commands with their keys, in columns where there is room. Longer than the screen, it scrolls. */
export function HelpOverlay({store: given, keymap, theme: givenTheme, ascii, ...size}: HelpOverlayProps) {
  const width = readCells(size.width) ?? 0;
  const height = readCells(size.height) ?? 0;
  const store = useTreeStore(given);
  const theme = useTheme(givenTheme, ascii);
  const row = useTreeState(store, state => state.help?.row ?? 0);
  const layout = useMemo(
    () => layOutHelp({keymap: createKeymap(keymap), commands: COMMANDS}, theme.isAscii, width, height),
    [keymap, theme, width, height],
  );
  const first = Math.min(row, layout.maxRow);
  return (
    <Box width={width} height={height} overflow="hidden" flexDirection="column">
      <Box height={Math.min(layout.pageRows, height)} flexShrink={0}>
        {layout.columns.map((rows, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
          <Box key={column} width={layout.columnWidth} flexShrink={0}>
            <Text wrap="truncate">{drawColumn(rows, first, layout, theme)}</Text>
          </Box>
        ))}
      </Box>
      {layout.maxRow > 0 && <Text wrap="truncate">{drawScrollLine(first, layout, width, theme)}</Text>}
    </Box>
  );
}

function drawColumn(rows: readonly HelpRow[], first: number, {pageRows}: HelpLayout, theme: Theme): string {
  return rows
    .slice(first, first + pageRows)
    .map(({kind, keys, text}) => {
      if (kind === 'heading') return theme.paint('heading', text);
      return joinSafe(theme.paint('key', keys), text);
    })
    .join('\n');
}

/** `lines 1-20 of 43, 23 more below`: says what is out of sight. */
function drawScrollLine(
  first: number,
  {pageRows, lineCount, maxRow}: HelpLayout,
  width: number,
  theme: Theme,
): Safe {
  const below = maxRow - first;
  const more = below > 0 ? `, ${below} more below` : ', end of the help';
  const text = `lines ${first + 1}-${Math.min(lineCount, first + pageRows)} of ${lineCount}${more}`;
  return theme.paint('quiet', truncateCells(sanitize(text), width, theme.glyphs.ellipsis));
}
