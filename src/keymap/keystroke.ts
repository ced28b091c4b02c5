/** What Ink's `useInput` says about a key press, as far as it matters here. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly meta: boolean;
  readonly eventType?: 'press' | 'repeat' | 'release';
}

const NAMED_KEYS: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** The keystroke of one character: itself, except for white space and control characters. */
function nameCharacter(character: string): string {
  if (character === ' ') {
    return 'space';
  }
  if (character === '\r' || character === '\n') {
    return 'enter';
  }
  if (character === '\t') {
    return 'tab';
  }
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f || code === 0x08) {
    return 'backspace';
  }
  return code < 0x20 ? `ctrl+${String.fromCharCode(code + 0x60)}` : character;
}

/**
 * The keystrokes of one input event, in the order in which they were pressed. Fast typing and pasting deliver
 * several characters in one event, so that there may be any number of them.
 *
 * A keystroke is a character (`k`, `E`, `?`) or a name (`up`, `enter`, `space`), after `ctrl+`, `meta+` and
 * `shift+` (the latter before names only: a shifted character is another character).
 */
export function readKeystrokes(input: string, key: InkKey): readonly string[] {
  if (key.eventType === 'release') {
    return [];
  }
  const modifiers = (key.ctrl ? 'ctrl+' : '') + (key.meta ? 'meta+' : '');
  const named = NAMED_KEYS.find(([property]) => key[property] === true);
  if (named !== undefined) {
    // Ink reports Escape with `meta` where two of them arrive together; it is still Escape.
    const prefix = named[1] === 'escape' ? '' : modifiers + (key.shift ? 'shift+' : '');
    return [prefix + named[1]];
  }
  if (modifiers !== '') {
    return input === '' ? [] : [modifiers + (input === ' ' ? 'space' : input)];
  }
  return Array.from(input, nameCharacter);
}

/** The text that a keystroke types, or null for keys that type nothing. */
export function getTypedText(keystroke: string): string | null {
  if (keystroke === 'space') {
    return ' ';
  }
  // Names have several letters, a typed character is a single code point.
  const first = keystroke.codePointAt(0);
  return first !== undefined && keystroke.length === String.fromCodePoint(first).length ? keystroke : null;
}
