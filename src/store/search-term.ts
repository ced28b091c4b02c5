import {RegexError} from '../query/bounded-regex.js';
import {parseTerm} from '../query/grammar/term.js';
import {QueryError, toWord} from '../query/grammar/word.js';
import type {Naming} from '../query/naming.js';
import {searchTree} from '../query/search-tree.js';
import type {CallTree} from '../tree/call-tree.js';
import type {TreeState} from './state.js';

/** The nodes that a search finds, in display order; or why it cannot be read. */
export function findMatches(
  tree: CallTree,
  query: string,
  naming: Naming,
): {readonly nodes: Int32Array} | {readonly error: string} {
  try {
    return {nodes: searchTree(tree, parseTerm(toWord(query)), naming)};
  } catch (error) {
    if (!(error instanceof QueryError || error instanceof RegexError)) throw error;
    return {error: error.message};
  }
}

/** How files are named in a search; in trees of the host, a package is the first part of a module. */
export function getSearchNaming({naming, moduleOf}: Pick<TreeState, 'naming' | 'moduleOf'>): Naming {
  if (naming !== null) return naming;
  const packageOf = (file: string): string => {
    const module = moduleOf(file);
    return module === file ? file : module.split('.', 1)[0]!;
  };
  return {moduleOf, packageOf};
}
