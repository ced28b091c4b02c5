import {Text, useIsScreenReaderEnabled} from 'ink';
import {cloneElement, isValidElement, memo, type ReactElement, type ReactNode} from 'react';
import type {Safe} from '../src/format/sanitize.js';
import {getRuler, showThroughRuler} from './row-ruler.js';

export interface TreeRowProps {
  /** The whole row, painted and cut to its pane. */
  readonly text: Safe;
  /** Cells of the pane. */
  readonly width: number;
}

/** One row of the tree: one `<Text>`, drawn again only when its text changes. */
export const TreeRow = memo(function TreeRow({text, width}: TreeRowProps) {
  const isSpoken = useIsScreenReaderEnabled();
  const ruler = getRuler(text, width);
  // Called, not rendered: what it returns is what Ink would get, with the colours of the boxes around it.
  const measured = typeof Text === 'function' ? Text({wrap: 'truncate', children: ruler}) : null;
  const painted = isSpoken || ruler === '' ? null : paint(measured, text, ruler);
  return painted ?? <Text wrap="truncate">{text}</Text>;
});

/** What an element of Ink's `Text` needs to have here. */
interface TextProps {
  readonly children?: ReactNode;
  readonly internal_transform?: unknown;
}

/**
 * The element of a text whose place is taken by the row when the frame is painted. Ink measures each text of each
 * frame anew, character by character, unless it is ASCII: it gets a ruler to measure, the same for all rows. Null
 * where an element is not as expected.
 */
function paint(element: ReactNode, text: Safe, ruler: string): ReactElement | null {
  if (!isValidElement<TextProps>(element)) return null;
  const {children, internal_transform: own} = element.props;
  if (element.type !== 'ink-text') {
    const inner = paint(children, text, ruler);
    return inner && cloneElement(element, undefined, inner);
  }
  if (typeof own !== 'function') return null;
  const transform = (line: string, index: number): unknown => own(showThroughRuler(text, ruler, line), index);
  return cloneElement(element, {internal_transform: transform});
}
