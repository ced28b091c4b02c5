// What a line with colours shows, cell by cell: for the stand-ins of Ink's painter and of its update of lines. Lines with other characters than
// those whose cells are beyond doubt are not taken.
import {getSignWidth} from './sign-width.mjs';

const ESC = 0x1b;
export const SPACE = 0x20;

// A look is all that SGR parameters can say, one part each, '' where nothing is said: intensity, italic, underline, reverse, strike,
// foreground, background. Each has a number; 0 is the plain one.
const PART_ENDS = ['22', '23', '24', '27', '29', '39', '49'];
const [INTENSITY, REVERSE, FOREGROUND, BACKGROUND] = [0, 3, 5, 6];
export const PLAIN = 0;
const looks = [PART_ENDS.map(() => '')];
const lookNumbers = new Map([[looks[PLAIN].join('|'), PLAIN]]);
/** By a look's number: that of the look which is left of it on a blank. */
export const blankLooks = [PLAIN];
/** By a look's number: what each sequence makes of it. */
const nextLooks = [new Map()];
/** By two looks' numbers: the sequence that turns the one into the other. */
const turns = new Map();

function getLookNumber(parts) {
  const key = parts.join('|');
  let number = lookNumbers.get(key);
  if (number === undefined) {
    number = looks.length;
    lookNumbers.set(key, number);
    looks.push(parts);
    nextLooks.push(new Map());
    blankLooks.push(number);
    // Without reverse, neither intensity nor slant nor foreground shows on a blank.
    const isInvisible = part => part <= 1 || part === FOREGROUND;
    if (parts[REVERSE] === '')
      blankLooks[number] = getLookNumber(parts.map((its, part) => (isInvisible(part) ? '' : its)));
  }
  return number;
}

/** The look after a sequence, −1 where it says what no look holds. */
function changeLook(look, parameters) {
  let next = nextLooks[look].get(parameters);
  if (next === undefined) {
    const parts = changeParts(looks[look], parameters);
    next = parts === null ? -1 : getLookNumber(parts);
    nextLooks[look].set(parameters, next);
  }
  return next;
}

/** The first of some parameters, with what belongs to it. */
const PARAMETER = /^(?:[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d*)(?:;|$)/;
const FOREGROUNDS = /^(?:3[0-7]|9[0-7]|38;.*)$/;
const BACKGROUNDS = /^(?:4[0-7]|10[0-7]|48;.*)$/;

function changeParts(before, parameters) {
  let parts = [...before];
  for (let rest = parameters; ; ) {
    const [match] = PARAMETER.exec(rest) ?? [];
    if (match === undefined) return null;
    const code = match.replace(/;$/, '');
    const number = Number.parseInt(code || '0', 10);
    const end = PART_ENDS.indexOf(code);
    if (number === 0) parts = [...looks[PLAIN]];
    else if (end >= 0) parts[end] = '';
    else if (number <= 2) parts[INTENSITY] = addIntensity(parts[INTENSITY], code);
    else if (['3', '4', '7', '9'].includes(code)) parts[PART_ENDS.indexOf(`2${code}`)] = code;
    else if (FOREGROUNDS.test(code)) parts[FOREGROUND] = code;
    else if (BACKGROUNDS.test(code)) parts[BACKGROUND] = code;
    else return null;
    if (match === rest) return match.endsWith(';') ? null : parts;
    rest = rest.slice(match.length);
  }
}

function addIntensity(intensity, code) {
  return intensity === '' || intensity === code ? code : '1;2';
}

/** The sequence between two looks, the shorter of two: what differs, or all from the start. */
export function getTurn(from, to) {
  if (from === to) return '';
  const key = from * 0x10000 + to;
  let turn = turns.get(key);
  if (turn === undefined) {
    const anew = ['0', ...looks[to].filter(its => its !== '')].join(';');
    const changes = looks[to].flatMap((its, part) => turnPart(looks[from][part], its, part)).join(';');
    turn = `\u001b[${changes.length <= anew.length ? changes : anew}m`;
    turns.set(key, turn);
  }
  return turn;
}

function turnPart(from, to, part) {
  if (from === to) return [];
  if (to === '') return [PART_ENDS[part]];
  // Bold stays when faint comes unless it is ended.
  return part === INTENSITY && from !== '' ? [PART_ENDS[part], to] : [to];
}

/** A line as cells, used again for each line: code points, 0 behind one of two cells, and the numbers of looks. */
export function createCells() {
  return {codes: new Int32Array(1024), looks: new Int32Array(1024), length: 0};
}

/** Puts a line into cells. False where that is Ink's work. */
export function readCells(line, cells) {
  const {codes, looks: its} = cells;
  let look = PLAIN;
  let column = 0;
  for (let at = 0; at < line.length; ) {
    if (column + 2 > codes.length) return false;
    const code = line.codePointAt(at);
    if (code === ESC) {
      const end = line.indexOf('m', at);
      if (end < 0 || line[at + 1] !== '[') return false;
      look = changeLook(look, line.slice(at + 2, end));
      if (look < 0) return false;
      at = end + 1;
      continue;
    }
    const width = getSignWidth(code);
    if (width === 0) return false;
    codes[column] = code;
    its[column] = code === SPACE ? blankLooks[look] : look;
    if (width === 2) {
      codes[column + 1] = 0;
      its[column + 1] = look;
    }
    column += width;
    at += code > 0xffff ? 2 : 1;
  }
  cells.length = column;
  return look === PLAIN;
}
