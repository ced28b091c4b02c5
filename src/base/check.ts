// Checks of values that come from another program through the public functions.

/** True for everything that has fields. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** `tree.children[3].value must be a finite number, not NaN`. */
export function wrongType(path: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${path} must be ${expected}, not ${describeValue(value)}`);
}

/** What a value is, in a few words. Looks at no field of an object. */
function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
      return 'a function';
    case 'bigint':
      return 'a bigint';
    default:
      return String(value);
  }
}

/**
 * Runs a check of what a host hands to a component. A mistake is thrown without a stack trace: that would lead into our
 * minified code, which Ink would print.
 */
export function blameHost<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Error) delete error.stack;
    throw error;
  }
}

/** The message of whatever was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : describeValue(error);
}

/** No terminal is larger; a frame of that size still fits into memory. */
const MAX_CELLS = 2000;

/**
 * A width or height in cells: whole, from 0 to 2000. Undefined where no number is given, or none that is
 * finite.
 */
export function readCells(given: number | null | undefined): number | undefined {
  if (typeof given !== 'number' || !Number.isFinite(given)) return undefined;
  return Math.max(0, Math.min(Math.floor(given), MAX_CELLS));
}

/** @throws TypeError that names the first of these fields that is no function, where it is there at all */
export function checkOptionalFunctions(
  given: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  for (const name of names) {
    const value = given[name] ?? null;
    if (value !== null && typeof value !== 'function') throw wrongType(name, 'a function', value);
  }
}

/** A function of the host that has to return a string. */
export function requireText<Arguments extends readonly unknown[]>(
  name: string,
  call: (...given: Arguments) => string,
): (...given: Arguments) => string {
  return (...given) => {
    const text: unknown = call(...given);
    if (typeof text !== 'string')
      throw new TypeError(`${name} must return a string, not ${describeValue(text)}`);
    return text;
  };
}
