import {compileRegex, loadRegexEngine} from './bounded-regex.js';
import type {Pattern} from './grammar/term.js';
import type {TreeQuery} from './tree-query.js';

/**
 * Has to be awaited before a query is used that may hold regular expressions: their engine is loaded on demand.
 * @throws RegexError for one that cannot be read
 */
export async function prepareQuery(query: TreeQuery): Promise<void> {
  const expressions = listPatterns(query).filter(({kind}) => kind === 'regex');
  if (expressions.length === 0) return;
  await loadRegexEngine();
  for (const {text} of expressions) compileRegex(text, false);
}

function listPatterns({steps, shape}: TreeQuery): readonly Pattern[] {
  return [...steps, shape].flatMap(part => {
    if ('patterns' in part) return part.patterns;
    return 'term' in part ? part.term.patterns : [];
  });
}
