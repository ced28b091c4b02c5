import type {SourceText} from './source-result.js';

/** Of these, code objects have the name of a definition that stands in the file. */
const PYTHON_FILE = /\.pyw?$/i;
/**
 * Not a name that Python gives to its own code: `<module>`, `<lambda>`, `__annotate__`. Other letters may be
 * written in several ways.
 */
const DEFINED_NAME = /^(?!__annotate__$)[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/**
 * What the definition of a recorded function has in its file; null where functions of this file or of this name
 * need not have one.
 */
export function createDefinitionPattern({path}: SourceText, recordedName: string): RegExp | null {
  // `Reader.read` and `read.<locals>.next` are the qualified names of newer interpreters.
  const name = recordedName.split('.').at(-1) ?? '';
  if (!PYTHON_FILE.test(path) || !DEFINED_NAME.test(name)) return null;
  return new RegExp(`\\b(?:def|class|type)\\s+${name}\\b`);
}

/**
 * The number of the line that defines a function, 0 where that is not certain: several functions of a file may have
 * the same name.
 */
export function findOnlyDefinition(source: SourceText, recordedName: string): number {
  const pattern = createDefinitionPattern(source, recordedName);
  if (pattern === null || source.totalLines === null) return 0;
  const found = source.lines.flatMap((line, index) => (pattern.test(line) ? [index] : []));
  return found.length === 1 ? source.firstLine + found[0]! : 0;
}
