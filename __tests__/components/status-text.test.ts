import {describe, expect, test} from 'vitest';
import {formatStatusParts} from '../../components/status-text.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {selectStatusParts} from '../../src/store/status.js';
import {createTheme} from '../../src/style/theme.js';
import {parseSnapshot} from '../helpers/tree-text.js';

describe('the status line', () => {
  const text = 'main a.py:1 54327000\n! 1840 locations 2000 allocations 3898000 bytes';
  const draw = (name: string, width: number, ascii = false) => {
    const snapshot = parseSnapshot(text, {capture: {peakBytes: 58_225_000}});
    const parts = selectStatusParts(createTreeStore({snapshot, name}).getState());
    return formatStatusParts(parts, width, createTheme({ascii}));
  };

  test('shortens its parts before it leaves any out, and keeps the name of the file', () => {
    const widths = [120, 90, 80, 60, 45, 30, 16, 10, 4];
    expect(widths.map(width => draw('/tmp/captures/django.bin', width)).join('\n')).toMatchInlineSnapshot(`
      "peak · /tmp/captures/django.bin · peak 58.225MB · shown 54.327MB · 1840 locations hidden (3.898MB)
      peak · /tmp/captures/django.bin · peak 58.225MB · shown 54.327MB · 1840 hidden (3.898MB)
      peak · django.bin · peak 58.225MB · shown 54.327MB · 1840 hidden (3.898MB)
      peak · django.bin · peak 58.225MB · shown 54.327MB
      django.bin · peak 58.225MB · shown 54.327MB
      peak 58.225MB · shown 54.327MB
      peak 58.225MB
      peak 58.2…
      pea…"
    `);
  });

  test('cuts a long name in the middle', () => {
    const name = `/srv/${'very-long-'.repeat(9)}name.bin`;
    expect([draw(name, 90), draw(name, 60, true)].join('\n')).toMatchInlineSnapshot(`
      "peak · very-long-very…long-name.bin · peak 58.225MB · shown 54.327MB
      peak 58.225MB | shown 54.327MB"
    `);
  });
});
