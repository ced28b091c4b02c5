import {expect, test} from 'vitest';
import {COMMANDS} from '../src/commands/commands.js';
import {formatKeyTable} from '../src/keymap/format-keys.js';
import {listUsages} from '../src/query/grammar/parse-query.js';
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

test('docs/query.md has every word of a query, and no other', () => {
  const [, table = ''] = /^\| step \| meaning \|\n([\s\S]*?)\n\n/m.exec(readPage('docs/query.md'))!;
  const named = table.split('\n').flatMap(line => [...line.split(' | ')[0]!.matchAll(/`([^`]+)`/g)]);
  // A range may lack one of its ends.
  const isShort = (usage: string) => /^size:(?:\.\.B|A\.\.)$/.test(usage);
  const usages = named.map(([, usage]) => usage!).filter(usage => !isShort(usage));
  expect(usages.toSorted()).toEqual(listUsages().toSorted());
});
