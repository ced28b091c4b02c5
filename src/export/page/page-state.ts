import type {CallTree} from '../../tree/call-tree.js';
import {getDifference} from '../../tree/compared-nodes.js';
import {filterCallTree, NO_FILTERS} from '../../tree/filter.js';
import {createTextMatcher} from '../../tree/search.js';
import {computeVisibleRows, listDisplayOrder} from '../../tree/visible-rows.js';
import {formatPlace, getFrameNames} from '../frame-names.js';
import {isPoolRow} from '../pool-mark.js';
import type {PageExcerpt, PageHead} from '../tree-bytes.js';
import type {DecodedTree} from './decode-tree.js';

/** What a row or a bar is called. */
export interface NodeNames {
  readonly name: string;
  readonly file: string;
  /** `module:line`, or the module alone; empty where there is none. */
  readonly place: string;
}

/** What is shown of a tree, and what the user has chosen. Views listen to it and draw it. */
export class PageState {
  readonly head: PageHead;
  readonly #base: CallTree;
  readonly #excerpts: ReadonlyMap<number, PageExcerpt>;
  readonly #listeners: (() => void)[] = [];
  tree: CallTree;
  isOpen: Uint8Array;
  /** The nodes of the rows of the tree. */
  rows: Int32Array;
  selected = 0;
  /** The node that fills the flame graph. */
  zoomed = 0;
  /** Of the root and what is right below it, with either sign: other nodes are coloured in proportion to it. */
  greatestDifference = 0;
  /** The widths of the flame graph are what the base holds. */
  hasBaseWidths = false;
  hidesUninteresting = true;
  #searched = '';
  isMatch: Uint8Array;
  /** The nodes that match, from top to bottom. */
  matches: readonly number[] = [];

  constructor({head, tree}: DecodedTree) {
    this.head = head;
    this.#base = tree;
    this.#excerpts = new Map(head.excerpts);
    this.tree = tree;
    this.isOpen = new Uint8Array(0);
    this.rows = new Int32Array(0);
    this.isMatch = new Uint8Array(0);
    this.#showTree();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  setHidesUninteresting(hides: boolean): void {
    this.hidesUninteresting = hides;
    this.#showTree();
    this.#notify();
  }

  setBaseWidths(isOn: boolean): void {
    this.hasBaseWidths = isOn;
    this.#notify();
  }

  /** What the widths of the flame graph are. */
  get widths(): Float64Array {
    const base = this.tree.compared?.base;
    return this.hasBaseWidths && base != null ? base.bytes : this.tree.bytes;
  }

  /** Selects a node; the nodes above it are expanded. */
  select(node: number): void {
    this.selected = node;
    for (let at = this.tree.prefix[node]!; at >= 0; at = this.tree.prefix[at]!) this.isOpen[at] = 1;
    this.#listRows();
    this.#notify();
  }

  setOpen(node: number, isOpen: boolean): void {
    this.isOpen[node] = isOpen ? 1 : 0;
    if (!isOpen && this.#isBelow(this.selected, node)) this.selected = node;
    this.#listRows();
    this.#notify();
  }

  zoom(node: number): void {
    this.zoomed = node;
    this.select(node);
  }

  search(text: string): void {
    this.#searched = text;
    this.#findMatches();
    const first = this.matches.find(node => node === this.selected) ?? this.matches[0];
    if (first !== undefined) this.select(first);
    else this.#notify();
  }

  /** Goes to the next match, or with −1 to the one before; around the end. */
  goToMatch(step: 1 | -1): void {
    const count = this.matches.length;
    if (count === 0) return;
    const at = this.matches.indexOf(this.selected);
    this.select(this.matches[(at + step + count) % count]!);
  }

  getNames(node: number): NodeNames {
    const frame = this.tree.frame[node]!;
    if (frame < 0) return {name: this.tree.rootName, file: '', place: ''};
    const names = getFrameNames(this.tree, frame);
    const {name, file, line} = names;
    const module = this.head.modules[this.tree.frames.file[frame]!]!;
    return {name, file: line === 0 ? file : `${file}:${line}`, place: formatPlace(names, module)};
  }

  isPool(node: number): boolean {
    return isPoolRow(this.tree, node, this.head.arenaBytes);
  }

  /** The source around the line of a node; null where the page has none. */
  getExcerpt(node: number): PageExcerpt | null {
    return this.#excerpts.get(this.tree.frame[node]!) ?? null;
  }

  #showTree(): void {
    this.tree = filterCallTree(this.#base, {...NO_FILTERS, hideUninteresting: this.hidesUninteresting}).tree;
    this.greatestDifference = [0, ...this.tree.getChildren(0)].reduce(
      (most, node) => Math.max(most, Math.abs(getDifference(this.tree, node))),
      0,
    );
    this.isOpen = new Uint8Array(this.tree.length);
    for (let node = 0; node >= 0; node = this.tree.firstChild[node]!) this.isOpen[node] = 1;
    this.selected = 0;
    this.zoomed = 0;
    this.#listRows();
    this.#findMatches();
  }

  #findMatches(): void {
    const {length, frame, frames, strings} = this.tree;
    this.isMatch = new Uint8Array(length);
    this.matches = [];
    if (this.#searched === '') return;
    const matches = createTextMatcher(this.#searched);
    const isFound = strings.map((text, id) => matches(text) || matches(this.head.modules[id]!));
    const found: number[] = [];
    for (const node of listDisplayOrder(this.tree)) {
      const at = frame[node]!;
      if (at < 0 || !(isFound[frames.function[at]!] || isFound[frames.file[at]!])) continue;
      this.isMatch[node] = 1;
      found.push(node);
    }
    this.matches = found;
  }

  #isBelow(node: number, above: number): boolean {
    let at = node;
    while (at > above) at = this.tree.prefix[at]!;
    return at === above;
  }

  #listRows(): void {
    this.rows = computeVisibleRows(this.tree, this.isOpen);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
