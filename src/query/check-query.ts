import {isObject, wrongType} from '../base/check.js';
import {formatShape, formatStep} from './grammar/format-query.js';
import {parseQuery} from './grammar/parse-query.js';
import type {Step} from './steps/steps.js';
import {DIFF_MODES, LEVELS, type Shape, SORT_KEYS, type TreeQuery} from './tree-query.js';

const CHOICES = {by: LEVELS, sort: SORT_KEYS, diff: DIFF_MODES} as const;

/**
 * Checks all of a query that a caller of the library hands over as data, but what it selects.
 * @param name of the option that holds it
 * @throws TypeError that names what is wrong
 */
export function checkQuery(query: unknown, name: string): void {
  if (!isObject(query)) throw wrongType(name, 'written steps or a query', query);
  const {steps, shape, biggest} = query;
  for (const [field, known] of Object.entries(CHOICES)) {
    if (!(known as readonly unknown[]).includes(query[field])) {
      throw wrongType(`${name}.${field}`, `one of ${known.join(', ')}`, query[field]);
    }
  }
  for (const field of ['isReversed', 'isNormalized']) {
    if (typeof query[field] !== 'boolean') throw wrongType(`${name}.${field}`, 'true or false', query[field]);
  }
  const isCount = Number.isInteger(biggest) && (biggest as number) >= 0;
  if (biggest !== null && biggest !== Infinity && !isCount) {
    throw wrongType(`${name}.biggest`, 'a whole number, not below 0, Infinity or null', biggest);
  }
  if (!Array.isArray(steps)) throw wrongType(`${name}.steps`, 'an array', steps);
  for (const [index, step] of steps.entries()) {
    const isStep = isWritten(
      step,
      given => formatStep(given as Step),
      ({steps: [read]}) => read,
    );
    if (!isStep) throw wrongType(`${name}.steps[${index}]`, 'a step as parseQuery makes it', step);
  }
  const isShape = isWritten(
    shape,
    given => formatShape(given as Shape),
    read => read.shape,
  );
  if (!isShape) throw wrongType(`${name}.shape`, 'a shape as parseQuery makes it', shape);
}

/** Whether what is written of a part of a query is read as the same part: the grammar knows what parts may hold. */
function isWritten(
  part: unknown,
  format: (part: unknown) => string,
  pick: (read: TreeQuery) => unknown,
): boolean {
  if (!isObject(part)) return false;
  try {
    return holds(part, pick(parseQuery(format(part))));
  } catch {
    return false;
  }
}

/** Whether all fields of `expected` are in `given`, with the same values. */
function holds(given: unknown, expected: unknown): boolean {
  if (!isObject(expected)) return Object.is(given, expected);
  if (!isObject(given) || Array.isArray(given) !== Array.isArray(expected)) return false;
  if (Array.isArray(given) && given.length !== Object.keys(expected).length) return false;
  return Object.entries(expected).every(([field, value]) => holds(given[field], value));
}
