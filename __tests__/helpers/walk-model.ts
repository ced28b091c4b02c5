import {
  formatNames,
  formatNumbers,
  type GoldenNode,
  type GoldenTree,
  getSearchTexts,
} from './shown-golden.js';

/** A node as it is displayed: nodes of the same frame that came together are one. */
interface ShownNode {
  readonly origins: readonly GoldenNode[];
  readonly parent: ShownNode | null;
  readonly bytes: number;
  children: readonly ShownNode[];
}

/** A row as it has to be on the screen, whole, however narrow the pane is. */
export interface ModelRow {
  readonly numbers: string;
  readonly guides: string;
  readonly names: string;
  readonly isMatch: boolean;
}

/** How far the page keys go, in rows. */
export interface PageSizes {
  readonly page: number;
  readonly halfPage: number;
}

/**
 * What the tree shows after a number of keys, derived from memray's own tree: slow, and as simple as the
 * rules are.
 */
export class WalkModel {
  readonly #golden: GoldenTree;
  readonly #pages: PageSizes;
  #hidesImports = false;
  #hidesUninteresting = true;
  #root: ShownNode;
  /** Nodes of the golden. */
  readonly #open = new Set<GoldenNode>();
  #cursor: GoldenNode;
  #query = '';

  constructor(golden: GoldenTree, pages: PageSizes) {
    this.#golden = golden;
    this.#pages = pages;
    this.#cursor = golden.root;
    this.#root = this.#show([golden.root], null);
    for (let node: ShownNode | undefined = this.#root; node; node = node.children[0])
      this.#setOpen(node, true);
  }

  get cursorRow(): number {
    return this.#getVisible().indexOf(this.#selected);
  }

  getRows(): ModelRow[] {
    return this.#getVisible().map(node => ({
      numbers: formatNumbers(node.bytes, this.#golden),
      guides: this.#drawGuides(node),
      names: formatNames(node.origins[0]!, node.children.length === 0, this.#golden),
      isMatch: this.#isMatch(node),
    }));
  }

