/** A key that an object has twice. */
export interface DuplicateKey {
  readonly key: string;
  /** Of the second one, from 1 on. */
  readonly line: number;
}

/**
 * The first key that stands twice in one object; null where there is none. `JSON.parse` takes the last one and says nothing.
 * @param json that can be parsed
 */
export function findDuplicateKey(json: string): DuplicateKey | null {
  /** The keys of the objects, and null for the lists, that are open. */
  const open: (Set<string> | null)[] = [];
  let string = {start: 0, end: 0};
  for (let at = 0; at < json.length; at++) {
    const character = json[at]!;
    if (character === '"') {
      string = {start: at, end: findEnd(json, at)};
      at = string.end - 1;
    } else if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':') {
      const key = JSON.parse(json.slice(string.start, string.end)) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) return {key, line: json.slice(0, string.start).split('\n').length};
      keys.add(key);
    }
  }
  return null;
}

/** Where a string ends that begins at `start`. */
function findEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
