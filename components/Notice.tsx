import {Text} from 'ink';
import type {Safe} from '../src/format/sanitize.js';
import type {Theme} from '../src/style/theme.js';
import {useTheme} from './use-theme.js';

export interface NoticeProps {
  readonly kind: 'error' | 'damage' | 'note';
  readonly text: Safe;
  readonly theme?: Theme;
}

/** One line that must not be missed. */
export function Notice({kind, text, theme: given}: NoticeProps) {
  const theme = useTheme(given);
  return <Text wrap="truncate">{theme.paint(kind, text)}</Text>;
}
