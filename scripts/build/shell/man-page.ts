import {OPTION_ROWS} from '../../../bin/cli-table.js';
import {EXAMPLES, EXIT_CODES, formatOptionNames, INTRODUCTION} from '../../../bin/help.js';

/** What the environment decides. */
const VARIABLES: readonly (readonly [string, string])[] = [
  ['MEMRAY_TREE_ARGS', 'Options that come before those of the command line, which overrules them.'],
  [
    'NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR',
    'Whether there are colors: the first one that is set decides.',
  ],
  ['COLORFGBG', 'The colors of the terminal, where it does not tell them itself.'],
  ['VISUAL, EDITOR', 'The editor that key o opens.'],
  ['INK_SCREEN_READER', 'If it is true, the screen is written as sentences for a screen reader.'],
  ['MEMRAY_TREE_DEBUG', 'If it is 1, messages about bugs have a stack trace.'],
];

/** The manual page in roff. @param version of the package @param date of the release, `2026-11-27` */
export function formatManPage(version: string, date: string): string {
  const groups = [...Map.groupBy(OPTION_ROWS, ([, {group}]) => group)];
  const options = groups.flatMap(([group, rows]) => [
    `.SS ${escapeRoff(group)}`,
    ...rows.flatMap(row => formatItem(formatOptionNames(row), `${row[1].describe}.`)),
  ]);
  return `${[
    `.TH MEMRAY-TREE-INK 1 "${date}" "memray-tree-ink ${version}" "User Commands"`,
    '.SH NAME',
    'memray\\-tree\\-ink \\- the tree of calls that held the memory of a Python program',
    '.SH SYNOPSIS',
    '.B memray\\-tree\\-ink',
    '[options] FILE...',
    '.br',
    '.B memray\\-tree\\-ink',
    '[options] \\-\\-live PORT',
    '.SH DESCRIPTION',
    escapeRoff(INTRODUCTION),
    'Key ? shows all keys of the screen.',
    '.SH OPTIONS',
    ...options,
    '.SH ENVIRONMENT',
    ...VARIABLES.flatMap(([name, text]) => formatItem(name, text)),
    '.SH "EXIT STATUS"',
    ...formatExample(EXIT_CODES),
    '.SH EXAMPLES',
    ...formatExample(EXAMPLES),
    '.SH "SEE ALSO"',
    '.BR memray (1)',
  ].join('\n')}\n`;
}

function formatItem(name: string, text: string): readonly string[] {
  return ['.TP', `.B ${escapeRoff(name)}`, escapeRoff(text)];
}

/** Lines that stay as they are. */
function formatExample(text: string): readonly string[] {
  return ['.nf', ...text.split('\n').map(escapeRoff), '.fi'];
}

/** Hyphens as they are typed; a line that begins with a dot or a quote would be a command. */
function escapeRoff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/[^\n -~]/gu, toRoffCharacter)
    .replace(/^(?=[.'])/, '\\&');
}

/** `\[u2026]` */
function toRoffCharacter(character: string): string {
  return `\\[u${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;
}
