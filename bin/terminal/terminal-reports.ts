/**
 * Switches reports on: buttons and wheel (1000) in the form with decimal numbers (1006). Nothing that floods.
 */
export const ENABLE_MOUSE = '\u001b[?1000h\u001b[?1006h';
export const DISABLE_MOUSE = '\u001b[?1006l\u001b[?1000l';

/** Has pasted text marked, so that it is not taken for keys (`pasted-text.ts`). */
export const ENABLE_PASTE = '\u001b[?2004h';
export const DISABLE_PASTE = '\u001b[?2004l';

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

/** Text that was pasted, as it came. */
export interface PasteEvent {
  readonly kind: 'paste';
  readonly text: string;
}

/** What a terminal sends besides keys. */
export type TerminalEvent = MouseEvent | BackgroundEvent | PasteEvent;

/** Asks for the background colour (OSC 11). Terminals that do not know the question do not answer. */
export const QUERY_BACKGROUND = '\u001b]11;?\u001b\\';

const BUTTONS = ['left', 'middle', 'right'] as const;

/**
 * A report is `ESC [ < bits ; column ; row` and `M` (pressed) or `m` (released), column and row from 1. Bits:
 * 1 2 button (3: none), 4 shift, 8 meta, 16 control, 32 motion, 64 wheel (then 0 is up, 1 is down). xterm's
 * ctlseqs.
 */
const MOUSE_REPORT = /^\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])$/;
/** `ESC ] 11 ; colour`, without the BEL or `ESC \` that ends it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it excludes them.
const BACKGROUND_REPORT = /^\]11;([^\u0000-\u001f\u007f]{1,40})$/;

/** Reads a control sequence, given without its `ESC`. Null where it is no report of use. */
export function readReport(sequence: string): MouseEvent | BackgroundEvent | null {
  const mouse = MOUSE_REPORT.exec(sequence);
  if (mouse !== null) return toMouseEvent(mouse);
  const background = BACKGROUND_REPORT.exec(sequence);
  return background === null ? null : {kind: 'background', color: background[1]!};
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
