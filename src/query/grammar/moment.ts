import {formatMoment, getNumber, type Moment} from '../../heap/moment.js';
import {QueryError, sliceWord, splitWord, type Word} from './word.js';

const EXAMPLES = '12.3s, 50%, #17 or @12345';
/** Each takes a run of its own through the records, or a column. */
const MAX_MARKS = 100;

/** `12.3s`, `50%`, `#17` (a memory record), `@12345` (allocation records). @throws QueryError */
export function parseMoment({text, start}: Word): Moment {
  const moment = parseCounted(text) ?? parseMeasured(text);
  if (moment === null) throw new QueryError(`"${text}" is not a moment, such as ${EXAMPLES}`, start);
  return moment;
}

function parseCounted(text: string): Moment | null {
  const [, sign, digits] = /^([#@])(\d+)$/.exec(text) ?? [];
  const count = Number(digits);
  if (sign === undefined || !Number.isSafeInteger(count)) return null;
  return sign === '#' ? {kind: 'record', record: count} : {kind: 'allocations', count};
}

/** Times are exact to a microsecond, shares to a millionth. */
function parseMeasured(text: string): Moment | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(s|%)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const millionths = Math.round(Number(digits) * 1e6);
  if (!Number.isSafeInteger(millionths)) return null;
  if (unit === 's') return {kind: 'time', ms: millionths / 1e3};
  return millionths <= 100e6 ? {kind: 'share', percent: millionths / 1e6} : null;
}

/** `5s..10s`: from one moment to another. @throws QueryError */
export function parseMomentRange(word: Word): {readonly from: Moment; readonly to: Moment} {
  const dots = word.text.indexOf('..');
  if (dots < 0) {
    throw new QueryError(
      `"${word.text}" is not a range of moments: A..B, each such as ${EXAMPLES}`,
      word.start,
    );
  }
  const from = parseMoment(sliceWord(word, 0, dots));
  const to = parseMoment(sliceWord(word, dots + 2));
  if (isLater(from, to)) throw new QueryError(`"${word.text}" ends before it begins`, word.start);
  return {from, to};
}

/** `0%,50%,100%`: at least two moments. @throws QueryError */
export function parseMarks(word: Word): readonly Moment[] {
  const marks = splitWord(word, ',').map(parseMoment);
  const name = `"${word.text}"`;
  if (marks.length < 2)
    throw new QueryError(`${name} is one mark; generations need at least two`, word.start);
  if (marks.length > MAX_MARKS) throw new QueryError(`${name} has more than ${MAX_MARKS} marks`, word.start);
  if (marks.some((mark, index) => index > 0 && isLater(marks[index - 1]!, mark)))
    throw new QueryError(`${name} are not in the order of time`, word.start);
  return marks;
}

/** As far as it can be known without the recording: moments of different forms are compared when it is read. */
function isLater(a: Moment, b: Moment): boolean {
  return a.kind === b.kind && getNumber(a) > getNumber(b);
}

export function formatMomentRange(from: Moment, to: Moment): string {
  return `${formatMoment(from)}..${formatMoment(to)}`;
}

export function formatMarks(marks: readonly Moment[]): string {
  return marks.map(formatMoment).join(',');
}
