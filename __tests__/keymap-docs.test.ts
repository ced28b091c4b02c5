import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {COMMANDS} from '../src/commands/commands.js';
import {formatKeyTable} from '../src/keymap/format-keys.js';
import {projectRoot} from './helpers/terminal.js';

test('the README has the key table that the keymap gives', () => {
  expect(readFileSync(`${projectRoot}README.md`, 'utf8')).toContain(formatKeyTable(COMMANDS));
});
