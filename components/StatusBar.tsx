import {Box, Text, useWindowSize} from 'ink';
import {useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useScreenState} from '../hooks/use-tree-store.js';
import {readCells} from '../src/base/check.js';
import {selectHints, selectKeyHints} from '../src/commands/hints.js';
import {createScopedKeymap, type KeyBindings, type Keymap} from '../src/commands/keymap.js';
import {cellWidth} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {KeyScope} from '../src/keymap/keymap.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {wrapKeyNote} from '../src/store/key-note.js';
import type {NoticeLine} from '../src/store/notices.js';
import {wrapNotices} from '../src/store/screen-layout.js';
import type {TreeState} from '../src/store/state.js';
import {selectMatchText, selectProgress, selectStatusParts} from '../src/store/status.js';
import type {Theme} from '../src/style/theme.js';
import {FilterPrompt} from './FilterPrompt.js';
import {Notice} from './Notice.js';
import {SearchPrompt} from './SearchPrompt.js';
import {formatHints, formatKeyHints, formatProgressBar, formatStatusParts} from './status-text.js';
import {useTheme} from './use-theme.js';

/** What the progress takes of the status line: with a bar, and as text. */
const MAX_BAR_CELLS = 44;
const MAX_TEXT_CELLS = 64;

export interface StatusBarProps {
  readonly store?: TreeStore;
  /** In cells; that of the terminal unless given. */
  readonly width?: number;
  /** Damage and remarks, cut into rows; wrapped to the width unless given. */
  readonly noticeRows?: readonly NoticeLine[];
  /** Rows that the key hints may take: a long note on the last key is wrapped. 1 unless given. */
  readonly keyRows?: number;
  /** Other keys for some commands, as the tree has them. */
  readonly keymap?: KeyBindings;
  /** "program" where `useKeymap` takes all keys; by default hints are for the keys that `TreeView` takes. */
  readonly scope?: KeyScope;
  readonly theme?: Theme;
  readonly ascii?: boolean;
}

/**
 * Notices, the status line and the key hints (or the search prompt): what is shown, and what the keys would
 * do now.
 */
export function StatusBar(props: StatusBarProps) {
  const {scope = 'tree', keyRows = 1} = props;
  const store = useTreeStore(props.store);
  const theme = useTheme(props.theme, props.ascii);
  const terminal = useWindowSize();
  const width = readCells(props.width) ?? terminal.columns;
  const keymap = useMemo(() => createScopedKeymap(props.keymap, scope), [props.keymap, scope]);
  const state = useScreenState(store);
  const notices = props.noticeRows ?? wrapNotices(state, width);
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {notices.map(({kind, text}, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, in order
        <Notice key={index} kind={kind} text={text} theme={theme} />
      ))}
      <Text wrap="truncate">{formatStatusLine(state, width, theme)}</Text>
      {state.filterPrompt !== null ? (
        <FilterPrompt store={store} width={width} theme={theme} />
      ) : state.search.isTyping ? (
        <SearchPrompt store={store} width={width} theme={theme} />
      ) : (
        <Text wrap="truncate">{formatKeyLine(state, keymap, {width, keyRows}, theme)}</Text>
      )}
    </Box>
  );
}

/** View, file and sizes; while reading, how far it is. The progress comes first: it is what moves. */
function formatStatusLine(state: TreeState, width: number, theme: Theme): Safe {
  const progress = selectProgress(state);
  const parts = selectStatusParts(state);
  if (progress === null) return formatStatusParts(parts, width, theme);
  const maxWidth = progress.share === null ? MAX_TEXT_CELLS : MAX_BAR_CELLS;
  const bar = formatProgressBar(progress, Math.min(width, maxWidth), theme);
  const available = width - cellWidth(bar) - 2;
  return available > 0 ? joinSafe(bar, trusted('  '), formatStatusParts(parts, available, theme)) : bar;
}

/** The hints, after the number of the match of a search; or why the last key did nothing. */
function formatKeyLine(
  state: TreeState,
  keymap: Keymap,
  {width, keyRows}: {readonly width: number; readonly keyRows: number},
  theme: Theme,
): Safe {
  if (state.keyNote !== null) {
    const rows = wrapKeyNote(state.keyNote, width, keyRows, theme.glyphs.ellipsis);
    return trusted(rows.map(row => theme.paint('note', row)).join('\n'));
  }
  const keyHints = selectKeyHints(state);
  if (keyHints !== null) return formatKeyHints(keyHints, width, theme);
  const found = selectMatchText(state);
  const matches = sanitize(found === '' ? '' : `/${state.search.query} ${found}  `);
  const available = width - cellWidth(matches);
  const hints = formatHints(selectHints(state), keymap, Math.max(0, available), theme);
  return available > 0 ? joinSafe(theme.paint('match', matches), hints) : hints;
}
