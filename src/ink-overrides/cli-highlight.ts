// Replaces cli-highlight in what we build. The original parses the output of highlight.js with a complete HTML
// parser, which took longer than the highlighting. That output consists only of `<span class="hljs-…">`,
// `</span>` and text with five escaped characters.
import {highlight as highlightToHtml} from './highlight-languages.js';

/** Draws the text of a token. */
type Paint = (text: string) => string;

export interface HighlightOptions {
  readonly language: string;
  /** By token (`keyword`, `string`, …); `default` draws text outside of tokens. */
  readonly theme: Readonly<Record<string, Paint | undefined>>;
}

interface OpenTag {
  /** Null for tags that are not tokens. */
  readonly token: string | null;
  text: string;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};
const PIECES = /<span class="([^"]*)">|<\/span>|[^<]+/g;

const keep: Paint = text => text;

/** Draws each token of some code with the theme's function for it, inner tokens first. */
export function highlight(code: string, {language, theme}: HighlightOptions): string {
  const root: OpenTag = {token: null, text: ''};
  const open = [root];
  for (const [piece, classes] of highlightToHtml(code, {language}).value.matchAll(PIECES)) {
    if (classes !== undefined) open.push({token: /hljs-(\w+)/.exec(classes)?.[1] ?? null, text: ''});
    else if (piece === '</span>') closeTag(open, theme);
    else {
      const tag = open.at(-1)!;
      const text = piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, escaped => ESCAPED[escaped]!);
      tag.text += tag.token === null ? (theme.default ?? keep)(text) : text;
    }
  }
  return root.text;
}

function closeTag(open: OpenTag[], theme: HighlightOptions['theme']): void {
  const {token, text} = open.pop()!;
  open.at(-1)!.text += token === null ? text : (theme[token] ?? keep)(text);
}
