// Ink's painter of frames, in the bundle of the command line. Ink puts each character of each frame into a grid of cells, which takes
// most of the time of a key. Where no texts lie over each other, as on our screen, each row is its texts one after another, and a
// text that was painted before is known. All else goes to Ink's own painter.
import {styledCharsFromTokens, styledCharsToString, tokenize} from '@alcalzone/ansi-tokenize';
import stringWidth from 'string-width';
import Output from '../../node_modules/ink/build/output.js';
import {createCells, readCells} from './cells.mjs';

const MAX_KNOWN = 2000;
const known = new Map();
const cells = createCells();

export default class RowOutput extends Output {
  get() {
    const rows = joinRows(this.operations, this.height);
    if (rows === null) return super.get();
    return {output: rows.join('\n'), height: rows.length};
  }
}

/** The rows of a frame; null where a text is clipped, to the left of one before it or over it. */
function joinRows(operations, height) {
  const texts = new Array(height).fill('');
  const ends = new Array(height).fill(0);
  for (const {type, x, y, text, transformers} of operations) {
    if (type !== 'write') return null;
    for (const [index, line] of text.split('\n').entries()) {
      const row = y + index;
      const painted = paintLine(line, index, transformers);
      if (painted === null) return null;
      if (painted.width === 0 || row < 0 || row >= height) continue;
      if (x < ends[row]) return null;
      texts[row] += ' '.repeat(x - ends[row]) + painted.text;
      ends[row] = x + painted.width;
    }
  }
  return texts.map(text => text.trimEnd());
}

/**
 * As Ink does: painted, transformed, painted again, as characters may come together where a needless style was between them. Every
 * `<Text>` has a transformer, which gives back what it gets unless the text has props.
 */
function paintLine(line, index, transformers) {
  const painted = paintStyled(line);
  if (painted === null) return null;
  const transformed = transformers.reduce((text, transform) => transform(text, index), painted.text);
  return transformed === line ? painted : paintStyled(transformed);
}

function paintStyled(line) {
  let painted = known.get(line);
  if (painted === undefined) {
    painted = paintAnew(line);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(line, painted);
  }
  return painted;
}

/** A line as Ink paints it, and its cells; null where it leaves a style open for the next line. */
function paintAnew(line) {
  // Whether codes in it are needless does not matter: only cells are compared and written. Ink takes ESC [ m for no reset.
  if (!line.includes('\u001b[m') && readCells(line, cells)) return {text: line, width: cells.length};
  const characters = styledCharsFromTokens(tokenize(`${line}\n`));
  const end = characters.pop();
  if (end?.value !== '\n' || end.styles.length > 0) return null;
  const shown = characters.filter(({value}) => !/^\p{Default_Ignorable_Code_Point}+$/u.test(value));
  const width = shown.reduce((sum, {value}) => sum + Math.max(1, stringWidth(value)), 0);
  return {text: styledCharsToString(shown), width};
}
