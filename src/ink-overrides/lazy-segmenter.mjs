// Intl.Segmenter for graphemes, in the bundle of the command line: several modules make one when they are loaded, and the first takes 13 ms.
// This one is made when a text is cut that holds other signs than ASCII and those that rows and panes are drawn with: these are a grapheme each.
const DRAWN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▸▾❯📂📄💾📦🧭🧵]*$/u;

export default class LazySegmenter {
  #arguments;
  #segmenter;

  constructor(...given) {
    this.#arguments = given;
  }

  segment(text) {
    if (DRAWN.test(text)) return segmentDrawn(text);
    this.#segmenter ??= new globalThis.Intl.Segmenter(...this.#arguments);
    return this.#segmenter.segment(text);
  }
}

function* segmentDrawn(input) {
  let index = 0;
  for (const segment of input) {
    yield {segment, index, input};
    index += segment.length;
  }
}
