/** What a program wrote to a terminal besides text. */
export interface ControlSequences {
  /**
   * Each control sequence once, with its numbers replaced by `n` where there may be any: `CSI n A`, `CSI ? 25
   * h`.
   */
  readonly kinds: ReadonlySet<string>;
  /** What is neither text nor a sequence with a name: the bytes as they came, with their offset. */
  readonly unknown: readonly string[];
  /** The text between the sequences. */
  readonly text: string;
}

const ESC = '\u001b';
/** The question for the background color (xterm's ctlseqs). */
const QUERY_BACKGROUND = '\u001b]11;?\u001b\\';
/** The start of a link to a file, or the end of a link. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
const LINK = /\u001b\]8;;(?:file:\/\/[!-~]+)?\u001b\\/y;
/** `ESC [`, parameters, and the final byte (ECMA-48, 5.4). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
const CSI = /\u001b\[([0-?]*)([ -/]*)([@-~])/y;

/** Parses everything that was written, byte for byte: nothing is skipped. */
export function scanControls(output: string): ControlSequences {
  const kinds = new Set<string>();
  const unknown: string[] = [];
  let text = '';
  for (let at = 0; at < output.length; ) {
    const character = output[at]!;
    if (character === ESC) {
      CSI.lastIndex = at;
      const match = CSI.exec(output);
      if (output.startsWith(QUERY_BACKGROUND, at)) {
        kinds.add('OSC 11 ?');
        at += QUERY_BACKGROUND.length;
        continue;
      }
      LINK.lastIndex = at;
      const link = LINK.exec(output);
      if (link !== null) {
        kinds.add('OSC 8');
        at += link[0].length;
        continue;
      }
      if (match === null) {
        unknown.push(`${at}: ${JSON.stringify(output.slice(at, at + 12))}`);
        at += 1;
        continue;
      }
      kinds.add(nameSequence(match));
      at += match[0].length;
      continue;
    }
    if (character === '\r' || character === '\n') kinds.add(JSON.stringify(character));
    else if (/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(character)) {
      unknown.push(`${at}: ${JSON.stringify(character)}`);
    } else text += character;
    at += 1;
  }
  return {kinds, unknown, text};
}

/** Private modes keep their numbers, for each of them does something else. */
function nameSequence([, parameters = '', intermediate = '', final = '']: RegExpExecArray): string {
  const shown = parameters.startsWith('?') ? parameters : parameters.replace(/[\d;]+/, 'n');
  return `CSI ${shown}${intermediate}${final}`;
}
