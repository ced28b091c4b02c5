import type {CaptureInfo} from './snapshot.js';

/** What one block of Python's small-object allocator holds on all systems that memray runs on. */
const ARENA_BYTES = 2 ** 20;
/** The same before Python 3.10. */
const FORMER_ARENA_BYTES = 2 ** 18;

/**
 * How much memory Python's small-object allocator maps at once, for small objects of any place: what looks like one
 * large block of whoever needed the first of them. Null where the capture does not record that (with
 * `--trace-python-allocators` it records the objects instead), where Python had another allocator, and where the
 * version of Python is not known.
 */
export function getArenaBytes(capture: CaptureInfo): number | null {
  const parts = capture.parts?.flatMap(part => part.capture ?? []) ?? [capture];
  const [first = null, ...others] = parts.map(getOwnArenaBytes);
  return others.every(size => size === first) ? first : null;
}

function getOwnArenaBytes({
  pythonAllocator,
  tracePythonAllocators,
  pythonVersion,
}: CaptureInfo): number | null {
  if (!pythonAllocator.startsWith('pymalloc') || tracePythonAllocators || pythonVersion === null) return null;
  const [major = 0, minor = 0] = pythonVersion.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 10) ? ARENA_BYTES : FORMER_ARENA_BYTES;
}
