import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readCapture} from '../../../src/headless.js';
import {lacksFunction} from '../../../src/source/lacks-function.js';
import type {SourceText} from '../../../src/source/source-result.js';
import {projectRoot} from '../../helpers/terminal.js';

function toSource(lines: readonly string[], part: Partial<SourceText> = {}): SourceText {
  return {
    kind: 'text',
    path: '/app/x.py',
    lines,
    firstLine: 1,
    totalLines: lines.length,
    language: 'python',
    ...part,
  };
}

const SOURCE = [
  'import os', // 1
  'def load(path):',
  '    return path',
  '@cached(',
  '    size=3)',
  'async def fetch():', // 6
  '    rows = [r for r in load(1)]',
  'class Reader:',
  '    x = bytes(9)',
  'handler = load', // 10
];

describe('a definition above the line', () => {
  test.each([
    ['load', 2],
    ['load', 3],
    ['load', 10],
    ['fetch', 4],
    ['fetch', 7],
    ['Reader', 9],
    ['Reader.__init__.<locals>.fetch', 9],
  ])('of %s, line %i', (name, line) => {
    expect(lacksFunction(toSource(SOURCE), name, line)).toBe(false);
  });
});

describe('no definition above the line', () => {
  test.each([
    ['load', 1],
    ['loader', 3],
    ['loa', 3],
    ['fetch', 3],
    ['Reader', 7],
    ['handler', 10],
    ['Reader.read', 9],
  ])('of %s, line %i', (name, line) => {
    expect(lacksFunction(toSource(SOURCE), name, line)).toBe(true);
  });
});

describe('what cannot be known', () => {
  test.each([
    '<module>',
    '<lambda>',
    '<listcomp>',
    'f.<locals>.<genexpr>',
    '__annotate__',
    'größe',
    'a b',
    '',
  ])('%j', name => {
    expect(lacksFunction(toSource(SOURCE), name, 3)).toBe(false);
  });

  test.each<[string, Partial<SourceText>, number]>([
    ['a part of a long file', {firstLine: 25_001}, 3],
    ['another language', {path: '/app/x.c', language: 'c'}, 3],
    ['Cython', {path: '/app/x.pyx'}, 3],
    ['no line', {}, 0],
    ['a line beyond the end', {}, 11],
  ])('%s', (_, part, line) => {
    expect(lacksFunction(toSource(SOURCE, part), 'gone', line)).toBe(false);
  });
});

test('all frames of the example fit its sources', async () => {
  const {tree} = await readCapture(`${projectRoot}examples/newsroom/newsroom.bin`, {biggestAllocs: 10_000});
  const frames = Array.from({length: tree.length}, (_, node) => tree.getNode(node));
  const own = frames.filter(({file}) => file?.includes('/newsroom/'));
  expect(new Set(own.map(({function: name}) => name)).size).toBeGreaterThan(3);
  for (const {function: name, file, line} of own) {
    const path = `${projectRoot}examples/newsroom/${file!.split('/').at(-1)}`;
    const lines = readFileSync(path, 'utf8').split('\n');
    expect({name, line, isLacking: lacksFunction(toSource(lines), name!, line!)}).toMatchObject({
      isLacking: false,
    });
  }
});
