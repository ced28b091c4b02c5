import {SharedStrings} from '../base/shared-strings.js';
import {BadValue, type ByteFeed, type Parsing} from './byte-feed.js';

const MAX_FRAMES = 2 ** 21;

/** A frame as captures before version 12 hold it: its line was found while recording. Names are as recorded. */
export interface ResolvedFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** Whether C code called it, rather than Python code of the same run of the interpreter. */
  readonly isEntry: boolean;
}

/** All frames of a capture so far, by number. */
export class ResolvedFrames {
  readonly #byId = new Map<string, ResolvedFrame>();
  readonly #strings = new SharedStrings();
  readonly #maxCount: number;

  /** @param maxCount one more throws BadValue */
  constructor(maxCount = MAX_FRAMES) {
    this.#maxCount = maxCount;
  }

  get(id: bigint): ResolvedFrame | undefined {
    return this.#byId.get(`#${id}`);
  }

  /** Throws BadValue for a number that stands for a frame already. */
  add(id: bigint, frame: ResolvedFrame): void {
    const key = `#${id}`;
    if (this.#byId.has(key)) throw new BadValue('a frame is defined twice');
    if (this.#byId.size === this.#maxCount) {
      throw new BadValue(`there are more than ${this.#maxCount} frames`, true);
    }
    const {function: name, file} = frame;
    this.#byId.set(key, {...frame, function: this.#strings.share(name), file: this.#strings.share(file)});
  }
}

/** The names of a frame: function text · file text. */
export function* parseFrameNames(feed: ByteFeed): Parsing<Pick<ResolvedFrame, 'function' | 'file'>> {
  return {function: yield* feed.text(), file: yield* feed.text()};
}
