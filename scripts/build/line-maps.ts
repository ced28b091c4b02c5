// Source maps that know lines, not columns, and only our own sources: all that a stack trace needs, in an eighth of
// the bytes. The sources are not in the package; the paths are those of the repository.

export interface SourceMap {
  readonly mappings: string;
  readonly sources: readonly string[];
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** The text of a map with the same lines; null where nothing is ours. */
export function toLineMap({mappings, sources}: SourceMap): string | null {
  if (sources.every(isForeign)) return null;
  const writer = new LineWriter(sources);
  const reader = {source: 0, line: 0};
  const lines = mappings.split(';').map(segments => {
    let column = 0;
    writer.startLine();
    for (const segment of segments.split(',').filter(each => each !== '')) {
      const [columns, sourcesOn, linesOn] = decode(segment);
      column += columns!;
      reader.source += sourcesOn ?? 0;
      reader.line += linesOn ?? 0;
      writer.add(column, sourcesOn === undefined ? null : sources[reader.source]!, reader.line);
    }
    return writer.endLine();
  });
  return JSON.stringify({version: 3, sources: writer.sources, names: [], mappings: lines.join(';')});
}

/** Leaves out segments that say the same as the one before. */
class LineWriter {
  readonly sources: string[] = [];
  readonly #numbers = new Map<string, number>();
  #segments: string[] = [];
  #column = 0;
  #source = 0;
  #line = 0;
  /** What the last segment says; null: no source of ours. */
  #last: string | null = null;

  constructor(sources: readonly string[]) {
    for (const source of sources.filter(each => !isForeign(each))) {
      // The same file for both copies.
      const path = source.replace(/\?.*$/, '');
      const number = this.sources.includes(path) ? this.sources.indexOf(path) : this.sources.push(path) - 1;
      this.#numbers.set(source, number);
    }
  }

  startLine(): void {
    this.#segments = [];
    this.#column = 0;
    this.#last = null;
  }

  endLine(): string {
    return this.#segments.join(',');
  }

  add(column: number, source: string | null, line: number): void {
    const number = source === null ? undefined : this.#numbers.get(source);
    const said = number === undefined ? null : `${number}:${line}`;
    if (said === this.#last) return;
    this.#last = said;
    const columns = encode(column - this.#column);
    this.#column = column;
    if (number === undefined) this.#segments.push(columns);
    else {
      this.#segments.push(`${columns}${encode(number - this.#source)}${encode(line - this.#line)}A`);
      this.#source = number;
      this.#line = line;
    }
  }
}

function isForeign(source: string): boolean {
  return source.includes('node_modules/') || source.includes('\0') || source.includes('/generated/');
}

/** Base 64, five bits to a digit, the lowest first; the lowest bit of all is the sign. */
function decode(segment: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = VALUES.get(digit)!;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

function encode(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const bits = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? bits | 32 : bits];
  } while (rest > 0);
  return text;
}
