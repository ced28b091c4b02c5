import {gunzipSync} from 'node:zlib';
import type {ExportedPieces} from '../../src/export/exported-view.js';

// What other programs read in each format, by decoders of their own.

/** The bytes and allocations of each stack, added up: frames as JSON, outermost first. */
export type StackSums = ReadonlyMap<string, {readonly bytes: number; readonly allocations: number}>;

export async function joinPieces(pieces: ExportedPieces): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

type FrameOfStack = readonly [string, string, number];

export function sumStacks(
  stacks: Iterable<{
    readonly stack: readonly FrameOfStack[];
    readonly bytes: number;
    readonly allocations: number;
  }>,
): StackSums {
  const sums = new Map<string, {bytes: number; allocations: number}>();
  for (const {stack, bytes, allocations} of stacks) {
    const key = JSON.stringify(stack);
    const sum = sums.get(key) ?? {bytes: 0, allocations: 0};
    sums.set(key, {bytes: sum.bytes + bytes, allocations: sum.allocations + allocations});
  }
  return sums;
}

/** Rows of comma-separated values (RFC 4180). */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      while (at < text.length && !',\r\n'.includes(text[at]!)) cell += text[at++];
    }
    rows.at(-1)!.push(cell);
    if (text[at] === '\r') at++;
    if (text[at++] === '\n' && at < text.length) rows.push([]);
  }
  return rows;
}

/** Names in it hold neither ";" nor "|". */
export function decodeCsv(file: Buffer): StackSums {
  const [, ...rows] = parseCsv(file.toString());
  return sumStacks(
    rows.map(([, allocations, bytes, , , trace]) => ({
      stack: trace === '' ? [] : trace!.split('|').map(parseTraceFrame).reverse(),
      bytes: Number(bytes),
      allocations: Number(allocations),
    })),
  );
}

/** Of both sides of a comparison: `[compared, base]` by stack. */
export type SideSums = ReadonlyMap<string, readonly [Amounts, Amounts]>;
type Amounts = {readonly bytes: number; readonly allocations: number};

function addSides(rows: Iterable<readonly [readonly FrameOfStack[], Amounts, Amounts]>): SideSums {
  const sums = new Map<string, [Amounts, Amounts]>();
  const add = (a: Amounts, b: Amounts): Amounts => ({
    bytes: a.bytes + b.bytes,
    allocations: a.allocations + b.allocations,
  });
  for (const [stack, compared, base] of rows) {
    const key = JSON.stringify(stack);
    const known = sums.get(key) ?? [NOTHING, NOTHING];
    sums.set(key, [add(known[0], compared), add(known[1], base)]);
  }
  return sums;
}

const NOTHING: Amounts = {bytes: 0, allocations: 0};

/** Names hold neither ";" nor "|". Throws where a difference is not that of both sides. */
export function decodeComparedCsv(file: Buffer): SideSums {
  const [headings, ...rows] = parseCsv(file.toString());
  const column = (row: readonly string[], name: string): number => Number(row[headings!.indexOf(name)]);
  return addSides(
    rows.map(row => {
      const read = (prefix: string, suffix = ''): Amounts => ({
        bytes: column(row, `${prefix}size${suffix}`),
        allocations: column(row, `${prefix}num_allocations${suffix}`),
      });
      const [compared, base, difference] = [read(''), read('base_'), read('', '_difference')];
      const isRight =
        compared.bytes - base.bytes === difference.bytes &&
        compared.allocations - base.allocations === difference.allocations;
      if (!isRight) throw new Error(`wrong difference: ${row.join()}`);
      const trace = row.at(-1)!.replace(/^'(?=[=+\-@])/, '');
      return [trace === '' ? [] : trace.split('|').map(parseTraceFrame).reverse(), compared, base] as const;
    }),
  );
}

/** What pprof takes for the sides of a profile: samples with the label of a base are negative. */
export function decodeComparedPprof(file: Buffer): SideSums {
  return addSides(
    decodePprof(file).samples.map(({stack, bytes, allocations, labels}) => {
      const isBase = labels['pprof::base'] === 'true';
      const sign = isBase ? -1 : 1;
      const amounts = {bytes: sign * bytes || 0, allocations: sign * allocations || 0};
      if (amounts.bytes < 0 || amounts.allocations < 0) throw new Error('a sample has the wrong sign');
      return isBase ? ([stack, NOTHING, amounts] as const) : ([stack, amounts, NOTHING] as const);
    }),
  );
}

/** `[base, compared]` by the text of each stack. */
export function decodeComparedFolded(file: Buffer): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  for (const line of file.toString().split('\n').slice(0, -1)) {
    const [, stack, ...sizes] = /^(.*) (\d+) (\d+)$/.exec(line)!;
    const known = sums.get(stack!) ?? [0, 0];
    sums.set(
      stack!,
      known.map((size, side) => size + Number(sizes[side])),
    );
  }
  return sums;
}

function parseTraceFrame(text: string): FrameOfStack {
  const [name = '', file = '', line] = text.split(';').map(dropApostrophe);
  return [name, file, Number(line)];
}

/** The one that keeps a spreadsheet from taking a name for a formula. */
function dropApostrophe(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r])/, '');
}

interface SpeedscopeFile {
  readonly shared: {
    readonly frames: readonly {readonly name: string; readonly file?: string; readonly line?: number}[];
  };
  readonly profiles: readonly {
    readonly unit: string;
    readonly endValue: number;
    readonly samples: readonly (readonly number[])[];
    readonly weights: readonly number[];
  }[];
}

