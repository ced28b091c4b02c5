// The modules of Ink that this folder replaces. Ink's package does not export them, so they are named by
// path, here and nowhere else. The build gives the originals to this file and the replacements to everybody
// else.

export {default as measureStringWidth} from 'string-width';
export {default as updateInkLine} from '../../node_modules/ink/build/line-update.js';
export {default as InkOutput} from '../../node_modules/ink/build/output.js';
export {default as sanitizeInkAnsi} from '../../node_modules/ink/build/sanitize-ansi.js';
