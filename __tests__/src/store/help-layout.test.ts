import {describe, expect, it} from 'vitest';
import {COMMANDS} from '../../../src/commands/commands.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {cellWidth} from '../../../src/format/cells.js';
import {layOutHelp} from '../../../src/store/help-layout.js';

const keymap = createKeymap();
const layOut = (width: number, height: number, isAscii = false) =>
  layOutHelp({keymap, commands: COMMANDS}, isAscii, width, height);

describe('layOutHelp', () => {
  it('takes one column where it fits, more where that shows all at once', () => {
    expect(layOut(80, 120).columns).toHaveLength(1);
    expect(layOut(140, 60)).toMatchObject({maxRow: 0});
    expect(layOut(140, 60).columns).toHaveLength(2);
    expect(layOut(79, 20).columns).toHaveLength(1);
    expect(layOut(79, 20).maxRow).toBeGreaterThan(0);
  });

  it('keeps each group in one column, under its heading', () => {
    for (const column of layOut(140, 30).columns) expect(column[0]!.kind).toBe('heading');
  });

  it('loses nothing of a text, however narrow the screen is', () => {
    for (const width of [20, 31, 47, 80, 120, 200]) {
      const texts = layOut(width, 24)
        .columns.flat()
        .map(({text}) => text);
      const characters = texts.join('').replaceAll(' ', '');
      for (const {help} of COMMANDS) expect(characters).toContain(help.replaceAll(' ', ''));
    }
  });

  it('stays within the width', () => {
    for (const width of [47, 60, 80, 120, 200]) {
      const {columns, columnWidth} = layOut(width, 24, true);
      expect(columns.length * columnWidth - 2).toBeLessThanOrEqual(width);
      for (const {keys, text} of columns.flat()) {
        expect(cellWidth(keys) + cellWidth(text)).toBeLessThanOrEqual(columnWidth);
      }
    }
  });

  it('scrolls equally far with the key names of both forms', () => {
    for (const width of [40, 60, 80, 120]) {
      for (const height of [5, 13, 21]) {
        expect(layOut(width, height, true).maxRow).toBe(layOut(width, height).maxRow);
      }
    }
  });
});
