// Runs the program in a real pseudo-terminal and draws its screen.
import type {Terminal} from '@xterm/headless';
import {openTerminal} from '../../__tests__/helpers/terminal.js';
import {drawScreen} from './draw-screen.js';
import type {Picture} from './pictures.js';

const EXAMPLE = ['--path-map=/srv/newsroom=examples/newsroom', 'examples/newsroom/newsroom.bin'];

/** The screen of a picture as SVG. */
export async function drawPicture({
  size,
  options = [],
  keys,
  awaited,
  background = 'dark',
  args = EXAMPLE,
}: Omit<Picture, 'file'>): Promise<string> {
  const [columns = 0, rows = 0] = size.split('x').map(Number);
  // The emulator does not answer the question for its background.
  const theme = ['--theme', background];
  const program = openTerminal([...theme, ...options, ...args], {columns, rows});
  try {
    await program.waitFor('<ROOT>');
    for (const key of keys) program.press(key);
    await program.waitFor(awaited);
    // Colours of the source come a moment after its text.
    await program.waitFor(() => isHighlighted(program.emulator, columns, rows));
    return drawScreen(program.emulator, {columns, rows, background});
  } finally {
    program.dispose();
  }
}

/** Whether a line of the source that begins a function has more than one colour: first it has only one. */
function isHighlighted(terminal: Terminal, columns: number, rows: number): boolean {
  const lines = Array.from({length: rows}, (_, y) =>
    terminal.buffer.active.getLine(terminal.buffer.active.baseY + y),
  );
  return lines.some(line => {
    const first = line?.translateToString().indexOf(' def ') ?? -1;
    if (line === undefined || first < 0) return false;
    const colors = new Set<number>();
    for (let x = first; x < columns; x++) {
      const cell = line.getCell(x);
      if (cell?.getChars().trim()) colors.add(cell.isFgDefault() ? -1 : cell.getFgColor());
    }
    return colors.size > 1;
  });
}
