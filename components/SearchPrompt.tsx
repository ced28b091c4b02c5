import {Text} from 'ink';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {readCells} from '../src/base/check.js';
import {cellWidth, sliceCells} from '../src/format/cells.js';
import {joinSafe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {selectMatchText} from '../src/store/status.js';
import type {Theme} from '../src/style/theme.js';
import {TERM_HELP} from './term-help.js';
import {fitSaid} from './typed-text.js';
import {useTheme} from './use-theme.js';

export interface SearchPromptProps {
  readonly store?: TreeStore;
  readonly width: number;
  readonly theme?: Theme;
  readonly ascii?: boolean;
}

const HELP = trusted(`  text, or ${TERM_HELP}`);

/** The query and how many matches it has: `/load▏ 3/17`. The end of a long query stays in sight. */
export function SearchPrompt({store: given, theme: givenTheme, ascii, ...size}: SearchPromptProps) {
  const width = readCells(size.width) ?? 0;
  const store = useTreeStore(given);
  const theme = useTheme(givenTheme, ascii);
  const search = useTreeState(store, state => state.search);
  const found = useTreeState(store, selectMatchText);
  const caret = sanitize(search.isTyping ? theme.glyphs.caret : '');
  const said = sanitize(found === '' ? '' : `  ${found}`);
  const help =
    search.isTyping && search.query === '' ? sliceCells(HELP, 0, Math.max(0, width - 2)) : trusted('');
  const room = Math.max(0, width - 1 - cellWidth(caret));
  const fitting = fitSaid(sanitize(search.query), said, room, theme.glyphs.ellipsis);
  const text = joinSafe(
    theme.paint('key', trusted('/')),
    fitting.text,
    caret,
    theme.paint('match', fitting.said),
    theme.paint('note', help),
  );
  return <Text wrap="truncate">{text}</Text>;
}
