import {describe, expect, it, test} from 'vitest';
import {listFileArguments, readEditor} from '../../../bin/editor/editor-command.js';
import {splitWords} from '../../../bin/split-words.js';
import {getPlatform} from '../../../src/platform/platform.js';

describe('the words of a command', () => {
  test.each([
    ['', []],
    ['  vim  ', ['vim']],
    ['code --wait\t-n\nx', ['code', '--wait', '-n', 'x']],
    [`"my editor" 'a b' c\\ d e'f'"g"`, ['my editor', 'a b', 'c d', 'efg']],
    [`vim -c "say \\"hi\\" \\n \\$x" ''`, ['vim', '-c', 'say "hi" \\n $x', '']],
    [`'it'\\''s' $(x) *.py ~ ; && \`x\``, ["it's", '$(x)', '*.py', '~', ';', '&&', '`x`']],
    ['"a\nb" c\\\nd', ['a\nb', 'c\nd']],
    ['end\\', ['end']],
    ["vim 'x", null],
    ['vim "x\\"', null],
  ])('%j', (command, words) => {
    expect(splitWords(command, true)).toEqual(words);
  });

  it('keep the backslashes of Windows', () => {
    expect(splitWords('"C:\\Program Files\\Code.exe" C:\\x\\ -w', false)).toEqual([
      'C:\\Program Files\\Code.exe',
      'C:\\x\\',
      '-w',
    ]);
  });
});

describe('the editor', () => {
  const linux = getPlatform('linux');

  it('is VISUAL, else EDITOR; empty ones do not count', () => {
    const editor = {kind: 'editor', program: 'vim', args: []};
    expect(readEditor({VISUAL: 'vim', EDITOR: 'ed'}, linux)).toEqual(editor);
    expect(readEditor({VISUAL: ' ', EDITOR: 'vim'}, linux)).toEqual(editor);
    expect(readEditor({VISUAL: 'code --wait'}, linux)).toMatchObject({program: 'code', args: ['--wait']});
  });

  test.each([
    [{}, 'No editor is known: set VISUAL or EDITOR'],
    [{EDITOR: "vim '"}, 'A quote in EDITOR is not closed'],
    [{VISUAL: "''"}, 'VISUAL names no program'],
  ])('%j: %s', (env, reason) => {
    expect(readEditor(env, linux)).toEqual({kind: 'none', reason});
  });
});

describe('the arguments for a line', () => {
  test.each([
    ['vi', ['+7', '/a b.py']],
    ['/usr/bin/vim.basic', ['+7', '--', '/a b.py']],
    ['nvim', ['+7', '--', '/a b.py']],
    ['nano', ['+7', '/a b.py']],
    ['emacsclient', ['+7', '/a b.py']],
    ['hx', ['+7', '/a b.py']],
    ['code', ['--goto', '/a b.py:7']],
    ['C:\\Tools\\Cursor.exe', ['--goto', '/a b.py:7']],
    ['subl', ['/a b.py:7']],
    ['zed', ['/a b.py:7']],
    ['pycharm.sh', ['--line', '7', '/a b.py']],
    ['idea64.exe', ['--line', '7', '/a b.py']],
    ['my-editor', ['/a b.py']],
    ['vimdiff', ['/a b.py']],
  ])('%s', (program, args) => {
    expect(listFileArguments(program, '/a b.py', 7)).toEqual(args);
  });

  it('are the file alone where the line is not known, or would be mistaken', () => {
    expect(listFileArguments('vim', '/a.py', 0)).toEqual(['/a.py']);
    expect(listFileArguments('vim', '/a.py', 1.5)).toEqual(['/a.py']);
    expect(listFileArguments('code', '/a:3', 7)).toEqual(['/a:3']);
    expect(listFileArguments('subl', '/a:3:b.py', 7)).toEqual(['/a:3:b.py']);
    expect(listFileArguments('vim', '/a:3', 7)).toEqual(['+7', '--', '/a:3']);
  });
});
