import {pageHelp, scrollHelp} from '../store/help-actions.js';
import {pageSheet, scrollSheet} from '../store/sheet-actions.js';
import {scrollSource} from '../store/source-actions.js';
import {extendRange, goToEnd} from '../store/strip-actions.js';
import {
  getHalfPageRows,
  getPageRows,
  goToNextSibling,
  goToParent,
  goToPreviousSibling,
  moveBy,
  moveToRow,
} from '../store/tree-actions.js';
import {change, defineCommands, idleOnTree, navigate} from './define.js';
import {explainNoNextSibling, explainNoParent, explainNoPreviousSibling} from './idle-moves.js';

/** The keys of the tree scroll the source while it has the focus; the store keeps the rows within the file. */
export const MOVE_COMMANDS = defineCommands('Move', {
  moveUp: {
    keys: ['up', 'k'],
    help: 'move one row up',
    run: navigate(state => moveBy(state, -1)),
    inSource: change(state => scrollSource(state, -1)),
    inHelp: change(state => scrollHelp(state, -1)),
    inSheet: change(state => scrollSheet(state, -1)),
  },
  moveDown: {
    keys: ['down', 'j'],
    help: 'move one row down',
    run: navigate(state => moveBy(state, 1)),
    inSource: change(state => scrollSource(state, 1)),
    inHelp: change(state => scrollHelp(state, 1)),
    inSheet: change(state => scrollSheet(state, 1)),
  },
  goToParent: {
    keys: ['shift+left'],
    help: 'go to the parent',
    run: navigate(goToParent),
    inStrip: state => extendRange(state, -1),
    idle: idleOnTree(explainNoParent),
  },
  goToPreviousSibling: {
    keys: ['shift+up'],
    help: 'go to the previous sibling',
    run: navigate(goToPreviousSibling),
    idle: idleOnTree(explainNoPreviousSibling),
  },
  goToNextSibling: {
    keys: ['shift+down'],
    help: 'go to the next sibling',
    run: navigate(goToNextSibling),
    idle: idleOnTree(explainNoNextSibling),
  },
  pageUp: {
    keys: ['pageup'],
    help: 'move one page up',
    run: navigate(state => moveBy(state, -getPageRows(state))),
    inSource: change(state => scrollSource(state, -getPageRows(state))),
    inHelp: change(state => pageHelp(state, -1)),
    inSheet: change(state => pageSheet(state, -1)),
  },
  pageDown: {
    keys: ['pagedown'],
    help: 'move one page down',
    run: navigate(state => moveBy(state, getPageRows(state))),
    inSource: change(state => scrollSource(state, getPageRows(state))),
    inHelp: change(state => pageHelp(state, 1)),
    inSheet: change(state => pageSheet(state, 1)),
  },
  halfPageUp: {
    keys: ['ctrl+u'],
    help: 'move half a page up',
    run: navigate(state => moveBy(state, -getHalfPageRows(state))),
    inSource: change(state => scrollSource(state, -getHalfPageRows(state))),
    inHelp: change(state => pageHelp(state, -1 / 2)),
    inSheet: change(state => pageSheet(state, -1 / 2)),
  },
  halfPageDown: {
    keys: ['ctrl+d'],
    help: 'move half a page down',
    run: navigate(state => moveBy(state, getHalfPageRows(state))),
    inSource: change(state => scrollSource(state, getHalfPageRows(state))),
    inHelp: change(state => pageHelp(state, 1 / 2)),
    inSheet: change(state => pageSheet(state, 1 / 2)),
  },
  goToFirst: {
    keys: ['home', 'g'],
    help: 'go to the first row',
    run: navigate(state => moveToRow(state, 0)),
    inSource: change(({source}) => ({source: {...source, row: -Infinity}})),
    inStrip: state => goToEnd(state, 'first'),
    inHelp: change(state => scrollHelp(state, -Infinity)),
    inSheet: change(state => scrollSheet(state, -Infinity)),
  },
  goToLast: {
    keys: ['end', 'G'],
    help: 'go to the last row',
    run: navigate(state => moveToRow(state, state.rows.length - 1)),
    inSource: change(({source}) => ({source: {...source, row: Infinity}})),
    inStrip: state => goToEnd(state, 'last'),
    inHelp: change(state => scrollHelp(state, Infinity)),
    inSheet: change(state => scrollSheet(state, Infinity)),
  },
});
