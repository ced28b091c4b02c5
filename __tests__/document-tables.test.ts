import {expect, test} from 'vitest';
import {OPTION_ROWS} from '../bin/cli-table.js';
import {COMMANDS} from '../src/commands/commands.js';
import {formatKeyTable} from '../src/keymap/format-keys.js';
import {listUsages} from '../src/query/grammar/parse-query.js';
import {listPages, readPage} from './helpers/documents.js';

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

/** Options of memray and of other programs, which the pages name as well. */
const OPTIONS_OF_OTHERS = [
  ...['--aggregate', '--follow-fork', '--live-remote', '--native', '--trace-python-allocators'],
  ...['--goto', '--line', '--override-timestamp'],
];

test('the pages name no option that does not exist', () => {
  const options = OPTION_ROWS.map(([name]) => `--${name}`);
  const named = listPages().flatMap(page => [...readPage(page).matchAll(/`(--[a-z-]+)/g)]);
  const lost = named.map(([, name]) => name!).filter(name => !options.includes(name));
  expect(named.length).toBeGreaterThan(150);
  expect(lost.filter(name => !OPTIONS_OF_OTHERS.includes(name))).toEqual([]);
});

test('docs/query.md has every word of a query, and no other', () => {
  const [, table = ''] = /^\| step \| meaning \|\n([\s\S]*?)\n\n/m.exec(readPage('docs/query.md'))!;
  const named = table.split('\n').flatMap(line => [...line.split(' | ')[0]!.matchAll(/`([^`]+)`/g)]);
  // A range may lack one of its ends.
  const isShort = (usage: string) => /^size:(?:\.\.B|A\.\.)$/.test(usage);
  const usages = named.map(([, usage]) => usage!).filter(usage => !isShort(usage));
  expect(usages.toSorted()).toEqual(listUsages().toSorted());
});
