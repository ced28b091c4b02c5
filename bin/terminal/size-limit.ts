/** The size of a terminal, as Node keeps it. */
export interface SizedStream {
  columns: number;
  rows: number;
  prependListener(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Cells of the smallest readable font on a screen of 8K; a frame of so many is drawn in less than a second. */
const MAX_COLUMNS = 2000;
const MAX_ROWS = 1000;

/**
 * Limits the size of a terminal, for everybody who asks for it, now and after each change of it. Terminals can
 * have up to 65,535 columns and as many rows, and a frame of that size would never be drawn.
 * @returns what ends the limitation
 */
export function limitSize(stream: SizedStream): () => void {
  const limit = (): void => {
    if (stream.columns > MAX_COLUMNS) stream.columns = MAX_COLUMNS;
    if (stream.rows > MAX_ROWS) stream.rows = MAX_ROWS;
  };
  limit();
  // Before all others who draw for the new size.
  stream.prependListener('resize', limit);
  return () => void stream.off('resize', limit);
}
