import type {Environment} from '../../src/platform/environment.js';
import type {Background} from '../../src/style/palette.js';

/**
 * What a terminal's answer to the question for its background says: "rgb:RR/GG/BB" with 1 to 4 hexadecimal
 * digits each, "rgba:…" or "#RRGGBB" (X11's colour names are not answered by any terminal). Null for anything
 * else.
 */
export function readBackground(color: string): Background | null {
  const parts =
    /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(color) ??
    /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color);
  if (parts === null) return null;
  const [red, green, blue] = parts
    .slice(1, 4)
    .map(digits => parseInt(digits, 16) / (16 ** digits.length - 1));
  // Perceived brightness (ITU-R BT.601), from 0 to 1.
  return 0.299 * red! + 0.587 * green! + 0.114 * blue! > 0.5 ? 'light' : 'dark';
}

/** The hint of rxvt, Konsole and others: COLORFGBG="15;0", its last part one of the 16 colours. */
export function guessBackground({COLORFGBG: colors = ''}: Environment): Background | null {
  const background = /^(?:\w+;){1,2}(\d{1,2})$/.exec(colors)?.[1];
  if (background === undefined) return null;
  return background === '7' || Number(background) > 8 ? 'light' : 'dark';
}

/** The background of the terminal, as far as it is known. */
export interface BackgroundSource {
  get(): Background;
  /** Takes the terminal's answer. */
  answer(color: string): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createBackgroundSource(env: Environment): BackgroundSource {
  let background = guessBackground(env) ?? 'dark';
  const listeners = new Set<() => void>();
  return {
    get: () => background,
    answer(color) {
      const answered = readBackground(color);
      if (answered === null || answered === background) return;
      background = answered;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
