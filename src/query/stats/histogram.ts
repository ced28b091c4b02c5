/** Blocks of at most so many bytes that no bin before it holds. */
export interface Bin {
  readonly upTo: number;
  readonly count: number;
}

const BINS = 10;

/**
 * memray's histogram: bins of equal width in the logarithm of the size, from the smallest size above 0 to the largest.
 * Blocks of 0 bytes are in the first bin. Empty where there is no block.
 * @param counts how many blocks there are of each size
 */
export function computeHistogram(counts: ReadonlyMap<number, number>): readonly Bin[] {
  if (counts.size === 0) return [];
  const sizes = [...counts.keys()].filter(size => size > 0);
  const smallest = sizes.reduce((least, size) => Math.min(least, size), Infinity);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const high = sizes.length === 0 ? 0 : Math.log(largest);
  const lowest = sizes.length === 0 ? 0 : Math.log(smallest);
  const low = lowest === high ? lowest / 2 : lowest;
  const step = (high - low) / BINS;
  const bins = Array.from({length: BINS}, (_, bin) => ({
    // The logarithm is rounded: the last bin ends at the largest size, or one byte below it as memray writes it.
    upTo: Math.floor(Math.exp(low + step * (bin + 1))),
    count: 0,
  }));
  for (const [size, count] of counts) {
    const bin = size === 0 ? 0 : step === 0 ? BINS - 1 : divideDown(Math.log(size) - low, step);
    bins[Math.min(bin, BINS - 1)]!.count += count;
  }
  return bins;
}

/** As Python divides: what is not quite a multiple is not rounded up to one. */
function divideDown(value: number, step: number): number {
  return Math.round((value - (value % step)) / step);
}

/** The smallest and the largest size; null where there is no block. */
export function findRange(
  counts: ReadonlyMap<number, number>,
): {readonly smallest: number; readonly largest: number} | null {
  if (counts.size === 0) return null;
  let smallest = Infinity;
  let largest = 0;
  for (const size of counts.keys()) {
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
  }
  return {smallest, largest};
}

/** Sizes from a power of two up to the next one: `from` is 0, 1, 2, 4, … */
export interface PowerBin {
  readonly from: number;
  readonly count: number;
}

/** Blocks by powers of two, from the bin of the smallest to that of the largest, empty ones between them included. */
export function computePowers(counts: ReadonlyMap<number, number>): readonly PowerBin[] {
  const bins = new Map<number, number>();
  for (const [size, count] of counts) {
    const bin = size < 1 ? 0 : Math.floor(Math.log2(size)) + 1;
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  const [first, last] = [Math.min(...bins.keys()), Math.max(...bins.keys())];
  return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => {
    const bin = first + index;
    return {from: bin === 0 ? 0 : 2 ** (bin - 1), count: bins.get(bin) ?? 0};
  });
}
