import {isObject, wrongType} from '../base/check.js';
import {readTexts} from './read-node.js';
import type {AnyTree} from './tree-interface.js';

/**
 * A node whose children are being read. A key is what the tree itself has for a node: a number, or the node.
 */
export interface Level {
  readonly key: unknown;
  readonly node: number;
  readonly children: readonly unknown[];
  /** How many of the children have been read. */
  next: number;
}

/** A tree from outside, of which nothing is known yet. */
export interface TreeSource {
  readonly root: unknown;
  /** Whether nodes of the same function, file and line are calls of one frame, which filters may merge. */
  readonly hasFrames: boolean;
  /** Throws a TypeError where the tree cannot have such a node. `getPath`: what to call it in a message. */
  checkKey(key: unknown, getPath: () => string): void;
  /** The node as the tree gives it. */
  getItem(key: unknown): unknown;
  getChildren(key: unknown): unknown;
  /** What a node below the given ones is called in a message: `tree.children[3]`. */
  getPath(levels: readonly Level[], key: unknown): string;
  getChildrenPath(levels: readonly Level[], key: unknown): string;
}

export function openTree(tree: AnyTree): TreeSource {
  if (!isObject(tree)) throw wrongType('tree', 'an object', tree);
  const isNumbered = 'root' in tree || 'getNode' in tree || 'getChildren' in tree;
  return isNumbered ? openNumbered(tree) : openNested(tree);
}

/** Where the program of a tree searched modules. */
export function readSearchPath(tree: AnyTree): readonly string[] {
  if (!isObject(tree)) throw wrongType('tree', 'an object', tree);
  const searchPath = 'searchPath' in tree ? tree.searchPath : undefined;
  return readTexts(searchPath ?? [], () => 'tree.searchPath');
}

function openNested(root: unknown): TreeSource {
  const getPath = (levels: readonly Level[]): string => `tree${formatSteps(levels)}`;
  return {
    root,
    hasFrames: false,
    // What it has to be is checked where it is read.
    checkKey: () => {},
    getItem: key => key,
    getChildren: key => (isObject(key) ? key.children : undefined),
    getPath,
    getChildrenPath: levels => `${getPath(levels)}.children`,
  };
}

/** `.children[3].children[0]`; of a deep node the first and the last steps. */
function formatSteps(levels: readonly Level[]): string {
  const format = (some: readonly Level[]): string => some.map(({next}) => `.children[${next - 1}]`).join('');
  return levels.length > 8 ? `${format(levels.slice(0, 4))}…${format(levels.slice(-4))}` : format(levels);
}

function openNumbered(tree: Readonly<Record<string, unknown>>): TreeSource {
  const {root, getNode, getChildren} = tree;
  if (typeof getNode !== 'function') throw wrongType('tree.getNode', 'a function', getNode);
  if (typeof getChildren !== 'function') throw wrongType('tree.getChildren', 'a function', getChildren);
  const getPath = (levels: readonly Level[], key: unknown): string => {
    if (Number.isInteger(key)) return `tree.getNode(${key})`;
    const parent = levels.at(-1);
    return parent === undefined ? 'tree.root' : `tree.getChildren(${parent.key})[${parent.next - 1}]`;
  };
  return {
    root,
    hasFrames: true,
    checkKey(key, getKeyPath) {
      if (!Number.isInteger(key)) throw wrongType(getKeyPath(), 'the number of a node', key);
    },
    getItem: key => getNode.call(tree, key),
    getChildren: key => getChildren.call(tree, key),
    getPath,
    getChildrenPath: (_, key) => `tree.getChildren(${key})`,
  };
}
