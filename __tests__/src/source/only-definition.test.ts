import {expect, test} from 'vitest';
import {findOnlyDefinition} from '../../../src/source/only-definition.js';
import type {SourceText} from '../../../src/source/source-result.js';

function toSource(text: string, part: Partial<SourceText> = {}): SourceText {
  const lines = text.split('\n');
  const whole = {kind: 'text', path: '/app/x.py', firstLine: 1, language: 'python'} as const;
  return {...whole, lines, totalLines: lines.length, ...part};
}

test.each<[string, string, string, number]>([
  ['a function', 'import os\ndef load(): 1', 'load', 2],
  ['a method, by its qualified name', 'class A:\n async def run(self): 1', 'A.run', 2],
  ['a class, whose body is code too', '@dataclass\nclass A:\n x = 1', 'A', 2],
  ['a part of another name', 'def loader(): 1', 'load', 0],
  ['two of the same name', 'class A:\n def run(): 1\nclass B:\n def run(): 1', 'run', 0],
  ['a call only', 'load()', 'load', 0],
  ['names that Python gives', 'def module(): 1', '<module>', 0],
  ['a name with letters of patterns', 'def a(): 1', 'a|b', 0],
])('finds %s', (_, text, name, line) => {
  expect(findOnlyDefinition(toSource(text), name)).toBe(line);
});

test('finds nothing in other languages, nor where only a part of the file is there', () => {
  expect(findOnlyDefinition(toSource('def load(): 1', {path: '/app/x.c'}), 'load')).toBe(0);
  expect(findOnlyDefinition(toSource('def load(): 1', {totalLines: null}), 'load')).toBe(0);
});

test('counts from the first line that is there', () => {
  expect(findOnlyDefinition(toSource('x = 1\ndef load(): 1', {firstLine: 500}), 'load')).toBe(501);
});
