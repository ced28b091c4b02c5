import {loadPage} from './chromium.js';

// The measures of scripts/picture/draw-screen.ts, in pixels.
const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 18;
const MARGIN = 12;

/**
 * The cells of a picture, a line for each row of the screen: `#` where there is something, a space elsewhere.
 */
export type Cells = readonly string[];

/** Where an SVG picture says that its letters are: the position and the text of each `<text>`. */
export function readExpectedCells(svg: string): Cells {
  return readSigns(svg).map(line => joinCells(line.map(sign => (sign === ' ' ? ' ' : '#'))));
}

/** What a picture has in each cell. */
function readSigns(svg: string): readonly (readonly string[])[] {
  const {rows} = getSize(svg);
  const lines = Array.from({length: rows}, () => [] as string[]);
  for (const [, x, y, length, text] of svg.matchAll(
    /<text x="([\d.]+)" y="([\d.]+)"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)<\/text>/g,
  )) {
    const line = lines[Math.floor((Number(y) - MARGIN) / LINE_HEIGHT)]!;
    const first = Math.round((Number(x) - MARGIN) / CELL_WIDTH);
    const signs = Array.from(text!.replace(/&(?:amp|lt|gt);/g, '&'));
    const cells = Math.round(Number(length) / CELL_WIDTH);
    // A character of two cells is a `<text>` of its own.
    for (let cell = 0; cell < cells; cell++) {
      line[first + cell] = signs[Math.min(cell, signs.length - 1)]!;
    }
  }
  return lines.map(line => Array.from(line, sign => sign ?? ' '));
}

/** The cells as Chromium draws each picture, shown as an image the way a README shows it. */
export function readDrawnCells(chromium: string, svgs: readonly string[]): readonly Cells[] {
  const document = loadPage(chromium, createPage(svgs));
  const result = /<pre id="result">([^<]*)<\/pre>/.exec(document)?.[1];
  if (!result) throw new Error(`the page did not measure the pictures:\n${document.slice(-2000)}`);
  return (JSON.parse(result) as string[][]).map((lines, index) => {
    const signs = readSigns(svgs[index]!);
    // A full block has one colour, as an empty cell has.
    return lines.map((line, row) =>
      joinCells(Array.from(line, (cell, column) => (signs[row]![column] === '█' ? '#' : cell))),
    );
  });
}

function getSize(svg: string) {
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!;
  const columns = Math.round((Number(width) - 2 * MARGIN) / CELL_WIDTH);
  return {columns, rows: Math.round((Number(height) - 2 * MARGIN) / LINE_HEIGHT)};
}

function joinCells(cells: readonly string[]): string {
  return cells.join('').trimEnd();
}

/**
 * A page that draws the pictures on a canvas, three times as large, and looks for cells of more than one
 * colour.
 */
function createPage(svgs: readonly string[]): string {
  const measures = {sizes: svgs.map(getSize), CELL_WIDTH, LINE_HEIGHT, MARGIN};
  const images = svgs.map(
    svg => `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
  );
  return `<!doctype html>
<meta charset="utf-8">
${images.join('\n')}
<pre id="result"></pre>
<script>
addEventListener('load', () => {
  const {sizes, CELL_WIDTH, LINE_HEIGHT, MARGIN} = ${JSON.stringify(measures)};
  const scale = 3;
  // Letters may reach a little into the next cell: only the middle of each one counts.
  const edge = 1.6;
  const readLines = (image, {columns, rows}) => {
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const hasInk = (column, row) => {
      const left = Math.ceil((MARGIN + column * CELL_WIDTH + edge) * scale);
      const right = Math.floor((MARGIN + (column + 1) * CELL_WIDTH - edge) * scale);
      const top = Math.ceil((MARGIN + row * LINE_HEIGHT + edge) * scale);
      const bottom = Math.floor((MARGIN + (row + 1) * LINE_HEIGHT - edge) * scale);
      const {data} = context.getImageData(left, top, right - left, bottom - top);
      for (let at = 4; at < data.length; at += 4) {
        for (let channel = 0; channel < 3; channel++) {
          if (Math.abs(data[at + channel] - data[channel]) > 24) return true;
        }
      }
      return false;
    };
    return Array.from({length: rows}, (_, row) =>
      Array.from({length: columns}, (_, column) => (hasInk(column, row) ? '#' : ' ')).join(''),
    );
  };
  const images = Array.from(document.images);
  const lines = images.map((image, index) => readLines(image, sizes[index]));
  document.getElementById('result').textContent = JSON.stringify(lines);
});
</script>
`;
}
