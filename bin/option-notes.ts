import type {Limit} from '../src/gate/limit.js';
import type {InputSpec} from '../src/reader/input-spec.js';
import type {OptionValues} from './cli-values.js';
import type {GateOptions} from './gate-options.js';

/** What is allowed, but may be meant in another way: one line each. */
export function listOptionNotes(
  {texts}: Pick<OptionValues, 'texts'>,
  input: InputSpec,
  {failAbove, failGrowth}: GateOptions,
): readonly string[] {
  return [
    ...(texts.has('against') ? [] : describeSides(input)),
    ...describeBytes('--fail-above', failAbove, number => `${number} megabytes are written ${number}MB`),
    ...describeBytes('--fail-growth', failGrowth, number => `${number} % is written ${number}%`),
  ];
}

/** A shell may have made several captures of what was meant as both sides. */
function describeSides(input: InputSpec): readonly string[] {
  if (input.kind !== 'runs' || input.bases.length !== 1 || input.paths.length < 2) return [];
  const base = input.bases[0] === '-' ? 'standard input' : input.bases[0];
  return [
    `${base} is the base of ${input.paths.length} captures; --against says where the other side begins`,
  ];
}

/** Nobody limits memory to a few bytes. */
const LEAST_BYTES = 1000;

function describeBytes(
  option: string,
  limit: Limit | null,
  suggest: (number: string) => string,
): readonly string[] {
  if (limit?.kind !== 'size' || limit.bytes === 0 || limit.bytes >= LEAST_BYTES) return [];
  if (!/^[\d.]+$/.test(limit.written)) return [];
  return [`${option} ${limit.written} is a limit in bytes; ${suggest(limit.written)}`];
}
