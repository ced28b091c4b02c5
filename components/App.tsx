import {Box, Text} from 'ink';
import {TreeStoreProvider} from '../hooks/tree-store-context.js';
import {useKeymap} from '../hooks/use-keymap.js';
import {usePaneLayout} from '../hooks/use-pane-layout.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {Safe} from '../src/format/sanitize.js';
import type {KeyBindings} from '../src/keymap/keymap.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {ScreenLayout} from '../src/store/screen-layout.js';
import {HelpOverlay} from './HelpOverlay.js';
import {StatusBar} from './StatusBar.js';
import {TreePane} from './TreePane.js';
import {type Theme, useTheme} from './theme.js';

export interface AppProps {
  readonly store: TreeStore;
  /** Size of the screen in cells; that of the terminal unless given. */
  readonly columns?: number;
  readonly rows?: number;
  readonly keymap?: KeyBindings;
  readonly theme?: Theme;
  readonly ascii?: boolean;
  /** False: it takes no keys. */
  readonly isActive?: boolean;
}

/** The whole screen: tree and source, below them the status. It never takes more rows than the screen has. */
export function App({store, columns, rows, keymap, theme: given, ascii = false, isActive = true}: AppProps) {
  const theme = useTheme(given, ascii);
  const layout = usePaneLayout(store, {columns, rows});
  const isHelpOpen = useTreeState(store, state => state.isHelpOpen);
  useKeymap({store, bindings: keymap, isActive});
  const help = {width: layout.columns, height: layout.status.row, theme, ascii};
  return (
    <TreeStoreProvider store={store}>
      <Box flexDirection="column" width={layout.columns} height={layout.rows} overflow="hidden">
        {isHelpOpen ? (
          <HelpOverlay {...help} {...(keymap && {keymap})} />
        ) : (
          <Panes layout={layout} theme={theme} />
        )}
        <StatusBar
          width={layout.columns}
          noticeRows={layout.noticeRows}
          theme={theme}
          ascii={ascii}
          {...(keymap && {keymap})}
        />
      </Box>
    </TreeStoreProvider>
  );
}

interface PanesProps {
  readonly layout: ScreenLayout;
  readonly theme: Theme;
}

function Panes({layout, theme}: PanesProps) {
  const {kind, tree, source, status} = layout;
  const isStacked = kind === 'stacked';
  return (
    <Box flexDirection={isStacked ? 'column' : 'row'} width={status.width} height={status.row} flexShrink={0}>
      {tree !== null && <TreePane width={tree.width} height={tree.height} theme={theme} />}
      {tree !== null && source !== null && (
        <Divider length={isStacked ? status.width : status.row} isHorizontal={isStacked} theme={theme} />
      )}
      {source !== null && <Box width={source.width} height={source.height} />}
    </Box>
  );
}

interface DividerProps {
  readonly length: number;
  readonly isHorizontal: boolean;
  readonly theme: Theme;
}

/** The line between the panes: one `<Text>`. */
function Divider({length, isHorizontal, theme}: DividerProps) {
  const {horizontal, vertical} = theme.glyphs;
  const text = isHorizontal
    ? theme.paint('guide', horizontal.repeat(length) as Safe)
    : Array.from({length}, () => theme.paint('guide', vertical as Safe)).join('\n');
  return (
    <Box flexShrink={0}>
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}
