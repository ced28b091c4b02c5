/**
 * Switches reports on: buttons and wheel (1000) in the form with decimal numbers (1006). Nothing that floods.
 */
export const ENABLE_MOUSE = '\u001b[?1000h\u001b[?1006h';
export const DISABLE_MOUSE = '\u001b[?1006l\u001b[?1000l';

/** What the mouse did. Cells count from 0, 0 at the top left. */
export type MouseEvent =
  | {
      readonly kind: 'press' | 'release';
      readonly button: 'left' | 'middle' | 'right';
      readonly column: number;
      readonly row: number;
    }
  /** One notch of the wheel: −1 is up, 1 is down. */
  | {readonly kind: 'wheel'; readonly direction: -1 | 1; readonly column: number; readonly row: number};

/** The terminal's answer to `QUERY_BACKGROUND`: "rgb:ffff/ffff/ffff" mostly. */
export interface BackgroundEvent {
  readonly kind: 'background';
  readonly color: string;
}

/** What a terminal sends besides keys. */
export type TerminalEvent = MouseEvent | BackgroundEvent;

/** Asks for the background colour (OSC 11). Terminals that do not know the question do not answer. */
export const QUERY_BACKGROUND = '\u001b]11;?\u001b\\';

const BUTTONS = ['left', 'middle', 'right'] as const;

/**
 * A report is `ESC [ < bits ; column ; row` and `M` (pressed) or `m` (released), column and row from 1. Bits:
 * 1 2 button (3: none), 4 shift, 8 meta, 16 control, 32 motion, 64 wheel (then 0 is up, 1 is down). xterm's
 * ctlseqs.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
const REPORT = /\u001b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const BEGUN_REPORT = /\u001b(?:\[(?:<[\d;]{0,17})?)?$/y;
/** `ESC ] 11 ; colour`, ended by BEL or `ESC \`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const BACKGROUND = /\u001b\]11;([^\u0007\u001b]{0,40})(?:\u0007|\u001b\\)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const BEGUN_BACKGROUND = /\u001b\](?:1(?:1(?:;[^\u0007\u001b]{0,40}\u001b?)?)?)?$/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const BROKEN_REPORT = /\u001b\[<[\d;]*/y;

/** What a piece of input is made of. */
export interface SplitInput {
  /** The input without reports. */
  readonly text: string;
  readonly events: readonly TerminalEvent[];
  /** The end of the input, if it may be the beginning of a report: to be put before the next piece. */
  readonly rest: string;
}

/**
 * Takes reports out of terminal input. Pure; pieces may be cut anywhere as long as `rest` is put before the
 * next.
 */
export function splitReports(input: string): SplitInput {
  const events: TerminalEvent[] = [];
  let text = '';
  let position = 0;
  while (position < input.length) {
    const start = input.indexOf('\u001b', position);
    if (start < 0) break;
    text += input.slice(position, start);
    const report = matchAt(REPORT, input, start);
    if (report !== null) {
      const event = toMouseEvent(report);
      if (event !== null) events.push(event);
      position = start + report[0].length;
      continue;
    }
    const background = matchAt(BACKGROUND, input, start);
    if (background !== null) {
      events.push({kind: 'background', color: background[1]!});
      position = start + background[0].length;
    } else if (matchAt(BEGUN_REPORT, input, start) ?? matchAt(BEGUN_BACKGROUND, input, start)) {
      return {text, events, rest: input.slice(start)};
    } else {
      // The beginning of a report whose end never came is nothing that anybody typed.
      const broken = matchAt(BROKEN_REPORT, input, start);
      if (broken === null) text += '\u001b';
      position = start + (broken?.[0].length ?? 1);
    }
  }
  return {text: text + input.slice(position), events, rest: ''};
}

function matchAt(pattern: RegExp, input: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(input);
}

function toMouseEvent([, bitsText, columnText, rowText, end]: RegExpExecArray): MouseEvent | null {
  const bits = Number(bitsText);
  const at = {column: Math.max(0, Number(columnText) - 1), row: Math.max(0, Number(rowText) - 1)};
  if ((bits & 32) !== 0) return null;
  if ((bits & 64) !== 0) {
    // Buttons 2 and 3 are a wheel that goes sideways.
    return (bits & 2) !== 0 ? null : {kind: 'wheel', direction: (bits & 1) === 0 ? -1 : 1, ...at};
  }
  const button = BUTTONS[bits & 3];
  return button === undefined ? null : {kind: end === 'M' ? 'press' : 'release', button, ...at};
}
