import {Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth, sliceCells} from '../src/format/cells.js';
import {joinSafe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import {TERM_HELP} from './term-help.js';
import {fitLabel} from './typed-text.js';

export interface FilterPromptProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly theme: Theme;
}

const LABEL = trusted('Filter: ');
const HELP = `TERM keeps stacks, -TERM drops them; ${TERM_HELP}`;

/** The filter that is typed: `Filter: mod:numpy▏`. The end of a long one stays in sight. */
export function FilterPrompt({store, width, theme}: FilterPromptProps) {
  const prompt = useTreeState(store, state => state.filterPrompt);
  if (prompt === null) return null;
  const caret = trusted(theme.glyphs.caret);
  const room = width - cellWidth(caret);
  const {label, text: shown} = fitLabel(LABEL, sanitize(prompt.text), room);
  const note = sanitize(prompt.error ?? (prompt.text === '' ? HELP : ''));
  const left = room - cellWidth(label) - cellWidth(shown) - 2;
  const remark =
    left > 0 ? joinSafe(trusted('  '), theme.paint('note', sliceCells(note, 0, left))) : trusted('');
  return <Text wrap="truncate">{joinSafe(theme.paint('key', label), shown, caret, remark)}</Text>;
}
