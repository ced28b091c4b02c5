import {expect, test} from 'vitest';
import {COMMANDS} from '../src/commands/commands.js';
import {formatKeyTable} from '../src/keymap/format-keys.js';
import {readPage} from './helpers/documents.js';

test('docs/keys.md has the key table that the keymap gives', () => {
  expect(readPage('docs/keys.md')).toContain(formatKeyTable(COMMANDS));
});

test('the keys of the README are keys', () => {
  const [, table = ''] = /^## The keys that matter\n\n([\s\S]*?)\n\n/m.exec(readPage('README.md'))!;
  const named = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, keys]) => keys!.split(' '));
  const all = formatKeyTable(COMMANDS);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(key => !all.includes(key))).toEqual([]);
});
