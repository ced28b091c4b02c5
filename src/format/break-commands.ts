/**
 * Lines of which GitHub's runners take none for a command: those that begin with `::`, whatever blanks are before it, get a
 * backslash there, and so does `##[`, which would be the older form of a command anywhere in a line.
 */
export function breakCommands(lines: string): string {
  return lines.replace(/^([^\S\n]*)(?=::)/gm, '$1\\').replace(/##(?=\[)/g, '##\\');
}
