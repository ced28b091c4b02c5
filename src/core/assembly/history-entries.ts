// Entries of the log of the history: what a location gains from the start of a cell to its end, and to its highest moment.
// Varints, zig-zag where they are signed:
//   step of the number << 2 | form · count at the end · bytes at the end · count at the highest · bytes there
// form  0 the highest state is that at the end · 1 it is that at the start · 2 all four numbers · 3 the end is the start: only
// the last two numbers

@inline
function putVarint(at: usize, value: u64): usize {
  while (value >= 128) {
    store<u8>(at++, <u8>(value | 128));
    value >>= 7;
  }
  store<u8>(at++, <u8>value);
  return at;
}

@inline
function zigZag(value: i64): u64 {
  return (<u64>value << 1) ^ <u64>(value >> 63);
}

@inline
function putSigned(at: usize, value: i64): usize {
  return putVarint(at, zigZag(value));
}

/** The number of the location that the latest entry is about. */
let lastNumber: i64 = 0;

/** To be called before the first entry of a cell. */
export function startEntries(): void {
  lastNumber = 0;
}

/** What has changed since the start of a cell, up to its end and up to its highest moment. */
@inline
export function putEntry(at: usize, number: i64, count: i64, bytes: i64, highCount: i64, highBytes: i64): usize {
  const isEnd = count == highCount && bytes == highBytes;
  const isStart = highCount == 0 && highBytes == 0;
  const isBack = count == 0 && bytes == 0;
  if (isBack && isStart) return at;
  const form: u64 = isEnd ? 0 : isStart ? 1 : isBack ? 3 : 2;
  at = putVarint(at, (zigZag(number - lastNumber) << 2) | form);
  lastNumber = number;
  if (form != 3) {
    at = putSigned(at, count);
    at = putSigned(at, bytes);
  }
  if (form >= 2) {
    at = putSigned(at, highCount);
    at = putSigned(at, highBytes);
  }
  return at;
}

/** Where reading is. */
export let readAt: usize = 0;

export function startReading(at: usize): void {
  readAt = at;
}

@inline
export function takeVarint(): u64 {
  let value: u64 = 0;
  let shift: u64 = 0;
  let byte: u64 = 0;
  do {
    byte = load<u8>(readAt++);
    value |= (byte & 127) << shift;
    shift += 7;
  } while (byte >= 128);
  return value;
}

@inline
export function takeSigned(): i64 {
  const value = takeVarint();
  return <i64>(value >> 1) ^ -(<i64>(value & 1));
}
