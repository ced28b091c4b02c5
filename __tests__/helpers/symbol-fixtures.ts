import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type ImageTables, ImageTablesBuilder} from '../../src/symbols/image-tables.js';
import type {NativeSymbols} from '../../src/symbols/native-symbols.js';
import type {NativeFrame} from './native-captures.js';

/** Libraries of the project's own; `make.py` beside them makes them and what memray finds in them. */
export const symbolsDirectory: string = fileURLToPath(new URL('../fixtures/symbols', import.meta.url));

/** function, file, line */
export type ExpectedFrame = readonly [string, string, number];

export interface ExpectedImage {
  /** Of each PT_LOAD: virtual address, size in memory. */
  readonly loads: readonly (readonly [number, number])[];
  /** Addresses of code with the same frames, both ends included. */
  readonly runs: readonly {
    readonly from: number;
    readonly to: number;
    readonly frames: readonly ExpectedFrame[];
  }[];
}

export const expectedImages: Readonly<Record<string, ExpectedImage>> = JSON.parse(
  readFileSync(join(symbolsDirectory, 'expected.json'), 'utf8'),
);

/** Where all images of these tests are loaded. */
export const LOAD_ADDRESS = 0x5_0000_0000n;

/** One generation in which only this image is loaded. */
export function tablesOf(path: string, loads: ExpectedImage['loads']): ImageTables {
  const builder = new ImageTablesBuilder();
  builder.startGeneration();
  builder.addImage(path, LOAD_ADDRESS);
  for (const [address, size] of loads) builder.addSegment(BigInt(address), BigInt(size));
  return builder.finish();
}

/** The return address of a call at that offset of the image. */
export const returnAddress = (offset: number): bigint => LOAD_ADDRESS + BigInt(offset) + 1n;

/** What symbols know about return addresses, by the first list of images. Empty where an address lies in no image. */
export function resolveAll(symbols: NativeSymbols, ips: readonly bigint[]): (readonly NativeFrame[])[] {
  const callSites = ips.map(ip => symbols.locate(ip, 0));
  const named = new Map<number, readonly NativeFrame[]>([[-1, []]]);
  const steps = symbols.nameLocated((callSite, {calls, image, offset}) =>
    named.set(
      callSite,
      calls.map(call => ({...call, image, offset})),
    ),
  );
  while (!steps.next().done);
  return callSites.map(callSite => named.get(callSite)!);
}

export const toExpected = (frames: readonly NativeFrame[]): ExpectedFrame[] =>
  frames.map(frame => [frame.function, frame.file, frame.line]);
