import {describe, expect, it} from 'vitest';
import {sanitizeSource} from '../../../src/format/sanitize-source.js';

describe('sanitizeSource', () => {
  it('turns tabs into spaces up to the next stop', () => {
    expect(sanitizeSource('\tif x:\ty')).toBe('    if x:   y');
    expect(sanitizeSource('\t\tx', 8)).toBe(`${' '.repeat(16)}x`);
    expect(sanitizeSource('名\tx')).toBe('名  x');
  });

  it('is as strict as for names otherwise', () => {
    expect(sanitizeSource('# \u202e\u001b[2J')).toBe('# ‹202E›␛[2J');
  });
});
