/** A node as the outside sees it: the fields of the JSON output without the children. Names are not sanitised. */
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
}

/** All that a view needs to know of a tree. Nodes are non-negative integers; children come in display order. */
export interface Tree {
  readonly root: number;
  /** Where the traced program searched modules: files below an entry are shown as modules. */
  readonly searchPath?: readonly string[];
  getChildren(node: number): readonly number[];
  getNode(node: number): CallNode;
}
