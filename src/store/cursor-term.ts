import type {Term, TermField} from '../query/grammar/term.js';
import type {Level} from '../query/tree-query.js';
import {DROPPED} from '../tree/frame-rules.js';
import type {TreeState} from './state.js';

/** Frames without a function are a file, a module or a package, by the level. */
const FIELDS: Readonly<Record<Level, TermField>> = {
  line: 'file',
  function: 'file',
  file: 'file',
  module: 'mod',
  package: 'pkg',
};

/** Many files have functions of these names. */
const NAMELESS = /^<.*>$/;

/** Whether the selected function has a row in tables only: in all other shapes there is nothing around it. */
export function isOnlyInTables({filtered, cursorNode}: TreeState): boolean {
  return (filtered.tree.flags[cursorNode]! & DROPPED) !== 0;
}

/** The term that matches the function of the selected row; null for the root and what has no name. */
export function describeCursor({filtered, cursorNode, query}: TreeState): Term | null {
  const {function: name, file} = filtered.tree.getNode(cursorNode);
  if (cursorNode === 0 || name === null || file === null) return null;
  const isByName = name !== '' && !NAMELESS.test(name);
  const text = isByName ? name : file;
  if (text === '') return null;
  const field = isByName ? 'fn' : name === '' ? FIELDS[query.by] : 'file';
  return {field, patterns: [{kind: 'whole', text}]};
}

/** The term that matches the file of the selected row; null where it has none. Modules and packages have several. */
export function describeFile({filtered, cursorNode, query}: TreeState): Term | null {
  const {file} = filtered.tree.getNode(cursorNode);
  const hasFiles = FIELDS[query.by] === 'file' || query.shape.kind === 'lines';
  if (file === null || file === '' || !hasFiles) return null;
  return {field: 'file', patterns: [{kind: 'whole', text: file}]};
}
