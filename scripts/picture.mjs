// `npm run picture`: opens the example capture in a real pseudo-terminal, walks to a place in it, and draws the screen that
// then stands as docs/screen.svg. For a look at another screen:
// node scripts/picture.mjs OUT.svg COLUMNSxROWS KEYS(comma separated) TEXT-TO-WAIT-FOR [ARGUMENT …]
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openTerminal} from '../__tests__/helpers/terminal.ts';
import './ensure-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [
  out = `${root}docs/screen.svg`,
  size = '120x32',
  keys = 'down,down,down,down,down,down',
  awaited = 'Function: make_preview',
  ...rest
] = process.argv.slice(2);
const example = ['--path-map=/srv/newsroom=examples/newsroom', 'examples/newsroom/newsroom.bin'];
const [columns, rows] = size.split('x').map(Number);

/** The 16 colours of the drawn terminal. */
const PALETTE = [
  '#21222c',
  '#ff5555',
  '#50fa7b',
  '#f1fa8c',
  '#6f8df7',
  '#ff79c6',
  '#5ac8d8',
  '#d8dae0',
  '#6b7089',
  '#ff6e6e',
  '#69ff94',
  '#ffffa5',
  '#8fa8ff',
  '#ff92df',
  '#8be9fd',
  '#ffffff',
];

const program = openTerminal(rest.length > 0 ? rest : example, {columns, rows});
const terminal = program.emulator;
await program.waitFor('<ROOT>');
if (keys) program.press(...keys.split(','));
await program.waitFor(awaited);
// Colours of the source come a moment after its text.
await program.waitFor(() => isHighlighted());
mkdirSync(dirname(out), {recursive: true});
writeFileSync(out, drawScreen());
program.dispose();

/** Whether the right half has several colours: those of the source. */
function isHighlighted() {
  const colors = new Set();
  for (let y = 0; y < rows; y++) {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
    for (let x = Math.floor(columns * 0.7); x < columns; x++) {
      const cell = line?.getCell(x);
      if (cell?.getChars().trim()) colors.add(cell.isFgDefault() ? -1 : cell.getFgColor());
    }
  }
  return colors.size > 4;
}

function getColor(value, isRgb, fallback) {
  if (value < 0) return fallback;
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
  if (value < 16) return PALETTE[value];
  if (value >= 232) return `rgb(${Array(3).fill(8 + (value - 232) * 10)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = value - 16;
  return `rgb(${[steps[Math.floor(cube / 36)], steps[Math.floor(cube / 6) % 6], steps[cube % 6]]})`;
}

function getStyle(cell) {
  let color = getColor(cell.isFgDefault() ? -1 : cell.getFgColor(), cell.isFgRGB(), '#d8dae0');
  let background = getColor(cell.isBgDefault() ? -1 : cell.getBgColor(), cell.isBgRGB(), null);
  if (cell.isInverse()) [color, background] = [background ?? '#1b1d23', color];
  return {color, background, isBold: Boolean(cell.isBold()), isDim: Boolean(cell.isDim())};
}

/** Every cell has its place: text is set cell run by cell run, so that no font can shift the columns. */
function drawScreen() {
  const cellWidth = 8.4;
  const lineHeight = 18;
  const margin = 12;
  const backgrounds = [];
  const texts = [];
  const escapeXml = text => text.replace(/[&<>]/g, sign => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[sign]);
  for (let y = 0; y < rows; y++) {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
    let run = null;
    const flush = () => {
      if (!run) return;
      const {style, x, text, width} = run;
      const left = (margin + x * cellWidth).toFixed(1);
      const top = margin + y * lineHeight;
      if (style.background) {
        backgrounds.push(
          `<rect x="${left}" y="${top}" width="${(width * cellWidth).toFixed(1)}" height="${lineHeight}" fill="${style.background}"/>`,
        );
      }
      if (text.trim()) {
        const weight = style.isBold ? ' font-weight="bold"' : '';
        const opacity = style.isDim ? ' opacity="0.65"' : '';
        texts.push(
          `<text x="${left}" y="${top + 13}" fill="${style.color}"${weight}${opacity} textLength="${(width * cellWidth).toFixed(1)}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`,
        );
      }
      run = null;
    };
    for (let x = 0; x < columns; x++) {
      const cell = line?.getCell(x);
      if (!cell || cell.getWidth() === 0) continue;
      const style = getStyle(cell);
      const chars = cell.getChars() || ' ';
      const isPlain = cell.getWidth() === 1 && chars.charCodeAt(0) < 0x2500;
      const key = JSON.stringify(style);
      if (!run || run.key !== key || !isPlain || !run.isPlain) {
        flush();
        run = {key, style, x, text: '', width: 0, isPlain};
      }
      run.text += chars;
      run.width += cell.getWidth();
    }
    flush();
  }
  const width = (columns * cellWidth + 2 * margin).toFixed(0);
  const height = rows * lineHeight + 2 * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="#1b1d23"/>
${backgrounds.join('\n')}
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`;
}
