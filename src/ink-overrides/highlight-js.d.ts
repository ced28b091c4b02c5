// The parts of highlight.js that we use. Its own types would bring those of the DOM into the whole project.
declare module 'highlight.js/lib/core' {
  export interface HighlightResult {
    /** HTML. */
    readonly value: string;
  }
  const core: {
    registerLanguage(name: string, language: unknown): void;
    highlight(code: string, options: {readonly language: string}): HighlightResult;
  };
  export default core;
}

declare module 'highlight.js/lib/languages/*' {
  const language: unknown;
  export default language;
}
