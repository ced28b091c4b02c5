/** Finds a pattern in a name, in time that is linear in the name whatever the pattern is. */
export type RegexEngine = (source: string, isFolding: boolean) => (name: string) => boolean;

/** A regular expression that cannot be read. */
export class RegexError extends Error {}

let engine: RegexEngine | null = null;

/**
 * Loads the engine, which is large and seldom needed: before a term with a regular expression is applied.
 * The one that JavaScript has takes exponential time for some patterns.
 */
export async function loadRegexEngine(): Promise<void> {
  if (engine !== null) return;
  const {RE2JS} = await import('re2js');
  engine = (source, isFolding) => {
    try {
      const regex = RE2JS.compile(source, isFolding ? RE2JS.CASE_INSENSITIVE : 0);
      return name => regex.test(name);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // It names the expression with the flag that folds, which nobody typed.
      throw new RegexError(message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`'));
    }
  };
}

export function isRegexEngineLoaded(): boolean {
  return engine !== null;
}

/** @throws RegexError */
export function compileRegex(source: string, isFolding: boolean): (name: string) => boolean {
  if (engine === null) throw new RegexError('regular expressions are not loaded yet');
  return engine(source, isFolding);
}
