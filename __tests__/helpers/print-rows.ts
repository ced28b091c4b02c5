import type {TreeState} from '../../src/store/state.js';
import {hasChildren} from '../../src/tree/growth.js';

/**
 * The visible rows as text: `> ` before the selected one, two spaces a level, `-` open, `+` closed, function,
 * bytes.
 */
export function printRows({rows, filtered, isFilteredOpen, cursorNode}: TreeState): string {
  const {tree} = filtered;
  return Array.from(rows, node => {
    const fold = !hasChildren(tree, node) ? ' ' : isFilteredOpen[node] === 1 ? '-' : '+';
    const {function: name, bytes, elided} = tree.getNode(node);
    const indent = '  '.repeat(tree.depth[node]!);
    return `${node === cursorNode ? '>' : ' '} ${indent}${fold} ${elided ? '!' : name} ${bytes}`;
  }).join('\n');
}
