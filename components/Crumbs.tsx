import {Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {layOutCrumbs} from '../src/store/crumb-layout.js';
import {type Crumb, type CrumbLine, selectCrumbs} from '../src/store/crumb-line.js';
import type {Role, Theme} from '../src/style/theme.js';

export interface CrumbsProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly theme: Theme;
}

/** The steps of the view, and how much they keep of what: `peak › through numpy     412.000MB of 1.234GB (33.40 %)`. */
export function Crumbs({store, width, theme}: CrumbsProps) {
  const line = useTreeState(store, selectCrumbs);
  const selected = useTreeState(store, state => state.crumb);
  return <Text wrap="truncate">{line === null ? ' ' : formatLine(line, selected, width, theme)}</Text>;
}

const ROLES = {applied: 'focus', idle: 'struck', awaited: 'quiet'} as const satisfies Record<
  Crumb['state'],
  Role
>;

function formatLine(line: CrumbLine, selected: number | null, width: number, {glyphs, paint}: Theme): Safe {
  const {pieces, gap, amount} = layOutCrumbs(line, selected, width, glyphs);
  const painted = pieces.map(({text, crumb}) => {
    const role = ROLES[line.crumbs[crumb]?.state ?? 'applied'];
    return crumb === selected ? paint(role, text, 'selected') : paint(role, text);
  });
  return joinSafe(...painted, trusted(' '.repeat(gap)), paint('quiet', amount));
}
