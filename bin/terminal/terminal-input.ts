import {readReport, type TerminalEvent} from './terminal-reports.js';

/** A piece of terminal input: keys as Ink takes them, or an event that is no key. */
export type InputPart = {readonly kind: 'keys'; readonly text: string} | TerminalEvent;

export interface SplitInput {
  readonly parts: readonly InputPart[];
  /** The end of the input if a control sequence may begin there: to be put before the next piece of input. */
  readonly rest: string;
}

/**
 * The Esc key in the encoding of the kitty keyboard protocol, which Ink reads at once. It would hold a bare
 * ESC back for a while, and take it for the Alt key if another key arrives meanwhile.
 */
export const ESCAPE_KEY = '\u001b[27u';

const ESC = '\u001b';

/**
 * A whole control sequence of a key or a report, without its ESC (ECMA-48): CSI or SS3, parameters,
 * intermediate bytes, final byte. rxvt ends shifted keys with `$`; the Linux console sends `ESC [ [ A` for F1.
 * No sequence that a terminal sends ends in `q`: that is the key, after a sequence whose end never came.
 */
const KEY_SEQUENCE = /\[[235678]\$|\[\[?[0-?]{0,32}[ -/]{0,4}[@-Z\\-pr-~]|O[\d;]{0,32}[@-pr-~]/y;
/** OSC, DCS, SOS, PM or APC without its ESC: a text that BEL or `ESC \` ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
const STRING_SEQUENCE = /([\]PX^_][^\u0000-\u001f]{0,4096})(?:\u0007|\u001b\\)/y;
/**
 * The beginning of a sequence, without its ESC, at the end of the input. Nothing but what may follow in the
 * form of a report is taken, so that any other key ends it: Ctrl+C and `q` always do.
 */
const BEGUN_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  /(?:\[\[?[0-?]{0,32}[ -/]{0,4}|O[\d;]{0,32}|\](?:11?)?|\]11;(?:#?[\da-fA-F]{0,12}|r(?:g(?:ba?(?::[\da-fA-F/]{0,24})?)?)?)\u001b?)?$/y;
/** More of a sequence than a person types: nobody pressed these keys. */
const BROKEN_SEQUENCE =
  /\[\[?[0-?]{1,32}[ -/]{0,4}|O[\d;]{1,32}|\]11;(?:r(?:g(?:ba?(?::[\da-fA-F/]{0,24})?)?)?|#?[\da-fA-F]{0,12})/y;
/** Alt+Backspace is no Esc. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
const ALT_BACKSPACE = /[\u007f\u0008]/y;
/** Private sequences are reports; a mark of pasted text that is here has no other one. */
const NO_KEY = /^\[(?:[<=>?]|20[01]~$)/;

/**
 * Splits terminal input into keys and reports. Pure; pieces may be cut anywhere as long as `rest` is put
 * before the next. The keys contain whole sequences only, and ESC nowhere else: an ESC that begins no sequence
 * is the Esc key, and what follows is the next key. There are no commands with the Alt key, while keys that
 * are pressed one after the other often arrive together.
 */
export function splitInput(input: string): SplitInput {
  const parts: InputPart[] = [];
  let position = 0;
  for (;;) {
    const start = input.indexOf(ESC, position);
    addKeys(parts, input.slice(position, start < 0 ? undefined : start));
    if (start < 0) return {parts, rest: ''};
    const body = start + 1;
    const key = matchAt(KEY_SEQUENCE, input, body) ?? matchAt(ALT_BACKSPACE, input, body);
    const text = key === null ? matchAt(STRING_SEQUENCE, input, body) : null;
    if (key !== null) addSequence(parts, key[0]);
    else if (text !== null) addReport(parts, text[1]!);
    else if (matchAt(BEGUN_SEQUENCE, input, body) !== null) return {parts, rest: input.slice(start)};
    const broken = key ?? text ?? matchAt(BROKEN_SEQUENCE, input, body);
    if (broken === null) addKeys(parts, ESCAPE_KEY);
    position = body + (broken?.[0].length ?? 0);
  }
}

/** Whether the rest of an input is more than anybody typed: the beginning of a report or of a key's sequence. */
export function isBegunReport(rest: string): boolean {
  return matchAt(BROKEN_SEQUENCE, rest, 1) !== null;
}

/** Whether an input is what a single key sends. */
export function isOneKey(input: string): boolean {
  const {parts, rest} = splitInput(input);
  const [part] = parts;
  if (part === undefined) return rest === ESC;
  const isAll = parts.length === 1 && rest === '' && part.kind === 'keys' && part.text === input;
  return isAll && (Array.from(input).length === 1 || input.startsWith(ESC));
}

/** What the rest of an input is if nothing follows. */
export function endInput(rest: string): readonly InputPart[] {
  const parts: InputPart[] = [];
  for (let position = 0; position < rest.length; ) {
    const broken = rest[position] === ESC ? matchAt(BROKEN_SEQUENCE, rest, position + 1) : null;
    if (broken === null) addKeys(parts, rest[position] === ESC ? ESCAPE_KEY : rest[position]!);
    position += 1 + (broken?.[0].length ?? 0);
  }
  return parts;
}

function addKeys(parts: InputPart[], text: string): void {
  if (text !== '') parts.push({kind: 'keys', text});
}

function addSequence(parts: InputPart[], sequence: string): void {
  if (NO_KEY.test(sequence)) addReport(parts, sequence);
  else addKeys(parts, ESC + sequence);
}

function addReport(parts: InputPart[], sequence: string): void {
  const event = readReport(sequence);
  if (event !== null) parts.push(event);
}

function matchAt(pattern: RegExp, input: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(input);
}