  /** The functions that a search may be for. */
  getFunctions(): string[] {
    return listAll(this.#root).flatMap(node => node.origins[0]!.function ?? []);
  }

  search(query: string): void {
    this.#query = query;
    this.#goToMatch(0);
  }

  press(key: string): void {
    const node = this.#selected;
    switch (key) {
      case 'up':
      case 'k':
        this.#moveBy(-1);
        break;
      case 'down':
      case 'j':
        this.#moveBy(1);
        break;
      case 'pageup':
        this.#moveBy(-this.#pages.page);
        break;
      case 'pagedown':
        this.#moveBy(this.#pages.page);
        break;
      case 'ctrl-u':
        this.#moveBy(-this.#pages.halfPage);
        break;
      case 'ctrl-d':
        this.#moveBy(this.#pages.halfPage);
        break;
      case 'home':
      case 'g':
        this.#moveBy(-Infinity);
        break;
      case 'end':
      case 'G':
        this.#moveBy(Infinity);
        break;
      case 'shift-left':
        this.#select(node.parent);
        break;
      case 'shift-up':
        this.#select(this.#getSibling(node, -1));
        break;
      case 'shift-down':
        this.#select(this.#getSibling(node, 1));
        break;
      case 'left':
      case 'h':
        if (this.#isUnfolded(node)) this.#setOpen(node, false);
        else this.#select(node.parent);
        break;
      case 'right':
      case 'l':
        if (this.#isUnfolded(node)) this.#select(node.children[0]);
        else if (node.children.length > 0) this.#setOpen(node, true);
        break;
      case 'enter':
      case 'space':
        if (node.children.length > 0) this.#setOpen(node, !this.#isUnfolded(node));
        break;
      case 'e':
        this.#openChain(node);
        break;
      case 'E':
        for (const below of listAll(node)) this.#setOpen(below, true);
        break;
      case 'C':
        this.#open.clear();
        this.#select(this.#root);
        break;
      case 'i':
      case 'u':
        this.#switchFilter(key);
        break;
      case 'n':
        this.#goToMatch(1);
        break;
      case 'N':
        this.#goToMatch(-1);
        break;
      case 'escape':
        this.#query = '';
        break;
      default:
        throw new Error(`the model knows no key ${key}`);
    }
  }

  get #selected(): ShownNode {
    return listAll(this.#root).find(node => node.origins.includes(this.#cursor))!;
  }

  /** What stands for some golden nodes: hidden children left out, lifted ones replaced by their own. */
  #show(origins: readonly GoldenNode[], parent: ShownNode | null): ShownNode {
    const bytes = origins.reduce((sum, origin) => sum + origin.bytes, 0);
    const node: ShownNode = {origins, parent, bytes, children: []};
    const sameFrame = new Map<string, GoldenNode[]>();
    for (const child of origins.flatMap(origin => this.#getShownChildren(origin))) {
      const key = JSON.stringify([child.function, child.file, child.line]);
      sameFrame.set(key, [...(sameFrame.get(key) ?? []), child]);
    }
    const children = [...sameFrame.values()].map(merged => this.#show(merged, node));
    node.children = children.sort((a, b) => b.bytes - a.bytes);
    return node;
  }

  #getShownChildren(node: GoldenNode): readonly GoldenNode[] {
    return node.children.flatMap(child => {
      if (this.#hidesImports && child.importSystem) return [];
      return this.#hidesUninteresting && !child.interesting ? this.#getShownChildren(child) : [child];
    });
  }

  #switchFilter(key: 'i' | 'u'): void {
    const wasShown = new Set(listAll(this.#root).flatMap(node => node.origins));
    if (key === 'i') this.#hidesImports = !this.#hidesImports;
    else this.#hidesUninteresting = !this.#hidesUninteresting;
    this.#root = this.#show([this.#golden.root], null);
    const all = listAll(this.#root);
    if (!all.some(node => node.origins.includes(this.#cursor))) {
      // The nearest ancestor that is left.
      const isLeft = new Set(all.flatMap(node => node.origins));
      this.#cursor = getAncestors(this.#golden.root, this.#cursor).findLast(node => isLeft.has(node))!;
    }
    // What appears above an open node or the cursor is open.
    const isHolding = (node: ShownNode) =>
      listAll(node).some(below => this.#isOpen(below) || below.origins.includes(this.#cursor));
    const appeared = all.filter(
      node => !node.origins.some(origin => wasShown.has(origin)) && isHolding(node),
    );
    for (const node of appeared) this.#setOpen(node, true);
  }

  #isOpen(node: ShownNode): boolean {
    return node.origins.some(origin => this.#open.has(origin));
  }

  #isUnfolded(node: ShownNode): boolean {
    return this.#isOpen(node) && node.children.length > 0;
  }

  #setOpen(node: ShownNode, isOpen: boolean): void {
    for (const origin of node.origins) {
      if (isOpen) this.#open.add(origin);
      else this.#open.delete(origin);
    }
  }

  #openChain(start: ShownNode): void {
    let node = start;
    this.#setOpen(node, true);
    while (node.children.length === 1) {
      node = node.children[0]!;
      this.#setOpen(node, true);
    }
  }

  #getVisible(node: ShownNode = this.#root): ShownNode[] {
    return [node, ...(this.#isOpen(node) ? node.children.flatMap(child => this.#getVisible(child)) : [])];
  }

  #select(node: ShownNode | null | undefined): void {
    if (node && node !== this.#selected) this.#cursor = node.origins[0]!;
  }

  #moveBy(rows: number): void {
    const visible = this.#getVisible();
    this.#select(visible[Math.max(0, Math.min(visible.length - 1, this.cursorRow + rows))]);
  }

  #getSibling({parent, ...node}: ShownNode, step: number): ShownNode | undefined {
    const siblings = parent?.children ?? [];
    return siblings[siblings.findIndex(sibling => sibling.origins === node.origins) + step];
  }

  #isMatch(node: ShownNode): boolean {
    if (this.#query === '') return false;
    const isExact = /\p{Lu}/u.test(this.#query);
    return getSearchTexts(node.origins[0]!, this.#golden).some(text =>
      (isExact ? text : text.toLowerCase()).includes(this.#query),
    );
  }

  /**
   * To the first match from the cursor on (0), or the one after (1) or before it (−1), from the other end if
   * need be.
   */
  #goToMatch(step: -1 | 0 | 1): void {
    const all = listAll(this.#root);
    const from = all.indexOf(this.#selected);
    const matches = all.filter(node => this.#isMatch(node));
    const match =
      step < 0
        ? (matches.findLast(node => all.indexOf(node) < from) ?? matches.at(-1))
        : (matches.find(node => all.indexOf(node) >= from + step) ?? matches[0]);
    if (match === undefined) return;
    this.#select(match);
    for (let node = match.parent; node; node = node.parent) this.#setOpen(node, true);
  }

  #drawGuides(node: ShownNode): string {
    const fold = node.children.length === 0 ? '─' : this.#isOpen(node) ? '▾' : '▸';
    if (node.parent === null) return `${fold} `;
    const chainFold = fold === '▸' ? '▸' : ' ';
    const isOnly = (child: ShownNode) => child.parent?.children.length === 1;
    const isLast = (child: ShownNode) => this.#getSibling(child, 1) === undefined;
    // The nodes that rows are indented for: those with siblings.
    const branches: ShownNode[] = [];
    for (let up = node; up.parent; up = up.parent) if (!isOnly(up)) branches.unshift(up);
    const own = branches.pop();
    if (own === undefined) return `╰${chainFold}`;
    const outer = branches.map(branch => (isLast(branch) ? '  ' : '│ ')).join('');
    if (isOnly(node)) return `${outer}${isLast(own) ? ' ' : '│'}╰${chainFold}`;
    return `${outer}${isLast(node) ? '└' : '├'}${fold} `;
  }
}

function listAll(node: ShownNode): ShownNode[] {
  return [node, ...node.children.flatMap(listAll)];
}

/** The nodes from the root down to a node, which is not among them. */
function getAncestors(root: GoldenNode, node: GoldenNode): GoldenNode[] {
  if (root === node) return [];
  const onTheWay = root.children.find(child => child === node || contains(child, node));
  return onTheWay === undefined ? [] : [root, ...getAncestors(onTheWay, node)];
}

function contains(root: GoldenNode, node: GoldenNode): boolean {
  return root.children.some(child => child === node || contains(child, node));
}
