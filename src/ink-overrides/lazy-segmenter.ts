// Replaces Intl.Segmenter in what we build. Several modules create one when they are loaded,
// and the first takes 13 ms. This class creates the real one only for a text with other characters than ASCII
// and those that rows and panes are drawn with: each of those is a grapheme. It has the whole interface of
// Intl.Segmenter: any module of the bundle may use any part of it.
const DRAWN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▴▸▾◂❯📂📄💾📦🧭🧵]*$/u;

const {Segmenter} = globalThis.Intl;

type Arguments = ConstructorParameters<typeof Segmenter>;

export default class LazySegmenter implements Intl.Segmenter {
  readonly #arguments: Arguments;
  readonly #isLazy: boolean;
  #segmenter: Intl.Segmenter | undefined;

  constructor(...given: Arguments) {
    const [locales, {granularity} = {}] = given;
    this.#arguments = given;
    // Segments of words and sentences are not those below, and invalid arguments throw right here.
    this.#isLazy = locales === undefined && (granularity === undefined || granularity === 'grapheme');
    if (!this.#isLazy) this.#getSegmenter();
  }

  get [Symbol.toStringTag](): string {
    return 'Intl.Segmenter';
  }

  static supportedLocalesOf(...given: Parameters<typeof Segmenter.supportedLocalesOf>): string[] {
    return Segmenter.supportedLocalesOf(...given);
  }

  segment(input: string): Intl.Segments {
    const text = String(input);
    return this.#isLazy && DRAWN.test(text) ? new DrawnSegments(text) : this.#getSegmenter().segment(text);
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.#getSegmenter().resolvedOptions();
  }

  #getSegmenter(): Intl.Segmenter {
    this.#segmenter ??= new Segmenter(...this.#arguments);
    return this.#segmenter;
  }
}

/** The segments of a text in which every code point is a grapheme: the interface of Intl's `Segments`. */
class DrawnSegments implements Intl.Segments {
  readonly #input: string;

  constructor(input: string) {
    this.#input = input;
  }

  /** The segment that holds the code unit at `index`; undefined outside of the text. */
  containing(index = 0): Intl.SegmentData | undefined {
    const input = this.#input;
    const at = Math.trunc(Number(index)) || 0;
    if (at < 0 || at >= input.length) return undefined;
    const start = at > 0 && isLowSurrogate(input.charCodeAt(at)) ? at - 1 : at;
    return {segment: String.fromCodePoint(input.codePointAt(start)!), index: start, input};
  }

  *[Symbol.iterator](): Generator<Intl.SegmentData, undefined, unknown> {
    let index = 0;
    for (const segment of this.#input) {
      yield {segment, index, input: this.#input};
      index += segment.length;
    }
    return undefined;
  }
}

/** A text of drawn signs has whole pairs only. */
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
