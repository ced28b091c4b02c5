import {Text} from 'ink';
import {memo} from 'react';
import type {Safe} from '../src/format/sanitize.js';

export interface TreeRowProps {
  /** The whole row, painted and cut to its pane. */
  readonly text: Safe;
}

/** One row of the tree: one `<Text>`, drawn again only when its text changes. */
export const TreeRow = memo(function TreeRow({text}: TreeRowProps) {
  return <Text wrap="truncate">{text}</Text>;
});
