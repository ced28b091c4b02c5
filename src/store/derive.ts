import type {CallTree} from '../tree/call-tree.js';
import {type FilteredTree, filterCallTree, NO_FILTERS, type TreeFilters} from '../tree/filter.js';
import {isWhole} from '../tree/growth.js';
import {computeIndents} from '../tree/indent.js';
import {computeVisibleRows, listDisplayOrder} from '../tree/visible-rows.js';
import {hasCrumbs} from './crumb-line.js';
import {countKeyRows} from './key-note.js';
import {listMenuItems, type MenuItem} from './menu.js';
import {getWaitingFor, lacksLocations, listShownRemarks} from './notices.js';
import {computeScreenLayout, type ScreenLayout} from './screen-layout.js';
import {findMatches, getSearchNaming} from './search-term.js';
import {isSameSheet, layOutSheet} from './sheet.js';
import {getHeldBackFile} from './source-pane/source-notes.js';
import type {Derived, Matches, StoredState, TreeState} from './state.js';
import {isStripShown} from './strip-layout.js';
import {hasHeadings} from './table-heading.js';
import type {PaneSize} from './ui-state.js';

const NO_MATCHES: Matches = {
  nodes: new Int32Array(0),
  isMatch: new Uint8Array(0),
  preorderIndex: new Int32Array(0),
  isPartial: false,
  error: null,
};

/**
 * Derives what follows from the parts of a state, and keeps each part of `previous` whose inputs did not change:
 * moving the cursor costs the same in a tree of a hundred rows and in one of a hundred thousand.
 * @param known the filtered tree of this state, if the caller has it
 */
export function derive(stored: StoredState, previous: TreeState | null, known?: FilteredTree): Derived {
  const {base, isOpen, cursor, search} = stored;
  const filters = getTreeFilters(stored);
  const isSameTree = previous !== null && previous.base === base && getTreeFilters(previous) === filters;
  const filtered = isSameTree ? previous.filtered : (known ?? filterCallTree(base, filters));
  const indents = isSameTree ? previous.indents : computeIndents(filtered.tree);
  const isSameOpen = isSameTree && previous.isOpen === isOpen;
  const {isFilteredOpen, rows, rowOf} = isSameOpen ? previous : deriveRows(base, filtered, isOpen);
  const isSameSearch =
    isSameTree && previous.search.query === search.query && previous.hasRegexEngine === stored.hasRegexEngine;
  const matches = isSameSearch ? previous.matches : deriveMatches(filtered.tree, stored);
  const cursorNode = findVisibleNode(base, filtered, rowOf, cursor);
  const cursorRow = rowOf[cursorNode]!;
  const screen = deriveScreen(stored, previous);
  const heldBackFile = getHeldBackFile(stored.excerpt);
  const tree = {filtered, indents, isFilteredOpen, rows, rowOf, cursorNode, cursorRow, matches};
  const derived = {...tree, heldBackFile, ...screen};
  const state = {...stored, ...derived, menuItems: NO_ITEMS, sheet: null};
  return {...derived, menuItems: deriveMenuItems(state, previous), sheet: deriveSheet(state, previous)};
}

function deriveSheet(state: TreeState, previous: TreeState | null): Derived['sheet'] {
  return previous !== null && isSameSheet(state, previous) ? previous.sheet : layOutSheet(state);
}

const NO_ITEMS: readonly MenuItem[] = [];

function deriveMenuItems(state: TreeState, previous: TreeState | null): readonly MenuItem[] {
  const {menu, shown, cursorNode} = state;
  if (menu === null) return NO_ITEMS;
  const isSame =
    previous?.menu?.text === menu.text &&
    previous.menu.kind === menu.kind &&
    previous.menu.marked === menu.marked &&
    previous.shown === shown &&
    previous.hasRegexEngine === state.hasRegexEngine &&
    previous.cursorNode === cursorNode;
  return isSame ? previous.menuItems : listMenuItems(state, menu);
}

/** The filters that are still to be applied to the base tree. */
export function getTreeFilters({filters, shown}: Pick<TreeState, 'filters' | 'shown'>): TreeFilters {
  return shown?.hasFilters ? NO_FILTERS : filters;
}

