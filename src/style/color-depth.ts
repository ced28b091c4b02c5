/** How many colors a terminal shows; `none`: plain text without any styles. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';
