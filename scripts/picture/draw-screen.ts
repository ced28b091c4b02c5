// Draws the screen of a terminal emulator as an SVG picture.
import type {IBufferCell, IBufferLine, Terminal} from '@xterm/headless';

/** The 16 colours of the drawn terminal. The light theme does not use them. */
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

/** Its other colours. On a light page, a light picture needs an edge. */
const COLORS = {
  dark: {foreground: '#d8dae0', background: '#1b1d23', edge: ''},
  light: {foreground: '#24292f', background: '#ffffff', edge: ' stroke="#d0d7de"'},
};

type Colors = (typeof COLORS)['dark'];

const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 18;
const MARGIN = 12;
/** From the top of a line to the line on which its letters stand. */
const BASELINE = 13;

/** The size of a screen in cells, and the background of its terminal. */
export interface DrawnScreen {
  readonly columns: number;
  readonly rows: number;
  readonly background?: 'dark' | 'light';
}

interface Style {
  readonly color: string;
  readonly background: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

/** Neighbouring cells of one style. */
interface Run {
  readonly key: string;
  readonly style: Style;
  /** The first column. */
  readonly x: number;
  readonly isPlain: boolean;
  text: string;
  /** In cells. */
  width: number;
}

/**
 * The screen of an xterm as SVG text.
 *
 * Each run of cells of one style is a `<text>` at its own position, `textLength` wide, so that no font can
 * shift the columns. Spaces must count for that: `white-space: pre` keeps them. Browsers apply it only where
 * it is set on the `<text>` itself.
 */
export function drawScreen(terminal: Terminal, {columns, rows, background = 'dark'}: DrawnScreen): string {
  const colors = COLORS[background];
  const backgrounds: string[] = [];
  const texts: string[] = [];
  for (let y = 0; y < rows; y++) {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
    for (const run of listRuns(line, columns, colors)) {
      if (run.style.background) backgrounds.push(drawBackground(run, y));
      if (run.text.trim()) texts.push(drawText(run, y));
    }
  }
  const width = (columns * CELL_WIDTH + 2 * MARGIN).toFixed(0);
  const height = rows * LINE_HEIGHT + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>text { white-space: pre; }</style>
<rect width="100%" height="100%" rx="8" fill="${colors.background}"${colors.edge}/>
<g shape-rendering="crispEdges">
${backgrounds.join('\n')}
</g>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
${texts.join('\n')}
</g>
</svg>
`;
}

/**
 * Wide characters and box-drawing characters are runs of their own. The style of a blank without a background cannot
 * be seen, and depends on what stood there before: it goes with what is before it.
 */
function listRuns(line: IBufferLine | undefined, columns: number, colors: Colors): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  for (let x = 0; x < columns; x++) {
    const cell = line?.getCell(x);
    if (!cell || cell.getWidth() === 0) continue;
    const style = getStyle(cell, colors);
    const chars = cell.getChars() || ' ';
    const isPlain = cell.getWidth() === 1 && chars.charCodeAt(0) < 0x2500;
    const key = JSON.stringify(style);
    const isBlank = chars === ' ' && style.background === null;
    if (isBlank && !run?.style.background) {
      if (run?.isPlain) {
        run.text += ' ';
        run.width++;
      }
      continue;
    }
    if (!run || run.key !== key || !isPlain || !run.isPlain) {
      run = {key, style, x, text: '', width: 0, isPlain};
      runs.push(run);
    }
    run.text += chars;
    run.width += cell.getWidth();
  }
  return runs;
}

function drawBackground({x, width, style}: Run, y: number): string {
  const size = `width="${(width * CELL_WIDTH).toFixed(1)}" height="${LINE_HEIGHT}"`;
  return `<rect x="${getLeft(x)}" y="${getTop(y)}" ${size} fill="${style.background}"/>`;
}

function drawText({x, text, width, style}: Run, y: number): string {
  const drawn = text.trimEnd();
  const drawnWidth = width - (text.length - drawn.length);
  const weight = style.isBold ? ' font-weight="bold"' : '';
  const opacity = style.isDim ? ' opacity="0.65"' : '';
  const position = `x="${getLeft(x)}" y="${getTop(y) + BASELINE}"`;
  const length = `textLength="${(drawnWidth * CELL_WIDTH).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
  return `<text ${position} fill="${style.color}"${weight}${opacity} ${length}>${escapeXml(drawn)}</text>`;
}

function getLeft(x: number): string {
  return (MARGIN + x * CELL_WIDTH).toFixed(1);
}

function getTop(y: number): number {
  return MARGIN + y * LINE_HEIGHT;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An xterm's colour as CSS; `value` is -1 for the terminal's own. */
function getColor(value: number, isRgb: boolean): string | null {
  if (value < 0) return null;
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
  if (value < 16) return PALETTE[value]!;
  if (value >= 232) return `rgb(${Array(3).fill(8 + (value - 232) * 10)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = value - 16;
  return `rgb(${[steps[Math.floor(cube / 36)], steps[Math.floor(cube / 6) % 6], steps[cube % 6]]})`;
}

function getStyle(cell: IBufferCell, colors: Colors): Style {
  const foreground =
    getColor(cell.isFgDefault() ? -1 : cell.getFgColor(), cell.isFgRGB()) ?? colors.foreground;
  const background = getColor(cell.isBgDefault() ? -1 : cell.getBgColor(), cell.isBgRGB());
  return {
    ...(cell.isInverse()
      ? {color: background ?? colors.background, background: foreground}
      : {color: foreground, background}),
    isBold: Boolean(cell.isBold()),
    isDim: Boolean(cell.isDim()),
  };
}
