/**
 * A node as the outside sees it: the fields of the JSON output without the children. Names are not sanitised.
 */
export interface CallNode {
  /** Null for the elided node, as `file` and `line`. */
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly bytes: number;
  readonly allocations: number;
  readonly selfBytes: number;
  readonly selfAllocations: number;
  /** Labels of all threads that went through the node, by bytes, descending, then by label. */
  readonly threads: readonly string[];
  readonly importSystem: boolean;
  readonly interesting: boolean;
  /** Set on the node that stands for everything below the cut. */
  readonly elided?: true;
  /** Set on nodes of native frames: the file that was loaded, null where several met. */
  readonly image?: string | null;
  /** Of a row of places: memray's name in lower case. */
  readonly allocator?: string;
}

/** What a node may say besides its name and its value. All of it can be left out. */
export interface NodeDetails {
  /** Shown after the name, with the line: `src/app.py:12`. */
  readonly file?: string | null | undefined;
  /** A whole number from 1 on; 0 or nothing where there is none. */
  readonly line?: number | null | undefined;
  /** The part of the value that is in no child. */
  readonly selfValue?: number | undefined;
  /** Allocations, where the tree is about memory. */
  readonly allocations?: number | undefined;
  readonly selfAllocations?: number | undefined;
  readonly threads?: readonly string[] | undefined;
  /** True: hidden while the import system is hidden, with all below it. */
  readonly importSystem?: boolean | undefined;
  /** False: hidden unless uninteresting nodes are shown; its children move up. */
  readonly interesting?: boolean | undefined;
}

/** A node of a tree that is about anything: files and their sizes, functions and their times. */
export interface NamedNode extends NodeDetails {
  /** Any text. What a terminal could take for something else is made visible. */
  readonly name: string;
  /**
   * The finite number that the tree is about, of this node and all below it. A row shows its share of the
   * root's.
   */
  readonly value: number;
}

/** A tree of objects: a node that holds its children, in display order. Objects may have any other fields. */
export interface TreeNode extends NamedNode {
  readonly children?: readonly TreeNode[] | null | undefined;
}

/** A tree given by two functions. Nodes are non-negative integers; children come in display order. */
export interface Tree<Node extends CallNode | NamedNode = CallNode> {
  readonly root: number;
  /** Where the traced program searched modules: files below an entry are shown as modules. */
  readonly searchPath?: readonly string[];
  getChildren(node: number): readonly number[];
  getNode(node: number): Node;
}

/** Every form in which a tree can be handed over. */
export type AnyTree = Tree<CallNode | NamedNode> | TreeNode;

/**
 * The type of the nodes of a tree, as callbacks get them. Where the children are of another type than their
 * parent (in a tree that is written out), a node may or may not have the own fields of both.
 */
export type NodeOf<T> =
  T extends Tree<infer Node>
    ? Node
    : T extends {readonly children?: readonly T[] | null | undefined}
      ? T
      : TreeNode & OwnFields<T> & OwnFields<ChildOf<T>>;

type OwnFields<T> = Partial<Omit<T, keyof TreeNode>>;

type ChildOf<T> = T extends {readonly children?: readonly (infer Child)[] | null | undefined}
  ? Child
  : unknown;
