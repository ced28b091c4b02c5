/** Release levels in PY_VERSION_HEX; a final release (0xf) has no suffix. */
const LEVELS: Readonly<Record<number, string>> = {10: 'a', 11: 'b', 12: 'rc'};

/** PY_VERSION_HEX as text: 0x030b02f0 → "3.11.2", 0x030e00b3 → "3.14.0b3". */
export function formatPythonVersion(hex: number): string {
  const level = LEVELS[(hex >>> 4) & 15];
  const suffix = level === undefined ? '' : `${level}${hex & 15}`;
  return `${hex >>> 24}.${(hex >>> 16) & 255}.${(hex >>> 8) & 255}${suffix}`;
}
