import {Box, Text, useIsScreenReaderEnabled} from 'ink';
import {TreeStoreProvider} from '../hooks/tree-store-context.js';
import {useKeymap} from '../hooks/use-keymap.js';
import {usePaneLayout} from '../hooks/use-pane-layout.js';
import type {SourceReaderPlaces} from '../hooks/use-source-reader.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {KeyBindings, Keymap} from '../src/commands/keymap.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';
import {formatKey} from '../src/keymap/format-keys.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {SourceReader} from '../src/source/source-reader.js';
import type {ScreenLayout} from '../src/store/screen-layout.js';
import type {Pane} from '../src/store/ui-state.js';
import type {Theme} from '../src/style/theme.js';
import {Crumbs} from './Crumbs.js';
import {HelpOverlay} from './HelpOverlay.js';
import {LinearView} from './LinearView.js';
import {MenuOverlay} from './MenuOverlay.js';
import {Sheet} from './Sheet.js';
import {type SourcePanelProps, SourcePanelRows} from './SourcePanel.js';
import {StatusBar} from './StatusBar.js';
import {TableHeading} from './TableHeading.js';
import {TimeStrip} from './TimeStrip.js';
import {TreeRows} from './TreeRows.js';
import {useTheme} from './use-theme.js';

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
  /** Where source files are on this machine; unless `sourceReader` is given. */
  readonly sourcePlaces?: SourceReaderPlaces;
  readonly sourceReader?: SourceReader;
  /** The address that the location of a source links to (OSC 8): a line of a file; no links unless given. */
  readonly linkTo?: (path: string, line: number) => string;
  /** What to do where a source is not found, in one sentence; nothing unless given. */
  readonly notFoundHint?: string;
}

/** The whole screen: tree and source, below them the time strip, if it is open, and the status. It never takes more rows than the screen has. */
export function App(props: AppProps) {
  const {store, columns, rows, keymap, isActive = true} = props;
  const theme = useTheme(props.theme, props.ascii);
  const layout = usePaneLayout(store, {columns, rows});
  const isHelpOpen = useTreeState(store, state => state.help !== null);
  const hasSheet = useTreeState(store, state => state.sheet !== null);
  const isMenuOpen = useTreeState(store, state => state.menu !== null);
  const keys = useKeymap({store, bindings: keymap, isActive});
  const isSpoken = useIsScreenReaderEnabled();
  const help = {width: layout.columns, height: layout.status.row, theme};
  const source = {
    ...(props.sourcePlaces && {places: props.sourcePlaces}),
    ...(props.sourceReader && {reader: props.sourceReader}),
    ...(props.linkTo && {linkTo: props.linkTo}),
    ...(props.notFoundHint && {notFoundHint: props.notFoundHint}),
    revealHint: getRevealHint(keys, theme),
  };
  if (isSpoken) return <LinearView store={store} />;
  return (
    <TreeStoreProvider store={store}>
      <Box flexDirection="column" width={layout.columns} height={layout.rows}>
        {isMenuOpen ? (
          <MenuOverlay store={store} width={layout.columns} height={layout.status.row} theme={theme} />
        ) : isHelpOpen ? (
          <HelpOverlay {...help} {...(keymap && {keymap})} />
        ) : (
          <>
            {layout.crumbs !== null && <Crumbs store={store} width={layout.columns} theme={theme} />}
            {hasSheet ? (
              <Sheet
                store={store}
                width={layout.columns}
                height={layout.status.row - (layout.crumbs?.height ?? 0)}
                theme={theme}
              />
            ) : (
              <>
                <Panes store={store} layout={layout} theme={theme} source={source} />
                {layout.strip !== null && (
                  <TimeStrip store={store} width={layout.columns} screenRows={layout.rows} theme={theme} />
                )}
              </>
            )}
          </>
        )}
        <StatusBar
          width={layout.columns}
          noticeRows={layout.noticeRows}
          keyRows={layout.keyRows}
          theme={theme}
          scope="program"
          {...(keymap && {keymap})}
        />
      </Box>
    </TreeStoreProvider>
  );
}

/** Undefined where no key shows a source that is held back. */
function getRevealHint(keymap: Keymap, {isAscii}: Theme): string | undefined {
  const [key] = keymap.getKeys('revealSource');
  return key && `Press ${formatKey(key, isAscii)} to show it.`;
}

interface PanesProps {
  readonly store: TreeStore;
  readonly layout: ScreenLayout;
  readonly theme: Theme;
  /** What the source panel needs besides its size. */
  readonly source: Pick<SourcePanelProps, 'places' | 'reader' | 'linkTo' | 'notFoundHint' | 'revealHint'>;
}

function Panes({store, layout, theme, source: sourceProps}: PanesProps) {
  const {kind, tree, source, status, crumbs, heading, strip} = layout;
  const isStacked = kind === 'stacked';
  const height = status.row - (crumbs?.height ?? 0) - (strip?.height ?? 0);
  return (
    <Box flexDirection={isStacked ? 'column' : 'row'} width={status.width} height={height} flexShrink={0}>
      {tree !== null && (
        <Box flexDirection="column" flexShrink={0}>
          {heading !== null && (
            <TableHeading store={store} width={tree.width} height={tree.height} theme={theme} />
          )}
          <TreeRows store={store} width={tree.width} height={tree.height} theme={theme} />
        </Box>
      )}
      {tree !== null && source !== null && (
        <Divider
          store={store}
          length={isStacked ? status.width : height}
          isHorizontal={isStacked}
          theme={theme}
        />
      )}
      {source !== null && (
        <Box flexDirection="column" width={source.width} height={source.height}>
          <SourcePanelRows {...sourceProps} width={source.width} height={source.height} theme={theme} />
        </Box>
      )}
    </Box>
  );
}

interface DividerProps {
  readonly store: TreeStore;
  readonly length: number;
  readonly isHorizontal: boolean;
  readonly theme: Theme;
}

/**
 * The line between the panes, with signs that point to the one that the keys go to. One `<Text>`, each row of
 * which is painted by itself.
 */
function Divider({store, length, isHorizontal, theme}: DividerProps) {
  const focus = useTreeState(store, state => state.focus);
  const text = isHorizontal ? drawRule(length, focus, theme) : drawColumn(length, focus, theme);
  return (
    <Box flexShrink={0}>
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}

/** The time strip says itself that it has the focus. */
const PANE_NAMES = {tree: 'Tree', source: 'Source', strip: null} as const satisfies Record<
  Pane,
  string | null
>;

/** `── ▴ Tree ─────────` */
function drawRule(length: number, focus: Pane, {glyphs, paint}: Theme): Safe {
  const line = (cells: number): Safe =>
    paint('divider', trusted(glyphs.horizontal.repeat(Math.max(0, cells))));
  const pane = PANE_NAMES[focus];
  if (pane === null) return line(length);
  const name = trusted(` ${focus === 'tree' ? glyphs.toTop : glyphs.toBottom} ${pane} `);
  const before = 2;
  return joinSafe(line(before), paint('focus', name), line(length - before - name.length));
}

/** Three signs in the middle. */
function drawColumn(length: number, focus: Pane, {glyphs, paint}: Theme): Safe {
  const sign = paint('focus', trusted(focus === 'tree' ? glyphs.toLeft : glyphs.toRight));
  const line = paint('divider', trusted(glyphs.vertical));
  const middle = length >> 1;
  const isSign = (row: number): boolean => PANE_NAMES[focus] !== null && Math.abs(row - middle) <= 1;
  return trusted(Array.from({length}, (_, row) => (isSign(row) ? sign : line)).join('\n'));
}
