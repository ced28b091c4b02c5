import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cellWidth} from '../../src/format/cells.js';
import {sanitize} from '../../src/format/sanitize.js';
import {cutRows, layOutFacts, wrapIndented} from '../../src/store/source-pane/facts-layout.js';

const fact = (text: string, isEssential = false) => ({text: sanitize(text), isEssential});
const FACTS = [
  fact('Function: load'),
  fact('Location: /srv/app/services/inventory/report.py:12', true),
  fact('Allocations: 3'),
  fact('Size: 2.000MB'),
  fact('Thread: 0x1'),
];
const layOut = (width: number, maxRows: number) => layOutFacts(FACTS, {width, maxRows, ascii: false});

describe('layOutFacts', () => {
  it('gives each fact a row of its own where there is room', () => {
    expect(layOut(60, 5)).toEqual(FACTS.map(({text}) => text));
  });

  it('goes on in the next row', () => {
    expect(layOut(30, 6)).toEqual([
      'Function: load',
      'Location: /srv/app/services/',
      'inventory/report.py:12',
      'Allocations: 3',
      'Size: 2.000MB',
      'Thread: 0x1',
    ]);
  });

  it('puts facts side by side where rows are short', () => {
    expect(layOut(80, 2)).toEqual([
      'Function: load · Location: /srv/app/services/inventory/report.py:12',
      'Allocations: 3 · Size: 2.000MB · Thread: 0x1',
    ]);
  });

  it('leaves out the last facts before it cuts an essential one', () => {
    expect(layOut(30, 3).join('')).toContain('report.py:12');
    expect(layOut(30, 0).join('')).toBe('Location: /srv/app/services/inventory/report.py:12');
  });

  it('keeps essential facts whole on any room, and all rows within the width', () => {
    const names = fc.string({unit: fc.constantFrom('a', '/', '.', '名', ' '), maxLength: 50});
    const facts = fc.array(fc.record({text: names, isEssential: fc.boolean()}), {maxLength: 6});
    fc.assert(
      fc.property(facts, fc.integer({min: 4, max: 60}), fc.nat(8), (list, width, maxRows) => {
        const given = list.map(({text, isEssential}) => fact(text, isEssential));
        const rows = layOutFacts(given, {width, maxRows, ascii: true});
        const shown = rows.join('').replaceAll(' ', '');
        for (const {text, isEssential} of given) {
          if (isEssential) expect(shown).toContain(text.replaceAll(' ', ''));
        }
        for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('cutRows', () => {
  const rows = ['one', 'two', 'three', 'four'].map(text => sanitize(text));

  it('says how many lines are missing', () => {
    expect(cutRows(rows, 14, 4)).toEqual(['one', 'two', 'three', 'four']);
    expect(cutRows(rows, 14, 3)).toEqual(['one', 'two', '(2 more lines)']);
    expect(cutRows(rows, 14, 1)).toEqual(['(4 more lines)']);
    expect(cutRows(rows, 14, 0)).toEqual([]);
  });

  it('begins further down, and says nothing at the end', () => {
    expect(cutRows(rows, 14, 2, 1)).toEqual(['two', '(2 more lines)']);
    expect(cutRows(rows, 14, 2, 2)).toEqual(['three', 'four']);
  });
});

describe('wrapIndented', () => {
  it('indents the other rows of an indented text further', () => {
    const wrap = (text: string, width: number) => wrapIndented(sanitize(text), width);
    expect(wrap('  Command: memray run forker.py', 20)).toEqual(['  Command: memray', '    run forker.py']);
    expect(wrap('  /srv/app/records/load.py', 22)).toEqual(['  /srv/app/records/', '    load.py']);
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('  /srv/app/records/load.py', 40)).toEqual(['  /srv/app/records/load.py']);
  });

  it('never exceeds its width', () => {
    fc.assert(
      fc.property(
        fc.string({maxLength: 60, unit: 'grapheme'}),
        fc.nat(4),
        fc.integer({min: 2, max: 30}),
        (text, indent, width) => {
          for (const row of wrapIndented(sanitize(' '.repeat(indent) + text), width)) {
            expect(cellWidth(row)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});
