import {Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {useVisibleRows} from '../hooks/use-visible-rows.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {describePercentBase} from '../src/store/percent-base.js';
import {getNumberKind, type Heading, listHeadings} from '../src/store/table-heading.js';
import type {Theme} from '../src/style/theme.js';

export interface TableHeadingProps {
  readonly store: TreeStore;
  /** The size of the rows below it, in cells. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** The line above the rows of a table: `  -Total        %        Own   Count Function`. */
export function TableHeading({store, width, height, theme}: TableHeadingProps) {
  const {columns} = useVisibleRows(store, width, height);
  const query = useTreeState(store, state => state.query);
  const percentBase = useTreeState(store, describePercentBase);
  const kind = useTreeState(store, getNumberKind);
  const headings = listHeadings(columns, query, percentBase, kind);
  const marker = trusted(' '.repeat(columns.marker));
  return (
    <Text wrap="truncate">{joinSafe(marker, ...headings.map(heading => paintHeading(heading, theme)))}</Text>
  );
}

function paintHeading({text, cells, isSorted}: Heading, {paint}: Theme): Safe {
  return joinSafe(paint(isSorted ? 'focus' : 'quiet', trusted(text.padStart(cells))), trusted(' '));
}
