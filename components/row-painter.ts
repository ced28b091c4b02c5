import type {Safe} from '../src/format/sanitize.js';
import type {VisibleRow, VisibleRows} from '../src/store/row-layout.js';
import type {Theme} from '../src/style/theme.js';
import type {RowLabel} from '../src/tree/row-label.js';
import {drawGuides, formatRow} from './row-text.js';

/** What all rows of a pane have in common. */
export interface PaintedRows extends Omit<VisibleRows, 'rows'> {
  /** False where the tree ignores keys; true unless given. */
  readonly isActive?: boolean;
}

export interface RowPainter {
  /** The text of a row, the same string as long as nothing in it changes. */
  paint(row: VisibleRow, index: number, rows: PaintedRows): Safe;
}

/**
 * Creates a painter that remembers the rows it painted: a step of the cursor paints two rows, a step of the
 * window one.
 */
export function createRowPainter(theme: Theme): RowPainter {
  const painted = new WeakMap<RowLabel, {readonly key: string; readonly text: Safe}>();
  return {
    paint(row, index, {levels, guides, columns, isActive = true, ...rows}) {
      const hasFocus = rows.hasFocus && isActive;
      const guide = drawGuides(row, index, {levels, guides}, theme.glyphs);
      const {isSelected, isMatch, label} = row;
      const {marker, size, percent, bar, life, own, count, mean, allocator, tree} = columns;
      const key = `${marker} ${size} ${percent} ${bar} ${life} ${own} ${count} ${mean} ${allocator} ${tree} ${isSelected} ${hasFocus} ${isActive} ${isMatch} ${guide}`;
      const known = painted.get(label);
      if (known !== undefined && known.key === key) return known.text;
      const text = formatRow({label, isSelected, isMatch, hasFocus, isActive, columns}, guide, theme);
      painted.set(label, {key, text});
      return text;
    },
  };
}
