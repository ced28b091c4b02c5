// Memory of the core: one linear memory, handed out upwards and never moved. Regions that a grown table
// leaves behind are cut up for later requests, so that growing costs no memory that stays unused.
//
// When memory ends, nothing fails on the spot: `isExhausted` turns true, structures go on with what they have
// (pools keep one chunk in reserve, tables fill up further), and the record loop stops before the next
// record.

/**
 * Memory grows by as much as it is, between these bounds. Each time it does the engine may look through all
 * objects of JavaScript, and memory that is not touched costs nothing.
 */
const MIN_GROWTH_PAGES: u32 = 32;
const MAX_GROWTH_PAGES: u32 = 8192;
const MAX_SPARE_REGIONS: u32 = 64;

let top: u64 = 0;
/**
 * Where the memory of the heap ends, and where that of results, which may be asked for when the former is
 * used up.
 */
let heapLimit: u64 = 0;
let resultLimit: u64 = 0;
const MAX_RESULT_BYTES: u64 = 128 << 20;
/**
 * What the heap may take so far: a fixed amount for stacks, frames, names, threads and the like, and some
 * more with every live allocation, for itself and its location. So a flood of anything that holds no memory
 * ends early, however much memory there is.
 */
let budget: u64 = 0;
const BASE_BUDGET: u64 = 384 << 20;
let spareCount: u32 = 0;
/** Pairs of (pointer, bytes). */
const spares: usize = memory.data(64 * 8, 8);

export let isExhausted: bool = false;

export function setExhausted(): void {
  isExhausted = true;
}

export function initMemory(limit: u64): void {
  top = (<u64>__heap_base + 63) & ~63;
  resultLimit = limit;
  heapLimit = limit - min(limit >> 3, MAX_RESULT_BYTES);
  budget = BASE_BUDGET;
}

export function raiseBudget(bytes: u64): void {
  budget += bytes;
}

/** A region of at least `bytes` bytes, aligned to 64; its content is arbitrary. 0 when memory has ended. */
export function allocateRegion(bytes: usize): usize {
  const ptr = allocateBelow(bytes, min(heapLimit, budget));
  if (ptr == 0) isExhausted = true;
  return ptr;
}

/** The same for results. */
export function allocateResult(bytes: usize): usize {
  return allocateBelow(bytes, resultLimit);
}

function allocateBelow(bytes: usize, limit: u64): usize {
  const size = <u32>(bytes + 63) & ~63;
  for (let i: u32 = 0; i < spareCount; i++) {
    const spare = spares + ((<usize>i) << 3);
    const left = load<u32>(spare, 4);
    if (left < size) continue;
    const ptr = <usize>load<u32>(spare);
    store<u32>(spare, <u32>ptr + size);
    store<u32>(spare, left - size, 4);
    return ptr;
  }
  const next = top + size;
  if (next > limit || !ensurePages(next)) return 0;
  const ptr = <usize>top;
  top = next;
  return ptr;
}

/** Gives a region back. */
export function releaseRegion(ptr: usize, bytes: usize): void {
  let slot = spares;
  if (spareCount < MAX_SPARE_REGIONS) {
    slot = spares + ((<usize>spareCount) << 3);
    spareCount++;
  } else {
    // The list is full: the smallest region is forgotten (regions come from doubled tables, so this is rare).
    for (let i: u32 = 1; i < spareCount; i++) {
      const other = spares + ((<usize>i) << 3);
      if (load<u32>(other, 4) < load<u32>(slot, 4)) slot = other;
    }
    if (load<u32>(slot, 4) >= <u32>bytes) return;
  }
  store<u32>(slot, <u32>ptr);
  store<u32>(slot, <u32>bytes, 4);
}

export function memoryInUse(): f64 {
  return <f64>top;
}

function ensurePages(end: u64): bool {
  const pages = <u32>memory.size();
  const have = <u64>pages << 16;
  if (end <= have) return true;
  const missing = <u32>((end - have + 0xffff) >> 16);
  const growth = min(max(pages, MIN_GROWTH_PAGES), MAX_GROWTH_PAGES);
  if (memory.grow(missing + growth) >= 0) return true;
  return memory.grow(missing) >= 0;
}
