import type {Pattern} from '../query/grammar/term.js';
import type {Step} from '../query/steps/steps.js';

/** What is wrong with a pattern, or with a file of them. */
export class SuppressionError extends Error {}

const PREFIX = 'leak:';
/** Each of them is compiled and tried on every name. */
const MAX_PATTERNS = 10_000;
/** Of a line that may be anything. */
const MAX_SHOWN = 60;

/**
 * `leak:PATTERN`, as LeakSanitizer and heaptrack write what they are to ignore: a part of a function, a file or a
 * module; `*` stands for any text, `^` at the beginning and `$` at the end for that of the name.
 * @throws SuppressionError
 */
export function parseSuppression(line: string): Pattern {
  const shown = line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
  if (!line.startsWith(PREFIX)) throw new SuppressionError(`"${shown}" does not begin with ${PREFIX}`);
  const text = line.slice(PREFIX.length).trim();
  const [begins, ends] = [text.startsWith('^'), text.endsWith('$')];
  const name = text.slice(begins ? 1 : 0, ends ? -1 : undefined);
  if (/^\**$/.test(name)) throw new SuppressionError(`"${shown}" matches everything`);
  if (!begins && !ends && !name.includes('*')) return {kind: 'part', text: name};
  const inner = name.split('*').map(escapeRegex).join('.*');
  return {kind: 'regex', text: `${begins ? '^' : ''}${inner}${ends ? '$' : ''}`};
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A file with a pattern in each line; empty lines and those that begin with # do not count. @throws SuppressionError */
export function readSuppressions(text: string): readonly Pattern[] {
  const patterns: Pattern[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    try {
      patterns.push(parseSuppression(line));
    } catch (error) {
      if (!(error instanceof SuppressionError)) throw error;
      throw new SuppressionError(`line ${index + 1}: ${error.message}`);
    }
    if (patterns.length > MAX_PATTERNS) throw new SuppressionError('holds more than 10,000 patterns');
  }
  return patterns;
}

/** The step that suppresses what matches one of the patterns; none where there are no patterns. */
export function toSteps(patterns: readonly Pattern[]): readonly Step[] {
  return patterns.length === 0 ? [] : [{kind: 'ignore', term: {field: 'any', patterns}}];
}
