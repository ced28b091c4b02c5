import {describe, expect, test} from 'vitest';
import {decodeSource, splitLines} from '../../../src/source/decode-source.js';

describe('encodings', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  test.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('é = "名"'), 'é = "名"'],
    ['a byte order mark', Buffer.from('\ufeffx = 1'), 'x = 1'],
    ['a mark goes before a declaration', Buffer.from('\ufeff# coding: latin-1\né'), '# coding: latin-1\né'],
    ['latin-1 in line 1', latin1('# -*- coding: latin-1 -*-\né\u0085'), '# -*- coding: latin-1 -*-\né\u0085'],
    [
      'iso_8859_1 in line 2',
      latin1('#!/usr/bin/python\n# vim: fileencoding=ISO_8859_1\né'),
      '#!/usr/bin/python\n# vim: fileencoding=ISO_8859_1\né',
    ],
    ['not in line 3', Buffer.from('\n\n# coding: latin-1\né'), '\n\n# coding: latin-1\né'],
    ['not after code', Buffer.from('x = 1\n# coding: latin-1\né'), 'x = 1\n# coding: latin-1\né'],
    ['cp1251', Buffer.from([...Buffer.from('# coding: cp1251\n'), 0xe6]), '# coding: cp1251\nж'],
    ['an unknown one', Buffer.from('# coding: klingon\né'), '# coding: klingon\né'],
    ['invalid bytes', Buffer.from([0x61, 0xff, 0x62]), 'a\ufffdb'],
    ['nothing', Buffer.from(''), ''],
  ])('%s', (_, bytes, text) => {
    expect(decodeSource(bytes)).toBe(text);
  });
});

test('lines as Python counts them', () => {
  expect(splitLines('a\nb\r\nc\rd\u2028e\ff\vg')).toEqual(['a', 'b', 'c', 'd\u2028e\ff\vg']);
  expect(splitLines('a\n')).toEqual(['a']);
  expect(splitLines('a\n\n')).toEqual(['a', '']);
  expect(splitLines('')).toEqual([]);
});
