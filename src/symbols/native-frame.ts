/**
 * What is known of a native frame:
 * full: name, file and line · name-only: a symbol's name · no-symbol: only the image and the offset in it ·
 * not-found: the image's file is not here (or may not be read) · changed: the file here is not the recorded
 * one.
 */
export const SYMBOL_STATES = ['full', 'name-only', 'no-symbol', 'not-found', 'changed'] as const;
export type SymbolState = (typeof SYMBOL_STATES)[number];

/** A call at an address: of the function that lies there, or of one that was inlined into it. */
export interface NativeName {
  /** `<unknown>` where nothing is known, as memray has it; demangled. */
  readonly function: string;
  /** As the debug information has it, so relative to `directory` when it is relative; `<unknown>` without. */
  readonly file: string;
  /** 0 where nothing is known. */
  readonly line: number;
  readonly state: SymbolState;
  /** Where the compiler ran. */
  readonly directory: string | null;
}

/** What is known of an address: all calls there, innermost first. */
export interface NamedCallSite {
  readonly calls: readonly NativeName[];
  /** The recorded path of the image. */
  readonly image: string;
  /** Address of the call in the image's own numbering: what `addr2line -e` wants. */
  readonly offset: number;
}
