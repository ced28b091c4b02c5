import type {CallTree} from '../tree/call-tree.js';
import {toCallTree} from '../tree/from-tree.js';

/** The tree of a store that nothing was given to yet: a root without bytes. */
export function createEmptyTree(): CallTree {
  return toCallTree({
    root: 0,
    getChildren: () => [],
    getNode: () => ({
      function: '<ROOT>',
      file: '',
      line: 0,
      bytes: 0,
      allocations: 0,
      selfBytes: 0,
      selfAllocations: 0,
      threads: [],
      importSystem: false,
      interesting: true,
    }),
  });
}
