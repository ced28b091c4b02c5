import type {VisibleRow} from '../hooks/use-visible-rows.js';
import type {Safe} from '../src/format/sanitize.js';
import type {GuideWindow} from '../src/store/row-window.js';
import type {Theme} from '../src/style/theme.js';
import type {RowLabel} from '../src/tree/row-label.js';
import {drawGuides, formatRow} from './row-text.js';

/** Where rows are painted. */
export interface RowPlace {
  readonly column: number;
  readonly width: number;
  readonly hasFocus: boolean;
}

export interface RowPainter {
  /** The text of a row, the same string as long as nothing in it changes. */
  paint(row: VisibleRow, guides: GuideWindow, index: number, place: RowPlace): Safe;
}

/** Creates a painter that remembers the rows it painted: a step of the cursor paints two rows, a step of the window one. */
export function createRowPainter(theme: Theme): RowPainter {
  const painted = new WeakMap<RowLabel, {readonly key: string; readonly text: Safe}>();
  return {
    paint(row, guides, index, place) {
      const guide = drawGuides(guides, index, row.depth, row.fold, place, theme.glyphs);
      const {isSelected, isMatch, label, depth} = row;
      const key = `${place.width} ${place.column} ${isSelected} ${place.hasFocus} ${isMatch} ${guide}`;
      const known = painted.get(label);
      if (known !== undefined && known.key === key) return known.text;
      const text = formatRow({...place, label, depth, isSelected, isMatch}, guide, theme);
      painted.set(label, {key, text});
      return text;
    },
  };
}
