import {createDefinitionPattern} from './only-definition.js';
import type {SourceText} from './source-result.js';

const DEFINITION = /^[ \t]*(?:async[ \t]+)?(?:def|class|type)[ \t]/;

/**
 * Whether a file certainly is not the one that was recorded: the recorded line is the first line of a
 * function's definition or below it, but no definition of that name is there. False wherever that cannot be
 * known.
 */
export function lacksFunction(source: SourceText, recordedName: string, line: number): boolean {
  const definition = createDefinitionPattern(source, recordedName);
  if (definition === null) return false;
  const {lines, firstLine} = source;
  // The beginning of a very long file is not here.
  if (firstLine > 1 || line < 1 || line > lines.length) return false;
  const last = findDefinition(lines, line - 1);
  for (let index = last; index >= 0; index--) {
    if (definition.test(lines[index]!)) return false;
  }
  return true;
}

/** The line of a definition for the line of its first decorator; every other line itself. Indices. */
function findDefinition(lines: readonly string[], index: number): number {
  if (!/^[ \t]*@/.test(lines[index]!)) return index;
  const found = lines.findIndex((text, at) => at > index && DEFINITION.test(text));
  return found < 0 ? index : found;
}