export function decodeSpeedscope(file: Buffer | SpeedscopeFile): StackSums {
  const {shared, profiles} = Buffer.isBuffer(file) ? (JSON.parse(file.toString()) as SpeedscopeFile) : file;
  return sumStacks(
    profiles.flatMap(({unit, samples, weights, endValue}) => {
      if (weights.reduce((sum, weight) => sum + weight, 0) !== endValue) throw new Error('wrong endValue');
      return samples.map((sample, index) => ({
        stack: sample.map(id => {
          const {name, file: path = '', line = 0} = shared.frames[id]!;
          return [name, path, line] as const;
        }),
        bytes: unit === 'bytes' ? weights[index]! : 0,
        allocations: unit === 'none' ? weights[index]! : 0,
      }));
    }),
  );
}

interface Gprof2dotFile {
  readonly events: readonly {readonly callchain: readonly number[]; readonly cost: readonly number[]}[];
  readonly functions: readonly {readonly name: string; readonly module: string}[];
}

/** Without lines and allocations. */
export function decodeGprof2dot(file: Buffer | Gprof2dotFile): StackSums {
  const {events, functions} = Buffer.isBuffer(file) ? (JSON.parse(file.toString()) as Gprof2dotFile) : file;
  return sumStacks(
    events.map(({callchain, cost}) => ({
      stack: callchain.map(id => [functions[id]!.name, functions[id]!.module, 0] as const).reverse(),
      bytes: cost[0]!,
      allocations: 0,
    })),
  );
}

/** Bytes by the text of each stack. */
export function decodeFolded(file: Buffer): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const line of file.toString().split('\n').slice(0, -1)) {
    const [, stack, bytes] = /^(.*) (\d+)$/.exec(line)!;
    sums.set(stack!, (sums.get(stack!) ?? 0) + Number(bytes));
  }
  return sums;
}

/** A message of protocol buffers: for each field its values, numbers or bytes. */
type Message = ReadonlyMap<number, readonly (number | Buffer)[]>;

function decodeMessage(bytes: Buffer): Message {
  const fields = new Map<number, (number | Buffer)[]>();
  let at = 0;
  const next = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value += BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < bytes.length) {
    const tag = next();
    const values = fields.get(tag >> 3) ?? [];
    fields.set(tag >> 3, values);
    if ((tag & 7) === 0) values.push(next());
    else if ((tag & 7) === 2) {
      const length = next();
      values.push(bytes.subarray(at, at + length));
      at += length;
    } else throw new Error(`wire type ${tag & 7}`);
  }
  if (at !== bytes.length) throw new Error('a message is cut off');
  return fields;
}

function getNumber(message: Message, field: number): number {
  return (message.get(field)?.at(-1) as number | undefined) ?? 0;
}

function getMessages(message: Message, field: number): Message[] {
  return (message.get(field) ?? []).map(bytes => decodeMessage(bytes as Buffer));
}

/** Packed numbers of 64 bits, with a sign. */
function getNumbers(message: Message, field: number): number[] {
  return (message.get(field) ?? []).flatMap(bytes => {
    const numbers: number[] = [];
    let value = 0n;
    let shift = 0n;
    for (const byte of bytes as Buffer) {
      value += BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte >= 128) continue;
      numbers.push(Number(BigInt.asIntN(64, value)));
      value = 0n;
      shift = 0n;
    }
    return numbers;
  });
}

export interface PprofSample {
  readonly stack: readonly FrameOfStack[];
  readonly bytes: number;
  readonly allocations: number;
  readonly labels: Readonly<Record<string, string>>;
}

export function decodePprof(file: Buffer) {
  const profile = decodeMessage(gunzipSync(file));
  const strings = (profile.get(6) ?? []).map(bytes => (bytes as Buffer).toString());
  const text = (message: Message, field: number): string => strings[getNumber(message, field)]!;
  const functions = new Map(
    getMessages(profile, 5).map(one => [getNumber(one, 1), [text(one, 2), text(one, 4)] as const]),
  );
  const mappings = getMessages(profile, 3).map(one => ({id: getNumber(one, 1), file: text(one, 5)}));
  const locations = new Map(
    getMessages(profile, 4).map(one => {
      const [line] = getMessages(one, 4);
      const frame: FrameOfStack = [...functions.get(getNumber(line!, 1))!, getNumber(line!, 2)];
      if (!mappings.some(({id}) => id === getNumber(one, 2))) throw new Error('a location without mapping');
      return [getNumber(one, 1), frame];
    }),
  );
  const samples = getMessages(profile, 2).map((one): PprofSample => {
    const [allocations = 0, bytes = 0] = getNumbers(one, 2);
    const stack = getNumbers(one, 1)
      .map(id => locations.get(id)!)
      .reverse();
    const labels = getMessages(one, 3).map(label => [text(label, 1), text(label, 2)]);
    return {stack, bytes, allocations, labels: Object.fromEntries(labels)};
  });
  return {
    samples,
    mappings,
    sampleTypes: getMessages(profile, 1).map(one => `${text(one, 1)}/${text(one, 2)}`),
    defaultSampleType: text(profile, 14),
    timeNanos: getNumber(profile, 9),
    durationNanos: getNumber(profile, 10),
    comments: getNumbers(profile, 13).map(id => strings[id]!),
    firstString: strings[0],
  };
}
