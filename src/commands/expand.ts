import {scrollSource} from '../store/source-actions.js';
import {stepInTime, switchRange} from '../store/strip-actions.js';
import {
  closeAll,
  closeOrGoToParent,
  isLeaf,
  isUnfolded,
  openChain,
  openOrGoToChild,
  openSubtree,
  toggle,
} from '../store/tree-actions.js';
import {change, defineCommands, idleOnTree, navigate, onTree} from './define.js';
import {explainNoChildren, explainNoParent} from './idle-moves.js';

const SOURCE_COLUMN_STEP = 8;

export const EXPAND_COMMANDS = defineCommands('Expand and collapse', {
  closeOrGoToParent: {
    keys: ['left', 'h'],
    help: 'collapse; if collapsed, go to the parent',
    run: navigate(closeOrGoToParent),
    inSource: change(state => scrollSource(state, 0, -SOURCE_COLUMN_STEP)),
    inStrip: state => stepInTime(state, -1),
    idle: idleOnTree(state => (isUnfolded(state, state.cursorNode) ? null : explainNoParent(state))),
  },
  openOrGoToChild: {
    keys: ['right', 'l'],
    help: 'expand; if expanded, go to the first child',
    run: navigate(openOrGoToChild),
    inSource: change(state => scrollSource(state, 0, SOURCE_COLUMN_STEP)),
    inStrip: state => stepInTime(state, 1),
    idle: idleOnTree(explainNoChildren),
  },
  toggle: {
    keys: ['enter', 'space'],
    help: 'expand or collapse (as a click does)',
    hint: {
      texts: ['Expand', 'Collapse'],
      rank: onTree(12, state => !isLeaf(state, state.cursorNode)),
      variant: state => (isUnfolded(state, state.cursorNode) ? 1 : 0),
    },
    run: navigate(state => toggle(state, state.cursorNode)),
    inStrip: switchRange,
    idle: idleOnTree(explainNoChildren),
  },
  openChain: {
    keys: ['e'],
    help: 'expand the chain of only children',
    hint: {texts: ['Expand chain'], rank: onTree(13, state => !isLeaf(state, state.cursorNode))},
    run: navigate(openChain),
    idle: idleOnTree(explainNoChildren),
  },
  openSubtree: {
    keys: ['E'],
    help: 'expand the whole subtree',
    run: navigate(openSubtree),
    idle: idleOnTree(explainNoChildren),
  },
  closeAll: {keys: ['C'], help: 'collapse everything', run: navigate(closeAll)},
});
