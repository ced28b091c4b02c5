import {OPTION_ROWS, type OptionName, type OptionRow} from './cli-table.js';

const USAGE = `Usage: memray-tree-ink [options] FILE...
       memray-tree-ink [options] --live PORT`;

export const INTRODUCTION =
  'Shows which calls of a Python program held its memory, as a tree, from a capture that memray recorded. ' +
  'FILE is a capture, which may be compressed with gzip or zstd, or - for standard input. ' +
  'Several captures make one tree with a node for each process.';

export const EXAMPLES = `  memray run -o results.bin app.py       record a program with memray
  memray-tree-ink results.bin            explore what it held at its peak
  memray-tree-ink --leaks results.bin    explore what it never freed
  memray-tree-ink -o tree.json results.bin
  memray-tree-ink --follow results.bin   while the program is running`;

export const EXIT_CODES = `  0    success
  1    a capture could not be read, or the output not written
  2    wrong command line
  3    text or JSON of a damaged capture: everything before the damage;
       with a gate, also a capture without an end mark
  4    a gate has failed: --fail-above, --fail-growth or --budget
  130  ended by Ctrl+C; 128 + N: ended by signal N`;

/** The help never gets wider than this. */
const MAX_COLUMNS = 80;
const MIN_COLUMNS = 40;

/** Cells before the descriptions; in a narrow terminal they stand below the names. */
const getIndent = (width: number): number => (width < 64 ? 8 : 30);

/**
 * The help text: options by group, examples, exit codes; in lines of at most `columns`, where words allow it.
 */
export function formatHelp(columns: number = MAX_COLUMNS): string {
  const width = Math.max(MIN_COLUMNS, Math.min(columns, MAX_COLUMNS));
  const groups = [...new Set(OPTION_ROWS.map(([, {group}]) => group))];
  const options = groups.map(group => {
    const rows = OPTION_ROWS.filter(([, row]) => row.group === group);
    return [`${group}:`, ...rows.flatMap(entry => formatOption(entry, width))].join('\n');
  });
  return [
    USAGE,
    wrapWords(INTRODUCTION, width).join('\n'),
    ...options,
    `Examples:\n${EXAMPLES}`,
    `Exit codes:\n${EXIT_CODES}`,
  ].join('\n\n');
}

/** `-b, --biggest-allocs N` */
export function formatOptionNames([name, row]: readonly [OptionName, OptionRow]): string {
  const alias = row.alias === undefined ? '' : `-${row.alias}, `;
  const value = row.kind === 'text' ? ` ${row.value}` : '';
  return `${alias}--${name}${value}`;
}

function formatOption(entry: readonly [OptionName, OptionRow], width: number): string[] {
  const [, row] = entry;
  // Names without a letter stand below the others' names.
  const names = `  ${row.alias === undefined ? '    ' : ''}${formatOptionNames(entry)}`;
  const indent = getIndent(width);
  const lines = wrapWords(row.describe, width - indent);
  const isShort = names.length <= indent - 2;
  const first = isShort ? `${names.padEnd(indent)}${lines.shift()}` : names;
  return [first, ...lines.map(line => `${' '.repeat(indent)}${line}`)];
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** The option table of docs/command-line.md. */
export function formatOptionTable(): string {
  const rows = OPTION_ROWS.map(entry => {
    const names = formatOptionNames(entry);
    return `| \`${names}\` | ${entry[1].describe} |`;
  });
  return ['| option | meaning |', '| --- | --- |', ...rows].join('\n');
}
