const LOW_BITS: u64 = 0x0101010101010101;
const TOP_BITS: u64 = 0x8080808080808080;

/** Where the first zero byte from `at` on lies; −1 (all bits set) if there is none before `end`. */
export function findZero(at: usize, end: usize): usize {
  // Words may reach beyond `end`, into the room after the window.
  for (; at < end; at += 8) {
    const word = load<u64>(at);
    const zeros = (word - LOW_BITS) & ~word & TOP_BITS;
    if (zeros == 0) continue;
    const found = at + (<usize>ctz(zeros) >> 3);
    return found < end ? found : -1;
  }
  return -1;
}
