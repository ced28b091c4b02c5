import type {ImageTables} from './image-tables.js';

/** Was the capture made on macOS? Every process there has the dynamic linker or the system library mapped. */
export function isMacOs(paths: readonly string[]): boolean {
  return paths.some(path => path === '/usr/lib/dyld' || path === '/usr/lib/libSystem.B.dylib');
}

/** The lowest address of an image in its own numbering, leaving out what lies at 0 (`__PAGEZERO`). */
export function lowestAddress(tables: ImageTables, image: number): bigint {
  let lowest = 0n;
  for (let i = tables.segmentStarts[image]!; i < tables.segmentStarts[image + 1]!; i++) {
    const address = tables.virtualAddresses[i]!;
    if (address !== 0n && (lowest === 0n || address < lowest)) lowest = address;
  }
  return lowest;
}
