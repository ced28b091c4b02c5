// `npm run picture`: opens the example capture in a real pseudo-terminal, walks to a node in it, and draws
// the screen that then stands as docs/screen.svg. For a look at another screen:
// node scripts/picture.mjs OUT.svg COLUMNSxROWS KEYS(comma separated) TEXT-TO-WAIT-FOR [ARGUMENT …]
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openTerminal} from '../__tests__/helpers/terminal.ts';
import './ensure-built.mjs';
import {drawScreen} from './picture/draw-screen.ts';

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

const program = openTerminal(rest.length > 0 ? rest : example, {columns, rows});
const terminal = program.emulator;
await program.waitFor('<ROOT>');
if (keys) program.press(...keys.split(','));
await program.waitFor(awaited);
// Colours of the source come a moment after its text.
await program.waitFor(() => isHighlighted());
mkdirSync(dirname(out), {recursive: true});
writeFileSync(out, drawScreen(terminal, {columns, rows}));
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
