import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {escapeJsonLines, sanitizeLines} from '../../../src/format/sanitize-lines.js';
import {hostileText, isForbidden} from '../../helpers/hostile-text.js';

const listForbidden = (text: string): readonly string[] =>
  [...text].filter(character => character !== '\n' && isForbidden(character.codePointAt(0)!));

describe('lines', () => {
  test('keep their ends, and nothing else that a terminal obeys', () => {
    expect(sanitizeLines('a\u001b]2;x\u0007\tb\r\nc\u202e\n')).toBe('a␛]2;x␇␉b␊\nc‹202E›\n');
    expect(sanitizeLines('')).toBe('');
  });

  test('of any text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(listForbidden(sanitizeLines(text))).toEqual([]);
      }),
    );
  });
});

describe('lines of JSON', () => {
  test('have escapes of what is outside of the basic plane, too', () => {
    expect(escapeJsonLines('{"a":"\u202e\u{e0041}\u009b"}\n')).toBe('{"a":"\\u202e\\udb40\\udc41\\u009b"}\n');
  });

  test('are the same JSON, whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), value => {
        const escaped = escapeJsonLines(JSON.stringify(value));
        expect(listForbidden(escaped)).toEqual([]);
        expect(escaped).not.toMatch(/\p{M}{5}/u);
        expect(JSON.stringify(JSON.parse(escaped))).toBe(JSON.stringify(value));
      }),
    );
  });
});
