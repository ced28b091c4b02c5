import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../../src/commands/commands.js';
import {getHintText} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {formatKey, formatKeyTable, getHelpGroups} from '../../../src/keymap/format-keys.js';
import {getTypedText, type InkKey, readKeystrokes} from '../../../src/keymap/keystroke.js';

const NO_KEY: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
};

describe('the command table', () => {
  test('gives no key to two commands', () => {
    const keys = COMMANDS.flatMap(command => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ['up', 'moveUp'],
    ['k', 'moveUp'],
    ['down', 'moveDown'],
    ['j', 'moveDown'],
    ['left', 'closeOrGoToParent'],
    ['h', 'closeOrGoToParent'],
    ['right', 'openOrGoToChild'],
    ['l', 'openOrGoToChild'],
    ['shift+left', 'goToParent'],
    ['shift+up', 'goToPreviousSibling'],
    ['shift+down', 'goToNextSibling'],
    ['enter', 'toggle'],
    ['space', 'toggle'],
    ['home', 'goToFirst'],
    ['g', 'goToFirst'],
    ['end', 'goToLast'],
    ['G', 'goToLast'],
    ['pageup', 'pageUp'],
    ['pagedown', 'pageDown'],
    ['ctrl+u', 'halfPageUp'],
    ['ctrl+d', 'halfPageDown'],
    ['e', 'openChain'],
    ['E', 'openSubtree'],
    ['C', 'closeAll'],
    ['i', 'toggleImportSystem'],
    ['u', 'toggleUninteresting'],
    ['/', 'startSearch'],
    ['n', 'goToNextMatch'],
    ['N', 'goToPreviousMatch'],
    ['escape', 'cancel'],
    ['R', 'reload'],
    ['.', 'revealSource'],
    ['tab', 'switchFocus'],
    ['?', 'toggleHelp'],
    ['q', 'quit'],
    ['ctrl+c', 'interrupt'],
    ['ctrl+z', 'suspend'],
  ])('runs for %s: %s', (key, command) => {
    expect(createKeymap().getCommand(key)).toBe(command);
  });
});

describe('createKeymap', () => {
  test('replaces the keys of a command', () => {
    const keymap = createKeymap({moveDown: ['s']});
    expect([keymap.getCommand('s'), keymap.getCommand('j'), keymap.getCommand('down')]).toEqual([
      'moveDown',
      null,
      null,
    ]);
  });

  test('takes a key from the command that had it', () => {
    const keymap = createKeymap({openChain: ['k']});
    expect(keymap.getCommand('k')).toBe('openChain');
    expect(keymap.getKeys('moveUp')).toEqual(['up']);
  });

  test('finds no command under the names of object properties', () => {
    expect(createKeymap().getCommand('constructor')).toBeNull();
    expect(createKeymap().getCommand('__proto__')).toBeNull();
  });
});

describe('readKeystrokes', () => {
  test.each<[string, Partial<InkKey>, readonly string[]]>([
    ['k', {}, ['k']],
    ['E', {shift: true}, ['E']],
    ['', {upArrow: true}, ['up']],
    ['', {upArrow: true, shift: true}, ['shift+up']],
    ['u', {ctrl: true}, ['ctrl+u']],
    ['\r', {return: true}, ['enter']],
    [' ', {}, ['space']],
    ['', {tab: true, shift: true}, ['shift+tab']],
    ['', {escape: true, meta: true}, ['escape']],
    ['x', {meta: true}, ['meta+x']],
    ['', {ctrl: true}, []],
    ['k', {eventType: 'release'}, []],
  ])('reads %j with %j as %j', (input, key, expected) => {
    expect(readKeystrokes(input, {...NO_KEY, ...key})).toEqual(expected);
  });

  test('takes characters that arrive together one by one', () => {
    expect(readKeystrokes('jj \rN名🎉\t\u0004', NO_KEY)).toEqual([
      'j',
      'j',
      'space',
      'enter',
      'N',
      '名',
      '🎉',
      'tab',
      'ctrl+d',
    ]);
  });

  test('distinguishes typed text from names', () => {
    const typed = ['a', 'space', '🎉', 'enter', 'ctrl+u', 'up'].map(getTypedText);
    expect(typed).toEqual(['a', ' ', '🎉', null, null, null]);
  });
});

describe('words about keys', () => {
  test('writes keys as people read them', () => {
    const keys = ['shift+up', 'ctrl+u', 'pageup', 'E', '?', '+', 'escape'].map(key => formatKey(key));
    expect(keys).toEqual(['Shift+↑', 'Ctrl+U', 'PgUp', 'E', '?', '+', 'Esc']);
    expect(formatKey('shift+up', true)).toBe('Shift+Up');
  });

  test('help and README list each command', () => {
    const lines = getHelpGroups(COMMANDS, createKeymap()).flatMap(({lines}) => lines.map(line => line.help));
    const table = formatKeyTable(COMMANDS);
    for (const {help} of COMMANDS) {
      expect(lines).toContain(help);
      expect(table).toContain(`| ${help} |`);
    }
  });

  test('the help fits half a screen of 120 columns beside the keys', () => {
    expect(COMMANDS.filter(({help}) => help.length > 43)).toEqual([]);
  });

  test('hints say what the key would do now', () => {
    expect(getHintText('toggleImportSystem', 0)).toBe('Hide import system');
    expect(getHintText('toggleImportSystem', 1)).toBe('Show import system');
    expect(getHintText('quit', 1)).toBe('Quit');
    expect(getHintText('moveUp', 0)).toBeNull();
  });
});
