import {describe, expect, test} from 'vitest';
import {createLineStates} from '../../../src/source/line-states.js';
import type {SourceLanguage} from '../../../src/source/source-result.js';

function getStates(text: string, language: SourceLanguage = 'python'): string[] {
  const lines = text.split('\n');
  const states = createLineStates(lines, language);
  // Asked from the end: what is above is found on the way.
  return [...lines.keys()]
    .reverse()
    .map(index => states.getStart(index))
    .reverse();
}

describe('Python', () => {
  test.each<[string, string[]]>([
    ['x = 1\ny = 2', ['', '']],
    ['"""doc\nmore\n"""\nx', ['', '"""', '"""', '']],
    ['x = \'\'\'a\nb\'\'\' + """c\nd"""\n', ['', "'''", '"""', '']],
    ['# """ no\nx', ['', '']],
    ['"# no" + """yes\n', ['', '"""']],
    ['"a\nb', ['', '']],
    ['"a\\\nb"\nc', ['', '"', '']],
    ['"a\\\\\nb', ['', '']],
    ["r'\\' + '''x\n", ['', '']],
    ['f"""a{\nb}"""\n', ['', 'f"""', '']],
    ["Rf'''a\n'''\n", ['', "f'''", '']],
    ["if'''a\n'''\n", ['', "'''", '']],
    ['"" + """"quoted\n""" + ""\n', ['', '"""', '']],
    ['"""a\\"""\nb"""\n', ['', '"""', '']],
    ["x = 'it' \"it's\"\n", ['', '']],
  ])('%j', (text, states) => {
    expect(getStates(text)).toEqual(states);
  });
});

describe('C', () => {
  test.each<[string, string[]]>([
    ['/* a\n b */ x\ny', ['', '/*', '']],
    ['// /* no\nx', ['', '']],
    ['"/*" /* yes\n', ['', '/*']],
    ["'\"' /* yes\n", ['', '/*']],
    ['char *s = "a\\\nb"; /* c\n', ['', '"', '/*']],
  ])('%j', (text, states) => {
    expect(getStates(text, 'cpp')).toEqual(states);
  });
});

test('no language, no states', () => {
  expect(getStates('"""\n/*\n', null)).toEqual(['', '', '']);
});
