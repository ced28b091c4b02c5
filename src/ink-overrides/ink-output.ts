// Replaces Ink's painter of frames in the bundle of the command line. Ink puts each character of each frame
// into a grid of cells, which takes most of the time of a key. Where texts do not overlap, as on our screen,
// a row is its texts one after another, and a text that was painted before is known. Everything else goes to
// Ink's own painter.
import {styledCharsFromTokens, styledCharsToString, tokenize} from '@alcalzone/ansi-tokenize';
import stringWidth from 'string-width';
import {createCells, readCells} from './cells.js';
import {InkOutput} from './originals.js';

type Transform = (line: string, index: number) => string;

/** What Ink records of a frame; other operations than `write` are about clipping. */
interface Operation {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly transformers: readonly Transform[];
}

interface PaintedLine {
  readonly text: string;
  /** In cells. */
  readonly width: number;
}

const MAX_KNOWN = 2000;
const known = new Map<string, PaintedLine | null>();
const knownEnds = new Map<string, string>();
const cells = createCells();

export default class RowOutput extends InkOutput {
  override get(): {output: string; height: number} {
    // Ink's types hide the list; the build checks that it is still there (overrides.ts).
    const rows = joinRows((this as unknown as {operations: readonly Operation[]}).operations, this.height);
    if (rows === null) return super.get();
    return {output: rows.join('\n'), height: rows.length};
  }
}

/** The rows of a frame; null where a text is clipped or overlaps one before it. */
function joinRows(operations: readonly Operation[], height: number): readonly string[] | null {
  const texts: string[] = new Array(height).fill('');
  const ends: number[] = new Array(height).fill(0);
  for (const {type, x, y, text, transformers} of operations) {
    if (type !== 'write') return null;
    for (const [index, line] of text.split('\n').entries()) {
      const row = y + index;
      const painted = paintLine(line, index, transformers);
      if (painted === null) return null;
      if (painted.width === 0 || row < 0 || row >= height) continue;
      const end = ends[row]!;
      if (x < end) return null;
      texts[row] += ' '.repeat(x - end) + painted.text;
      ends[row] = x + painted.width;
    }
  }
  return texts.map(text => trimRow(text.trimEnd()));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ENDS_IN_BLANK_AND_CODE = /\s(?:\u001b\[[^m]*m)+$/;

/** Ink drops the blanks at the end of a row. A code behind them would keep them there, needed or not. */
function trimRow(row: string): string {
  if (!ENDS_IN_BLANK_AND_CODE.test(row)) return row;
  let trimmed = knownEnds.get(row);
  if (trimmed === undefined) {
    trimmed = styledCharsToString(styledCharsFromTokens(tokenize(row))).trimEnd();
    if (knownEnds.size >= MAX_KNOWN) knownEnds.clear();
    knownEnds.set(row, trimmed);
  }
  return trimmed;
}

/**
 * As Ink does: paints, transforms and paints again, because removing a needless style can join characters.
 * Every `<Text>` has a transformer, which returns its input unless the text has props.
 */
function paintLine(line: string, index: number, transformers: readonly Transform[]): PaintedLine | null {
  const painted = paintStyled(line);
  if (painted === null) return null;
  const transformed = transformers.reduce((text, transform) => transform(text, index), painted.text);
  return transformed === line ? painted : paintStyled(transformed);
}

function paintStyled(line: string): PaintedLine | null {
  let painted = known.get(line);
  if (painted === undefined) {
    painted = paintUnknown(line);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(line, painted);
  }
  return painted;
}

/** A line as Ink paints it, and its width; null where it leaves a style open for the next line. */
function paintUnknown(line: string): PaintedLine | null {
  // Needless codes in it do not matter: only cells are compared and written. Ink does not treat ESC [ m as a
  // reset.
  if (!line.includes('\u001b[m') && readCells(line, cells)) return {text: line, width: cells.length};
  const characters = styledCharsFromTokens(tokenize(`${line}\n`));
  const end = characters.pop();
  if (end?.value !== '\n' || end.styles.length > 0) return null;
  const shown = characters.filter(({value}) => !/^\p{Default_Ignorable_Code_Point}+$/u.test(value));
  const width = shown.reduce((sum, {value}) => sum + Math.max(1, stringWidth(value)), 0);
  return {text: styledCharsToString(shown), width};
}
