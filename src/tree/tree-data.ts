import type {Snapshot} from '../heap/snapshot.js';
import type {CallTree} from './call-tree.js';
import {type BuiltTree, buildTreeData, type CallTreeOptions, openBuiltTree} from './from-snapshot.js';
import {setSearchText} from './search.js';
import {createSearchText, type SearchText} from './search-text.js';

/**
 * A call tree and all that takes long to compute for a large one, as plain data: made in the worker, so that
 * the screen only has to open it.
 */
export interface TreeData extends BuiltTree {
  readonly options: CallTreeOptions;
  /** How many locations it was made of. */
  readonly locations: number;
  readonly text: SearchText | null;
}

export function createTreeData(snapshot: Snapshot, options: CallTreeOptions): TreeData {
  const locations = snapshot.locations.length;
  return {...buildTreeData(snapshot, options), options, locations, text: createSearchText(snapshot.strings)};
}

/** The call tree; nothing is copied. */
export function openTreeData({text, ...built}: TreeData): CallTree {
  setSearchText(built.columns.strings, text);
  return openBuiltTree(built);
}
