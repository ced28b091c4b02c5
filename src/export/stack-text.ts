interface StackTextOptions {
  /** The text of a frame. It is asked for once. */
  readonly format: (frame: number) => string;
  /** One ASCII character between two frames. */
  readonly separator: string;
  readonly isInnermostFirst?: boolean;
}

/**
 * The text of one stack after the other, as UTF-8. Stacks come in preorder, so only the frames that the one before did
 * not have are written.
 */
export class StackText {
  readonly #format: (frame: number) => string;
  readonly #separator: number;
  readonly #isReversed: boolean;
  readonly #frames: Buffer[] = [];
  #bytes = Buffer.allocUnsafe(4096);
  /** For each depth the length of the text up to there. */
  readonly #lengths = [0];
  #depth = 0;

  constructor({format, separator, isInnermostFirst = false}: StackTextOptions) {
    this.#format = format;
    this.#separator = separator.charCodeAt(0);
    this.#isReversed = isInnermostFirst;
  }

  /** Goes on to the stack of this frame, which is at `depth` (from 1), below the last frame that was at `depth − 1`. */
  enter(depth: number, frame: number): void {
    const text = this.#getFrame(frame);
    const outer = this.#lengths[depth - 1]!;
    const gap = depth === 1 ? 0 : 1;
    const length = outer + gap + text.length;
    this.#reserve(length, outer);
    const {length: size} = this.#bytes;
    const start = this.#isReversed ? size - length : outer + gap;
    this.#bytes.set(text, start);
    if (gap > 0) this.#bytes[this.#isReversed ? start + text.length : outer] = this.#separator;
    this.#lengths[depth] = length;
    this.#depth = depth;
  }

  /** Valid until the next call of `enter`. */
  read(): Uint8Array {
    const length = this.#lengths[this.#depth]!;
    const {length: size} = this.#bytes;
    return this.#isReversed ? this.#bytes.subarray(size - length) : this.#bytes.subarray(0, length);
  }

  #getFrame(frame: number): Buffer {
    const known = this.#frames[frame];
    if (known !== undefined) return known;
    const text = Buffer.from(this.#format(frame), 'utf8');
    this.#frames[frame] = text;
    return text;
  }

  /** @param kept so many bytes are of use, at the start or, of a reversed text, at the end */
  #reserve(length: number, kept: number): void {
    const {length: size} = this.#bytes;
    if (length <= size) return;
    const larger = Buffer.allocUnsafe(2 * length);
    if (this.#isReversed) larger.set(this.#bytes.subarray(size - kept), larger.length - kept);
    else larger.set(this.#bytes.subarray(0, kept));
    this.#bytes = larger;
  }
}