function deriveScreen(state: StoredState, previous: TreeState | null): Pick<Derived, 'layout' | 'viewport'> {
  const {screen, focus, capture, failure, name, save, remarks, replaced, hostPane} = state;
  const isSame =
    previous !== null &&
    previous.screen === screen &&
    previous.focus === focus &&
    previous.capture === capture &&
    previous.failure === failure &&
    previous.name === name &&
    previous.save === save &&
    previous.remarks === remarks &&
    previous.replaced === replaced &&
    previous.hostPane === hostPane &&
    hasCrumbs(previous) === hasCrumbs(state) &&
    lacksLocations(previous) === lacksLocations(state) &&
    listShownRemarks(previous).join() === listShownRemarks(state).join() &&
    hasHeadings(previous) === hasHeadings(state) &&
    isStripShown(previous) === isStripShown(state) &&
    countKeyRows(previous, screen) === countKeyRows(state, screen) &&
    getWaitingFor(previous) === getWaitingFor(state);
  if (isSame) return {layout: previous.layout, viewport: previous.viewport};
  const isKnown = screen.columns > 0 && screen.rows > 0;
  const layout = isKnown ? computeScreenLayout(state, screen.columns, screen.rows) : null;
  return {layout, viewport: hostPane ?? getViewport(layout)};
}

/**
 * The pane of the tree; where the source has the whole screen, that of the source, as the same keys move in
 * it.
 */
function getViewport(layout: ScreenLayout | null): PaneSize {
  const {width, height} = layout?.tree ?? layout?.source ?? {width: 0, height: 0};
  return {width, height};
}

function deriveRows(
  base: CallTree,
  filtered: FilteredTree,
  isOpen: Uint8Array,
): Pick<Derived, 'isFilteredOpen' | 'rows' | 'rowOf'> {
  const {tree} = filtered;
  // Without filters the nodes are the same.
  const isFilteredOpen = tree === base ? isOpen : toFiltered(filtered, isOpen);
  const rows = computeVisibleRows(tree, isFilteredOpen);
  return {isFilteredOpen, rows, rowOf: invert(rows, tree.length)};
}

/** A filtered node is open where one of the base nodes merged in it is. */
export function toFiltered(filtered: FilteredTree, isOpen: Uint8Array): Uint8Array {
  const result = new Uint8Array(filtered.tree.length);
  for (let node = 0; node < isOpen.length; node++) {
    const filteredNode = filtered.filteredNodes[node]!;
    if (filteredNode >= 0 && isOpen[node] === 1) {
      result[filteredNode] = 1;
    }
  }
  return result;
}

function invert(nodes: Int32Array, length: number): Int32Array {
  const result = new Int32Array(length).fill(-1);
  for (let index = 0; index < nodes.length; index++) {
    result[nodes[index]!] = index;
  }
  return result;
}

function deriveMatches(tree: CallTree, state: Pick<TreeState, 'search' | 'naming' | 'moduleOf'>): Matches {
  const {query} = state.search;
  if (query === '') return NO_MATCHES;
  const result = findMatches(tree, query, getSearchNaming(state));
  if ('error' in result) return {...NO_MATCHES, error: result.error};
  const {nodes} = result;
  const isMatch = new Uint8Array(tree.length);
  for (const node of nodes) {
    isMatch[node] = 1;
  }
  const preorderIndex = invert(listDisplayOrder(tree), tree.length);
  return {nodes, isMatch, preorderIndex, isPartial: tree.growth !== undefined && !isWhole(tree), error: null};
}

/**
 * The filtered node for a base node: its own, or that of its nearest ancestor with a row; the root at last.
 */
function findVisibleNode(base: CallTree, filtered: FilteredTree, rowOf: Int32Array, node: number): number {
  for (let current = node; current >= 0; current = base.prefix[current]!) {
    const filteredNode = filtered.filteredNodes[current]!;
    if (filteredNode >= 0 && rowOf[filteredNode]! >= 0) return filteredNode;
  }
  return 0;
}
