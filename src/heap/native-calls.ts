import {IntColumn} from '../base/column.js';
import type {NamedCallSite, NativeName} from '../symbols/native-frame.js';
import {isInterpreterLoop} from './interpreter-frames.js';
import type {NativeFrameTable} from './native-frame-table.js';

/** The calls of each named call site: its function and what was inlined into it. */
export class NativeCalls {
  readonly #frames: NativeFrameTable;
  /** By call site: where its calls begin, and one after its last. */
  readonly #starts = new IntColumn();
  readonly #ends = new IntColumn();
  /** By call site: how many of the calls are the interpreter's loop. */
  readonly #loops = new IntColumn();
  /** By call site: the image, an index into the strings of the frames. */
  readonly #images = new IntColumn();
  /** By call, outermost first within a call site: its frame, and whether it is the interpreter's loop. */
  readonly #callFrames = new IntColumn();
  readonly #callIsLoop = new IntColumn();
  #latest: readonly NativeName[] = [];
  #latestNames: number[] = [];
  #latestIsLoop: number[] = [];

  constructor(frames: NativeFrameTable) {
    this.#frames = frames;
  }

  /**
   * Takes what is known of a call site, once. Neighbours often share one array of calls, which is then looked
   * at once.
   */
  add(callSite: number, {calls, image, offset}: NamedCallSite): void {
    if (calls !== this.#latest) {
      this.#latest = calls;
      this.#latestNames = calls.map(call => this.#frames.addName(call));
      this.#latestIsLoop = calls.map(call => Number(isInterpreterLoop(call.function)));
    }
    const imageText = this.#frames.addString(image);
    this.#starts.set(callSite, this.#callFrames.length);
    let loops = 0;
    for (let i = calls.length - 1; i >= 0; i--) {
      this.#callFrames.push(this.#frames.addNative(this.#latestNames[i]!, imageText, offset));
      this.#callIsLoop.push(this.#latestIsLoop[i]!);
      loops += this.#latestIsLoop[i]!;
    }
    this.#ends.set(callSite, this.#callFrames.length);
    this.#loops.set(callSite, loops);
    this.#images.set(callSite, imageText);
  }

  getStart(callSite: number): number {
    return this.#starts.at(callSite);
  }

  getEnd(callSite: number): number {
    return this.#ends.at(callSite);
  }

  countLoops(callSite: number): number {
    return this.#loops.at(callSite);
  }

  getImage(callSite: number): number {
    return this.#images.at(callSite);
  }

  getFrame(call: number): number {
    return this.#callFrames.at(call);
  }

  isLoop(call: number): boolean {
    return this.#callIsLoop.at(call) === 1;
  }
}
