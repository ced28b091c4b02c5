// Stands in for cli-highlight in the bundles. That one reads what highlight.js writes with a whole HTML parser, which took more than the
// highlighting; but it is only `<span class="hljs-…">`, `</span>` and text with five characters escaped.
import {highlight as toHtml} from 'highlight.js';

const ESCAPED = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#x27;', "'"],
]);
const PIECES = /<span class="([^"]*)">|<\/span>|[^<]+/g;

const keep = text => text;

/** Code with its tokens as the functions of `theme` give them back, the inner ones first. */
export function highlight(code, {language, theme}) {
  const {value} = toHtml(code, {language});
  /** The tags that are open: their token (null for other tags than those of tokens) and their text so far. */
  const open = [{token: null, text: ''}];
  for (const [piece, classes] of value.matchAll(PIECES)) {
    if (classes !== undefined) {
      open.push({token: /hljs-(\w+)/.exec(classes)?.[1] ?? null, text: ''});
    } else if (piece === '</span>') {
      const {token, text} = open.pop();
      open.at(-1).text += token === null ? text : (theme[token] ?? keep)(text);
    } else {
      const text = piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, escaped => ESCAPED.get(escaped));
      open.at(-1).text += open.at(-1).token === null ? (theme.default ?? keep)(text) : text;
    }
  }
  return open[0].text;
}
