import type {SourceText} from './source-result.js';

/** Of these, code objects have the name of a definition that stands in the file. */
const PYTHON_FILE = /\.pyw?$/i;
/**
 * A name that Python gives to its own code: `<module>`, `<lambda>`, `__annotate__`. Other letters may be
 * written in several ways.
 */
const DEFINED_NAME = /^(?!__annotate__$)[A-Za-z_][A-Za-z0-9_]{0,199}$/;
const DEFINITION = /^[ \t]*(?:async[ \t]+)?(?:def|class|type)[ \t]/;

/**
 * Whether a file certainly is not the one that was recorded: the recorded line is the first line of a
 * function's definition or below it, but no definition of that name is there. False wherever that cannot be
 * known.
 */
export function lacksFunction(source: SourceText, recordedName: string, line: number): boolean {
  // `Reader.read` and `read.<locals>.next` are the qualified names of newer interpreters.
  const name = recordedName.split('.').at(-1) ?? '';
  const {path, lines, firstLine} = source;
  if (!PYTHON_FILE.test(path) || !DEFINED_NAME.test(name)) return false;
  // The beginning of a very long file is not here.
  if (firstLine > 1 || line < 1 || line > lines.length) return false;
  const definition = new RegExp(`\\b(?:def|class|type)\\s+${name}\\b`);
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
