// Allocator numbers of old versions as those of version 12. Only where blocks are kept.

export function toAllocator6(number: u32): u32 {
  return load<u8>(memory.data<u8>([0, 6, 5, 8, 7, 9, 11, 12, 13, 14, 15]) + number);
}

/** Of versions 7 to 11. */
export function toAllocator7(number: u32): u32 {
  return load<u8>(memory.data<u8>([0, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 2, 3, 4, 1]) + number);
}
