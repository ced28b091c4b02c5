import {expect, it} from 'vitest';
import {linkRows} from '../../components/link-rows.js';
import {sanitize} from '../../src/format/sanitize.js';
import {wrapCells} from '../../src/format/wrap.js';

/** Rows with ⟦ ⟧ for the start and the end of a link. */
function link(rows: readonly string[], text: string, address = 'file://host/a.py'): string[] {
  const linked = linkRows(
    rows.map(row => sanitize(row)),
    {label: 'Location: ', text, address},
  );
  return linked.map(row =>
    row.replaceAll(`\u001b]8;;${address}\u001b\\`, '⟦').replaceAll('\u001b]8;;\u001b\\', '⟧'),
  );
}

it('links the location alone, wherever it is in a row', () => {
  expect(link(['Function: app:4', '🧭 Location: app:4', 'Size: 1'], 'app:4')).toEqual([
    'Function: app:4',
    '🧭 Location: ⟦app:4⟧',
    'Size: 1',
  ]);
  expect(link(['Function: f · Location: a b:4 · Size: 1'], 'a b:4')).toEqual([
    'Function: f · Location: ⟦a b:4⟧ · Size: 1',
  ]);
});

it('links each row of a long location by itself', () => {
  const text = 'some folder/with blanks in  it/and more/module.py:12345';
  const rows = wrapCells(sanitize(`Location: ${text}`), 20);
  const linked = link(rows, text);
  expect(linked.length).toBeGreaterThan(2);
  expect(linked[0]).toBe(`Location: ⟦${rows[0]!.slice('Location: '.length)}⟧`);
  expect(linked.slice(1)).toEqual(rows.slice(1).map(row => `⟦${row}⟧`));
});

it('links nothing where the location is left out, or cut', () => {
  expect(link(['Size: 1'], 'app:4')).toEqual(['Size: 1']);
  expect(link(['Location: ap'], 'app:4')).toEqual(['Location: ap']);
  expect(link(['Location: '], '')).toEqual(['Location: ']);
});

it.each(['', 'file://a b', 'file://\u001b\\', 'file://é', `file://${'a'.repeat(2000)}`])(
  'links to no address that a terminal could take for something else: %j',
  address => {
    expect(link(['Location: app:4'], 'app:4', address)).toEqual(['Location: app:4']);
  },
);
