import {compileRegex, loadRegexEngine, RegexError} from './bounded-regex.js';
import {formatShape, formatStep} from './grammar/format-query.js';
import type {Pattern} from './grammar/term.js';
import type {Step} from './steps/steps.js';
import type {Shape, TreeQuery} from './tree-query.js';

/**
 * Has to be awaited before a query is used that may hold regular expressions: their engine is loaded on demand.
 * @throws RegexError for one that cannot be read, with the written step that it is in
 */
export async function prepareQuery({steps, shape}: TreeQuery): Promise<void> {
  const parts: {readonly written: string; readonly expressions: readonly string[]}[] = [
    ...steps.map(step => ({written: formatStep(step), expressions: listExpressions(step)})),
    {written: formatShape(shape), expressions: listExpressions(shape)},
  ];
  if (parts.every(({expressions}) => expressions.length === 0)) return;
  await loadRegexEngine();
  for (const {written, expressions} of parts) {
    for (const text of expressions) checkExpression(text, written);
  }
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
