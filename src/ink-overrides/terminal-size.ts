// Replaces terminal-size, which Ink asks where a terminal does not say how large it is: the original starts
// other programs (`tput`, `resize`), and opens the terminal again each time without closing it.
const USUAL = {columns: 80, rows: 24};

/** In cells: the terminal's own size, else that in COLUMNS and LINES, else the usual one. */
export default function getTerminalSize(): {columns: number; rows: number} {
  const {stdout, stderr, env} = process;
  const known = [stdout, stderr, {columns: Number(env.COLUMNS), rows: Number(env.LINES)}];
  const {columns, rows} = known.find(size => isCount(size.columns) && isCount(size.rows)) ?? USUAL;
  return {columns, rows};
}

function isCount(cells: number | undefined): boolean {
  return cells !== undefined && Number.isInteger(cells) && cells > 0;
}
