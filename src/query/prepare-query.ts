import {compileRegex, loadRegexEngine, RegexError} from './bounded-regex.js';
import {formatShape, formatStep} from './grammar/format-query.js';
import type {Pattern} from './grammar/term.js';
import type {Step} from './steps/steps.js';
import type {Shape, TreeQuery} from './tree-query.js';

/**
 * Has to be awaited before a query is used that may hold regular expressions: their engine is loaded on demand.
 * @throws RegexError for one that cannot be read, with the written step that it is in
 */
export async function prepareQuery(query: TreeQuery): Promise<void> {
  if (listParts(query).every(({expressions}) => expressions.length === 0)) return;
  await loadRegexEngine();
  checkExpressions(query);
}

/** The same where the engine is loaded. @throws RegexError as above, also where the engine is needed and not loaded */
export function checkExpressions(query: TreeQuery): void {
  for (const {written, expressions} of listParts(query)) {
    for (const text of expressions) checkExpression(text, written);
  }
}

interface WrittenPart {
  readonly written: string;
  readonly expressions: readonly string[];
}

function listParts({steps, shape}: TreeQuery): readonly WrittenPart[] {
  return [
    ...steps.map(step => ({written: formatStep(step), expressions: listExpressions(step)})),
    {written: formatShape(shape), expressions: listExpressions(shape)},
  ];
}

function checkExpression(text: string, written: string): void {
  try {
    compileRegex(text, false);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new RegexError(`${written}: ${error.message}`);
  }
}

function listExpressions(part: Step | Shape): readonly string[] {
  return listPatterns(part).flatMap(({kind, text}) => (kind === 'regex' ? [text] : []));
}

function listPatterns(part: Step | Shape): readonly Pattern[] {
  if ('patterns' in part) return part.patterns;
  return 'term' in part ? part.term.patterns : [];
}
