/** The last part of a recorded path, which has slashes. */
export function getBaseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
