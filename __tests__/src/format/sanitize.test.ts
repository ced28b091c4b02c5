import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {joinSafe, sanitize, splitEscapes} from '../../../src/format/sanitize.js';
import {FORBIDDEN, hostileText, isForbidden} from '../../helpers/hostile-text.js';

describe('sanitize', () => {
  it.each([
    ['plain ~ text', 'plain ~ text'],
    ['naïve 名前 🎉', 'naïve 名前 🎉'],
    ['\u001b]0;title\u0007', '␛]0;title␇'],
    ['\u0000\t\u007f', '␀␉␡'],
    ['a\r\nb\u0085c\u2028d\u2029e', 'a␊␊b␊c␊d␊e'],
    ['\u009b31m', '�31m'],
    ['\ud800x\udfff', '�x�'],
    ['a\u202eb', 'a‹202E›b'],
    ['\u00ad\u200b\ufeff', '‹00AD›‹200B›‹FEFF›'],
    ['x\u{e0041}', 'x‹E0041›'],
    ['❤\ufe0f', '❤‹FE0F›'],
    ['e\u0301\u0302\u0303\u0304\u0305\u0306x', 'e\u0301\u0302\u0303\u0304x'],
    ['', ''],
  ])('%j becomes %j', (text, safe) => {
    expect(sanitize(text)).toBe(safe);
  });

  it('lets nothing forbidden through, and changes safe text no more', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const safe = sanitize(text);
        for (const character of safe) expect(isForbidden(character.codePointAt(0)!)).toBe(false);
        expect(safe).not.toMatch(/\p{M}{5}/u);
        expect(sanitize(safe)).toBe(safe);
      }),
      {numRuns: 1000},
    );
  });

  it('replaces each forbidden character on its own', () => {
    for (const [from, to] of FORBIDDEN) {
      for (let code = from; code <= to; code++) {
        const safe = sanitize(`a${String.fromCodePoint(code)}b`);
        expect(safe).toMatch(/^a(.|‹[0-9A-F]{4,5}›)b$/u);
        expect(safe).not.toContain(String.fromCodePoint(code));
      }
    }
  });

  it('takes a long name in one go', () => {
    expect(sanitize('\u0301'.repeat(65_536)).length).toBe(4);
    expect(sanitize('\u202e'.repeat(65_536)).length).toBe(65_536 * 6);
  });
});

describe('splitEscapes', () => {
  it('finds what stands for invisible characters', () => {
    expect(splitEscapes(sanitize('a\u202eb\u{e0041}'))).toEqual([
      {text: 'a', isEscape: false},
      {text: '‹202E›', isEscape: true},
      {text: 'b', isEscape: false},
      {text: '‹E0041›', isEscape: true},
    ]);
    expect(splitEscapes(sanitize('plain'))).toEqual([{text: 'plain', isEscape: false}]);
    expect(splitEscapes(sanitize('‹x›'))).toEqual([{text: '‹x›', isEscape: false}]);
  });
});

describe('joinSafe', () => {
  it('joins safe pieces and numbers', () => {
    expect(joinSafe(sanitize('\n'), 3, sanitize('b'))).toBe('␊3b');
  });
});
