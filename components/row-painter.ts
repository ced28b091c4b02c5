import type {Safe} from '../src/format/sanitize.js';
import type {VisibleRow, VisibleRows} from '../src/store/row-layout.js';
import type {Theme} from '../src/style/theme.js';
import type {RowLabel} from '../src/tree/row-label.js';
import {drawGuides, formatRow} from './row-text.js';

export interface RowPainter {
  /** The text of a row, the same string as long as nothing in it changes. */
  paint(row: VisibleRow, index: number, rows: Omit<VisibleRows, 'rows'>): Safe;
}

/**
 * Creates a painter that remembers the rows it painted: a step of the cursor paints two rows, a step of the
 * window one.
 */
export function createRowPainter(theme: Theme): RowPainter {
  const painted = new WeakMap<RowLabel, {readonly key: string; readonly text: Safe}>();
  return {
    paint(row, index, {levels, guides, columns, hasFocus}) {
      const guide = drawGuides(row, index, {levels, guides}, theme.glyphs);
      const {isSelected, isMatch, label} = row;
      const {marker, size, percent, bar, life, own, count, mean, allocator, tree} = columns;
      const key = `${marker} ${size} ${percent} ${bar} ${life} ${own} ${count} ${mean} ${allocator} ${tree} ${isSelected} ${hasFocus} ${isMatch} ${guide}`;
      const known = painted.get(label);
      if (known !== undefined && known.key === key) return known.text;
      const text = formatRow({label, isSelected, isMatch, hasFocus, columns}, guide, theme);
      painted.set(label, {key, text});
      return text;
    },
  };
}
