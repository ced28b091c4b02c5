import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../../src/commands/commands.js';
import {defineCommands, navigate} from '../../../src/commands/define.js';
import {formatKeyTable} from '../../../src/keymap/format-keys.js';
import {bindKeys} from '../../../src/keymap/keymap.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {layOutHelp} from '../../../src/store/help-layout.js';
import {explainIdle} from '../../../src/store/idle-keys.js';
import {openMenu} from '../../../src/store/menu-actions.js';
import {runCommand} from '../../../src/store/run-command.js';
import {moveToRow} from '../../../src/store/tree-actions.js';
import {projectRoot} from '../../helpers/terminal.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const folder = `${projectRoot}src/commands`;
const sources = readdirSync(folder)
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(`${folder}/${name}`, 'utf8'));

describe('one record is all that a command needs', () => {
  const state = createTreeStore({snapshot: parseSnapshot('main a.py:1\n  load a.py:2 5')}).getState();
  const [trial] = defineCommands('Move', {
    goToThirdRow: {
      keys: ['f9'],
      help: 'go to the third row',
      run: navigate(before => moveToRow(before, 2)),
      idle: ({rows}) => (rows.length < 3 ? 'There is no third row' : null),
    },
  });
  const commands = [...COMMANDS, trial!];
  const keymap = bindKeys<string>(commands, {});

  test('for its key and the table of keys', () => {
    expect(keymap.getCommand('f9')).toBe('goToThirdRow');
    expect(formatKeyTable(commands)).toContain('| `f9` | go to the third row |');
  });

  test('for the help', () => {
    const texts = layOutHelp({commands, keymap}, false, 80, 24).columns.flat();
    expect(texts.map(({text}) => `${text}`)).toContain('go to the third row');
  });

  test('for the palette', () => {
    const {menuItems} = openMenu(state, 'palette', commands);
    expect(menuItems.at(-1)).toMatchObject({
      text: 'go to the third row',
      action: {kind: 'command', command: trial},
    });
  });

  test('for what it does, and for why it does nothing', () => {
    const after = runCommand(state, trial!, {commands, keymap}).state!;
    expect(after).toMatchObject({cursorRow: 2, hasUserNavigated: true});
    expect(explainIdle(after, trial!)).toBeNull();
    const collapsed = createTreeStore().getState();
    expect(explainIdle(collapsed, trial!)).toBe('There is no third row');
  });
});

test('a command has one record', () => {
  for (const {id} of COMMANDS) {
    const records = sources.filter(text => new RegExp(`^  ${id}: \\{`, 'm').test(text));
    expect(records, id).toHaveLength(1);
  }
});

test('each group is one file', () => {
  const groups = sources.flatMap(text =>
    [...text.matchAll(/defineCommands\('([^']+)'/g)].map(match => match[1]),
  );
  const listed = [...new Set(COMMANDS.map(({group}) => group))];
  expect(groups.toSorted()).toEqual(listed.toSorted());
});
