import type {Environment} from '../../src/platform/environment.js';

/** Of UTF-8. Terminals take no more, or stop to answer meanwhile. */
export const MAX_COPIED_BYTES = 65_536;
/** GNU screen takes strings of at most 768 bytes. */
const SCREEN_CHUNK = 500;

/**
 * What asks the terminal to put a text into the clipboard (OSC 52). Terminals that do not know it, or do not allow it,
 * ignore it. tmux and GNU screen keep it to themselves, unless it is wrapped up for the terminal around them.
 */
export function copyToClipboard(
  text: string,
  {TMUX: tmux = '', TERM: term = '', STY: screen = ''}: Environment,
): string {
  const sequence = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  // Both: tmux takes the first with "set-clipboard on", and passes the second on with "allow-passthrough on".
  if (tmux !== '' || term.startsWith('tmux')) return sequence + wrapForTmux(sequence);
  return screen === '' ? sequence : wrapForScreen(sequence);
}

function wrapForTmux(sequence: string): string {
  return `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}

function wrapForScreen(sequence: string): string {
  const chunks = sequence.match(new RegExp(`[^]{1,${SCREEN_CHUNK}}`, 'g')) ?? [];
  return chunks.map(chunk => `\u001bP${chunk}\u001b\\`).join('');
}
