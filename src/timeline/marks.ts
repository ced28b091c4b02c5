/** What is marked below the columns of a drawing; null where it is not. */
export interface Marks {
  /** The columns of the chosen moment, or the first and the last one of the chosen range. */
  readonly chosen: {readonly from: number; readonly to: number} | null;
  /** The columns of the peak of the heap, and of the highest resident memory. */
  readonly peak: number | null;
  readonly rssPeak: number | null;
}

/** One cell each. */
export interface MarkSigns {
  readonly moment: string;
  readonly from: string;
  readonly between: string;
  readonly to: string;
  /** The keys that go there. */
  readonly peak: string;
  readonly rssPeak: string;
}

export const UNICODE_MARKS: MarkSigns = {
  moment: '▴',
  from: '├',
  between: '─',
  to: '┤',
  peak: 'p',
  rssPeak: 'P',
};
export const ASCII_MARKS: MarkSigns = {
  moment: '^',
  from: '[',
  between: '-',
  to: ']',
  peak: 'p',
  rssPeak: 'P',
};

/** The line of marks, a cell for each column. What is chosen comes before the peaks. */
export function drawMarks({chosen, peak, rssPeak}: Marks, width: number, signs: MarkSigns): string {
  const cells = new Array<string>(width).fill(' ');
  const mark = (column: number | null, sign: string): void => {
    if (column !== null && column >= 0 && column < width) cells[column] = sign;
  };
  if (chosen !== null && chosen.from < chosen.to) {
    for (let column = chosen.from + 1; column < chosen.to; column++) mark(column, signs.between);
  }
  mark(rssPeak, signs.rssPeak);
  mark(peak, signs.peak);
  if (chosen !== null && chosen.from < chosen.to) {
    mark(chosen.from, signs.from);
    mark(chosen.to, signs.to);
  } else if (chosen !== null) mark(chosen.from, signs.moment);
  return cells.join('');
}
