// Replaces Intl.Segmenter in the bundle of the command line. Several modules create one when they are loaded, and the first takes 13 ms.
// The real one is created when it is needed: for text with characters other than ASCII and those that rows and panes are drawn with,
// which are a grapheme each.
const DRAWN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▴▸▾◂❯📂📄💾📦🧭🧵]*$/u;

/** It has the whole interface of Intl.Segmenter: any module of the bundle may use any part of it. */
export default class LazySegmenter implements Intl.Segmenter {
  readonly [Symbol.toStringTag] = 'Intl.Segmenter';
  readonly #locales: Intl.LocalesArgument;
  readonly #options: Intl.SegmenterOptions | undefined;
  #segmenter: Intl.Segmenter | undefined;

  constructor(locales?: Intl.LocalesArgument, options?: Intl.SegmenterOptions) {
    this.#locales = locales;
    this.#options = options;
  }

  static supportedLocalesOf(
    ...given: Parameters<typeof Intl.Segmenter.supportedLocalesOf>
  ): ReturnType<typeof Intl.Segmenter.supportedLocalesOf> {
    return globalThis.Intl.Segmenter.supportedLocalesOf(...given);
  }

  segment(input: string): Intl.Segments {
    const text = String(input);
    const isByGrapheme = (this.#options?.granularity ?? 'grapheme') === 'grapheme';
    if (!isByGrapheme || !DRAWN.test(text)) return this.#getSegmenter().segment(text);
    return {
      [Symbol.iterator]: () => segmentDrawn(text),
      containing: index => this.#getSegmenter().segment(text).containing(index),
    };
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.#getSegmenter().resolvedOptions();
  }

  #getSegmenter(): Intl.Segmenter {
    this.#segmenter ??= new globalThis.Intl.Segmenter(this.#locales, this.#options);
    return this.#segmenter;
  }
}

function* segmentDrawn(input: string): Generator<Intl.SegmentData, undefined, unknown> {
  let index = 0;
  for (const segment of input) {
    yield {segment, index, input};
    index += segment.length;
  }
  return undefined;
}
