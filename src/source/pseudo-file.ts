/**
 * What a recorded file name says of code that is in no file:
 * - `notebook`: a cell of a notebook;
 * - `interactive`: typed in, or piped to the interpreter;
 * - `string`: a text that was given to `exec`, `eval` or `python -c`;
 * - `frozen`: a module that is built into the interpreter;
 * - `native`: memray found no debug information;
 * - `unnamed`: no name was recorded;
 * - `other`: any other name in angle brackets, mostly of code that a library generated.
 */
export type PseudoFile = 'notebook' | 'interactive' | 'string' | 'frozen' | 'native' | 'unnamed' | 'other';

/** In the order in which they are tried. */
const PATTERNS: readonly (readonly [RegExp, PseudoFile])[] = [
  [/^$/, 'unnamed'],
  [/^<unknown>$/, 'native'],
  [/^<string>$/, 'string'],
  [/^<frozen .*>$/s, 'frozen'],
  // IPython and Databricks; what IPython writes into tracebacks.
  [/^<(?:ipython-input|command)-.*>$/s, 'notebook'],
  [/^(?:Cell )?In ?\[\d+\]$/, 'notebook'],
  // Python up to 3.12, Python 3.13, `code.interact`, PyCharm, IDLE.
  [/^<(?:stdin|python-input-\d+|console|input|pyshell#\d+)>$/, 'interactive'],
  // `<eval_with_key>.12` of PyTorch has something after it.
  [/^<[^<>]*>/, 'other'],
  [/^<.*>$/s, 'other'],
];

/** Paths that ipykernel and marimo make up for cells; a debugger may have written the code there. */
const NOTEBOOK_PATH = /[\\/](?:ipykernel|marimo)_\d+[\\/][^\\/]+$/;

/** What kind of name this is, where it is not the name of a file; null for the name of a file. */
export function getPseudoFile(file: string): PseudoFile | null {
  return PATTERNS.find(([pattern]) => pattern.test(file))?.[1] ?? null;
}

/** The same for a file that was not found where the name says. */
export function getMissingPseudoFile(file: string): PseudoFile | null {
  return getPseudoFile(file) ?? (NOTEBOOK_PATH.test(file) ? 'notebook' : null);
}
