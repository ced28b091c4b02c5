import {Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth, sliceCells} from '../src/format/cells.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {type CrumbLine, selectCrumbs} from '../src/store/crumb-line.js';
import type {Theme} from '../src/style/theme.js';

export interface CrumbsProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly theme: Theme;
}

/** The steps of the view, and how much they keep of what: `peak › through numpy     412.000MB of 1.234GB (33.40 %)`. */
export function Crumbs({store, width, theme}: CrumbsProps) {
  const line = useTreeState(store, selectCrumbs);
  return <Text wrap="truncate">{line === null ? ' ' : formatLine(line, width, theme)}</Text>;
}

/** The amount is always whole; of long crumbs the last ones are in sight. */
function formatLine({crumbs, amount}: CrumbLine, width: number, {glyphs, paint}: Theme): Safe {
  const separator = trusted(` ${glyphs.crumb} `);
  const text = trusted(crumbs.join(separator));
  const room = Math.max(0, width - cellWidth(amount) - 2);
  const cells = cellWidth(text);
  const isCut = cells > room;
  const shown = isCut
    ? joinSafe(
        trusted(glyphs.ellipsis),
        sliceCells(text, cells - room + cellWidth(trusted(glyphs.ellipsis)), cells),
      )
    : text;
  const gap = trusted(' '.repeat(Math.max(1, width - cellWidth(shown) - cellWidth(amount))));
  return joinSafe(paint('focus', shown), gap, paint('quiet', amount));
}
