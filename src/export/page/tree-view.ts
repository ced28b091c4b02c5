import {formatBytes, formatPercent} from '../../format/numbers.js';
import type {CallTree} from '../../tree/call-tree.js';
import {type ChangeText, describeChange} from '../change-text.js';
import {POOL_MARK} from '../pool-mark.js';
import {labelSpread, type SpreadLabel} from '../spread-label.js';
import {createElement, createScheduler, openPane} from './elements.js';
import type {PageState} from './page-state.js';

const ROW_HEIGHT = 20;
/** Rows that are drawn above and below those in sight. */
const MORE_ROWS = 50;
/** Levels beyond this one are not indented any more. */
const MAX_INDENT = 60;
const INDENT = 16;
const PAGE = 20;

/** Draws the rows of the tree that are in sight in a pane. */
export class TreeView {
  readonly #pane: HTMLElement;
  readonly #space: HTMLElement;
  readonly #state: PageState;
  readonly #draw = createScheduler(() => this.#drawRows());

  constructor(pane: HTMLElement, state: PageState) {
    this.#pane = pane;
    this.#state = state;
    this.#space = openPane(pane, {
      draw: this.#draw,
      click: event => this.#click(event),
      press: event => this.#press(event),
    });
    state.onChange(() => this.#scrollToSelected());
    this.#drawRows();
  }

  #scrollToSelected(): void {
    const top = this.#state.rows.indexOf(this.#state.selected) * ROW_HEIGHT;
    const {scrollTop, clientHeight} = this.#pane;
    if (top < scrollTop) this.#pane.scrollTop = top;
    if (top + ROW_HEIGHT > scrollTop + clientHeight) this.#pane.scrollTop = top + ROW_HEIGHT - clientHeight;
    this.#draw();
  }

  #drawRows(): void {
    const {rows} = this.#state;
    const first = Math.max(0, Math.floor(this.#pane.scrollTop / ROW_HEIGHT) - MORE_ROWS);
    const count = Math.ceil(this.#pane.clientHeight / ROW_HEIGHT) + 2 * MORE_ROWS;
    this.#space.style.height = `${rows.length * ROW_HEIGHT}px`;
    const drawn = [...rows.subarray(first, first + count)].map((node, index) =>
      this.#createRow(node, first + index),
    );
    this.#space.replaceChildren(...drawn);
    this.#pane.setAttribute('aria-activedescendant', `row-${this.#state.selected}`);
  }

  #createRow(node: number, index: number): HTMLElement {
    const {tree, isOpen, isMatch, selected} = this.#state;
    const {name, file, place} = this.#state.getNames(node);
    const row = createElement('div', 'row');
    row.id = `row-${node}`;
    row.classList.toggle('selected', node === selected);
    row.classList.toggle('match', isMatch[node] === 1);
    row.style.top = `${index * ROW_HEIGHT}px`;
    row.title = file;
    row.setAttribute('role', 'treeitem');
    row.setAttribute('aria-level', String(tree.depth[node]! + 1));
    row.setAttribute('aria-selected', String(node === selected));
    const hasChildren = tree.firstChild[node]! >= 0;
    if (hasChildren) row.setAttribute('aria-expanded', String(isOpen[node] === 1));
    const twist = createElement('span', 'twist', hasChildren ? (isOpen[node] === 1 ? '▾' : '▸') : '');
    twist.style.marginLeft = `${Math.min(tree.depth[node]!, MAX_INDENT) * INDENT}px`;
    const change = describeChange(tree, node);
    const spread = labelSpread(tree, node, this.#state.head.captures);
    row.append(
      ...listNumbers(tree, node, change, spread),
      twist,
      createElement('span', 'function', name),
      createElement('span', 'place', place),
    );
    const mark = change?.mark ?? spread?.outliers ?? '';
    if (mark !== '') row.append(createElement('span', 'mark', mark));
    if (this.#state.isPool(node)) row.append(createElement('span', 'pool', POOL_MARK));
    return row;
  }

  #click({target, detail}: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const row = target.closest('.row');
    if (row === null) return;
    const node = Number(row.id.slice('row-'.length));
    const isToggled = target.classList.contains('twist') || detail === 2;
    if (isToggled && this.#state.tree.firstChild[node]! >= 0) {
      this.#state.setOpen(node, this.#state.isOpen[node] !== 1);
    }
    this.#state.select(node);
  }

  #press(event: KeyboardEvent): void {
    const action = this.#getAction(event.key);
    if (action === null) return;
    event.preventDefault();
    action();
  }

  #getAction(key: string): (() => void) | null {
    const state = this.#state;
    const {tree, rows, selected, isOpen} = state;
    const at = rows.indexOf(selected);
    const goTo = (row: number) => () => state.select(rows[Math.max(0, Math.min(row, rows.length - 1))]!);
    const hasChildren = tree.firstChild[selected]! >= 0;
    switch (key) {
      case 'ArrowUp':
        return goTo(at - 1);
      case 'ArrowDown':
        return goTo(at + 1);
      case 'PageUp':
        return goTo(at - PAGE);
      case 'PageDown':
        return goTo(at + PAGE);
      case 'Home':
        return goTo(0);
      case 'End':
        return goTo(rows.length - 1);
      case 'ArrowRight':
        if (!hasChildren) return null;
        return isOpen[selected] === 1 ? goTo(at + 1) : () => state.setOpen(selected, true);
      case 'ArrowLeft':
        if (hasChildren && isOpen[selected] === 1) return () => state.setOpen(selected, false);
        return () => state.select(Math.max(0, tree.prefix[selected]!));
      case 'Enter':
        return () => state.zoom(selected);
      case ' ':
        return hasChildren ? () => state.setOpen(selected, isOpen[selected] !== 1) : null;
      case 'Escape':
        return () => state.zoom(0);
      default:
        return null;
    }
  }
}

/**
 * The cells before the name: size and share, of captures without a base also the least and the greatest size; or the
 * difference, its share of the base, what is compared and the base.
 */
function listNumbers(
  tree: CallTree,
  node: number,
  change: ChangeText | null,
  spread: SpreadLabel | null,
): readonly HTMLElement[] {
  if (change === null) {
    const bytes = tree.bytes[node]!;
    const range = spread === null ? [] : [spread.least, spread.most];
    const texts = [formatBytes(bytes), formatPercent(bytes, tree.bytes[0]!), ...range];
    return texts.map(text => createElement('span', 'number', text));
  }
  const {difference, percent, compared, base, direction} = change;
  return [
    createElement('span', `number ${direction}`, difference),
    ...[percent, compared, base].map(text => createElement('span', 'number', text)),
  ];
}
