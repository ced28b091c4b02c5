// Intl.Segmenter for the command line's bundle. Several modules create one when they are loaded, and the first one costs 13 ms. This class
// creates the real one only for a text with other characters than ASCII and the signs of rows and panes: each of those is a grapheme.
// It has the whole interface of Intl.Segmenter: any module of the bundle may use any part of it.
const DRAWN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▴▸▾◂❯📂📄💾📦🧭🧵]*$/u;

const {Segmenter} = globalThis.Intl;

export default class LazySegmenter {
  #arguments;
  #isLazy;
  #segmenter;

  constructor(...given) {
    const [locales, {granularity} = {}] = given;
    this.#arguments = given;
    // Segments of words and sentences are not those below, and invalid arguments throw right here.
    this.#isLazy = locales === undefined && (granularity === undefined || granularity === 'grapheme');
    if (!this.#isLazy) this.#getSegmenter();
  }

  get [Symbol.toStringTag]() {
    return 'Intl.Segmenter';
  }

  static supportedLocalesOf(...given) {
    return Segmenter.supportedLocalesOf(...given);
  }

  segment(input) {
    const text = String(input);
    return this.#isLazy && DRAWN.test(text) ? new DrawnSegments(text) : this.#getSegmenter().segment(text);
  }

  resolvedOptions() {
    return this.#getSegmenter().resolvedOptions();
  }

  #getSegmenter() {
    this.#segmenter ??= new Segmenter(...this.#arguments);
    return this.#segmenter;
  }
}

/** The segments of a text in which every code point is a grapheme: the interface of Intl's `Segments`. */
class DrawnSegments {
  #input;

  constructor(input) {
    this.#input = input;
  }

  /** The segment that holds the code unit at `index`; undefined outside of the text. */
  containing(index = 0) {
    const input = this.#input;
    const at = Math.trunc(Number(index)) || 0;
    if (at < 0 || at >= input.length) return undefined;
    const start = at > 0 && isLowSurrogate(input.charCodeAt(at)) ? at - 1 : at;
    return {segment: String.fromCodePoint(input.codePointAt(start)), index: start, input};
  }

  *[Symbol.iterator]() {
    let index = 0;
    for (const segment of this.#input) {
      yield {segment, index, input: this.#input};
      index += segment.length;
    }
  }
}

/** A text of drawn signs has whole pairs only. */
function isLowSurrogate(code) {
  return code >= 0xdc00 && code <= 0xdfff;
}
