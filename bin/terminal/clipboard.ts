/**
 * What asks the terminal to put a text into the clipboard (OSC 52). Terminals that do not know it, or do not allow it,
 * ignore it.
 */
export function copyToClipboard(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
