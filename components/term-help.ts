/** How terms are written, for the lines in which they are typed. */
export const TERM_HELP = 'fn: file: mod: pkg: =whole re:regex a,b';
