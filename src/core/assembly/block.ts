// A block as one number: the size of an allocation, or of a piece of a map, and, in the build that keeps
// blocks, its allocator in the highest byte.

/** Allocator numbers are those of version 12. */
export const MMAP: u32 = 14;

const ALLOCATOR_SHIFT: u64 = 56;
const SIZE_MASK: u64 = (1 << ALLOCATOR_SHIFT) - 1;

@inline
export function blockOf(size: u64, allocator: u32): u64 {
  return KEEPS_BLOCKS ? size | (<u64>allocator << ALLOCATOR_SHIFT) : size;
}

@inline
export function sizeOf(block: u64): u64 {
  return KEEPS_BLOCKS ? block & SIZE_MASK : block;
}
