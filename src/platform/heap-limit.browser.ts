/** Pages cannot ask how large their heap may become; 64-bit browsers give each of them at least 2 GB. */
const FREE_BYTES = 512 << 20;

/** Bytes of the heap that a result may take. */
export function getFreeHeapBytes(): number {
  return FREE_BYTES;
}
