import {SharedStrings} from '../base/shared-strings.js';
import {BadValue, type ByteFeed, type Parsing} from './byte-feed.js';

const MAX_TABLE_BYTES = 1024 * 1024;
const MAX_CODE_OBJECTS = 2 ** 20;

/** What a capture tells about a Python function. Names are as recorded. */
export interface CodeObject {
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
  /** In the form of the recorded Python version: see line-table.ts. */
  readonly lineTable: Uint8Array;
}

/** All code objects of a capture so far. */
export class CodeObjects {
  // Keys are text with a prefix: V8 seeds the hashes of strings, not those of integers and strings that look like one.
  readonly #byId = new Map<string, CodeObject>();
  readonly #strings = new SharedStrings();
  readonly #maxCount: number;
  /** The register of first lines: 32 bits, shared by all code objects. */
  #firstLine = 0;

  /** @param maxCount one more throws BadValue */
  constructor(maxCount = MAX_CODE_OBJECTS) {
    this.#maxCount = maxCount;
  }

  get(id: bigint | number): CodeObject | undefined {
    return this.#byId.get(`#${id}`);
  }

  /** id varint · function text · file text · delta(first line) · table length varint · table. Returns the id. */
  *parse(feed: ByteFeed): Parsing<bigint> {
    const id = yield* feed.varint();
    const name = yield* feed.text();
    const file = yield* feed.text();
    const lineStep = yield* feed.signedVarint();
    const tableBytes = yield* feed.varint();
    if (tableBytes > MAX_TABLE_BYTES) {
      throw new BadValue(`a line table has ${tableBytes} bytes`, true);
    }
    const lineTable = yield* feed.take(Number(tableBytes));
    if (this.#byId.size === this.#maxCount) {
      throw new BadValue(`there are more than ${this.#maxCount} code objects`, true);
    }
    this.#firstLine = Number(BigInt.asIntN(32, BigInt(this.#firstLine) + lineStep));
    this.#byId.set(`#${id}`, {
      function: this.#strings.share(name),
      file: this.#strings.share(file),
      firstLine: this.#firstLine,
      lineTable,
    });
    return id;
  }
}
