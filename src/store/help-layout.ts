import {cellWidth} from '../format/cells.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {wrapCells} from '../format/wrap.js';
import {getHelpGroups, type HelpLine} from '../keymap/format-keys.js';
import type {CommandContext} from './command.js';

/** One line of the help in one of its columns. */
export interface HelpRow {
  readonly kind: 'heading' | 'entry' | 'blank';
  /** Padded to `keyCells` in an entry; empty in the continuation of a wrapped one. */
  readonly keys: Safe;
  readonly text: Safe;
}

export interface HelpLayout {
  readonly columns: readonly (readonly HelpRow[])[];
  readonly columnWidth: number;
  /**
   * Lines that are seen at once; one line less than the height where `maxRow` is above 0, for the scroll
   * line.
   */
  readonly pageRows: number;
  /** Lines of the longest column. */
  readonly lineCount: number;
  /** How far the help can be scrolled, in lines. */
  readonly maxRow: number;
}

const GAP = 2;
const MAX_COLUMNS = 4;

/** What the mouse does, for the end of the help. */
const MOUSE_LINES: readonly HelpLine[] = [
  {keys: 'Click', help: 'select a row, and expand or collapse it'},
  {keys: 'Right click', help: 'the steps at a row'},
  {keys: 'Wheel', help: 'scroll'},
  {keys: 'Shift+drag', help: 'select text: the program itself uses the mouse'},
];

/** The help on so many cells: groups stay whole, in as few columns as show all of them at once. */
export function layOutHelp(
  {commands, keymap}: CommandContext,
  isAscii: boolean,
  width: number,
  height: number,
): HelpLayout {
  const groups = [...getHelpGroups(commands, keymap, isAscii), {group: 'Mouse', lines: MOUSE_LINES}];
  // The names of keys are longest in ASCII: both forms have the same layout, and so the same scroll range.
  const named = [...getHelpGroups(commands, keymap, true), {lines: MOUSE_LINES}].flatMap(({lines}) => lines);
  const keyCells = Math.max(...named.map(({keys}) => cellWidth(keys))) + GAP;
  const textCells = Math.max(...named.map(({help}) => cellWidth(help)));
  const fitting = Math.floor((width + GAP) / (keyCells + textCells + GAP));
  const columnLimit = Math.max(1, Math.min(MAX_COLUMNS, fitting));
  for (let count = 1; ; count++) {
    const columnWidth = Math.floor((width - GAP * (count - 1)) / count);
    const blocks = groups.map(group => formatGroup(group, keyCells, columnWidth));
    const columns = distribute(blocks, count);
    const lineCount = Math.max(...columns.map(column => column.length));
    if (lineCount > height && count < columnLimit) continue;
    const pageRows = lineCount > height ? Math.max(1, height - 1) : height;
    return {
      columns,
      columnWidth: columnWidth + GAP,
      pageRows,
      lineCount,
      maxRow: Math.max(0, lineCount - pageRows),
    };
  }
}

function formatGroup(
  {group, lines}: {readonly group: string; readonly lines: readonly HelpLine[]},
  keyCells: number,
  width: number,
): readonly HelpRow[] {
  const rows: HelpRow[] = [{kind: 'heading', keys: sanitize(''), text: sanitize(group)}];
  for (const {keys, help} of lines) {
    wrapCells(sanitize(help), width - keyCells).forEach((text, index) => {
      const shown = index === 0 ? keys : '';
      rows.push({
        kind: 'entry',
        keys: sanitize(shown + ' '.repeat(Math.max(1, keyCells - cellWidth(shown)))),
        text,
      });
    });
  }
  return rows;
}

const BLANK: HelpRow = {kind: 'blank', keys: sanitize(''), text: sanitize('')};

/** Groups in columns, in their order, so that the longest column is as short as it can be. */
function distribute(blocks: readonly (readonly HelpRow[])[], count: number): readonly (readonly HelpRow[])[] {
  const total = blocks.reduce((sum, block) => sum + block.length + 1, -1);
  for (let limit = Math.ceil(total / count); ; limit++) {
    const columns = fill(blocks, limit);
    if (columns.length <= count) return columns;
  }
}

function fill(blocks: readonly (readonly HelpRow[])[], limit: number): HelpRow[][] {
  const columns: HelpRow[][] = [];
  for (const block of blocks) {
    const last = columns.at(-1);
    if (last !== undefined && last.length + 1 + block.length <= limit) last.push(BLANK, ...block);
    else columns.push([...block]);
  }
  return columns;
}
