// Replaces cli-highlight in what we build. The original has highlight.js write HTML, parses it with a complete HTML
// parser, which takes longer than the highlighting, and brings all 190 languages. lowlight gives the tokens of
// highlight.js as a tree; the languages are those of sources that captures name.
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import python from 'highlight.js/lib/languages/python';
import {createLowlight} from 'lowlight';

/** Draws the text of a token. */
type Paint = (text: string) => string;

export interface HighlightOptions {
  readonly language: string;
  /** By token (`keyword`, `string`, …); `default` draws text outside of tokens. */
  readonly theme: Readonly<Record<string, Paint | undefined>>;
}

type Theme = HighlightOptions['theme'];

const lowlight = createLowlight({c, cpp, python});

type CodeNode = ReturnType<typeof lowlight.highlight>['children'][number];

const keep: Paint = text => text;

/** Draws each token of some code with the theme's function for it, inner tokens first. */
export function highlight(code: string, {language, theme}: HighlightOptions): string {
  return drawNodes(lowlight.highlight(language, code).children, theme, theme.default ?? keep);
}

function drawNodes(nodes: readonly CodeNode[], theme: Theme, drawText: Paint): string {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'text') text += drawText(node.value);
    else if (node.type === 'element') {
      const draw = theme[getToken(node.properties.className)] ?? keep;
      text += draw(drawNodes(node.children, theme, keep));
    }
  }
  return text;
}

/** The classes of a token are its name, and what kind of it: `hljs-title function_`. */
function getToken(classes: unknown): string {
  return /^hljs-(\w+)/.exec(String(classes))?.[1] ?? '';
}
