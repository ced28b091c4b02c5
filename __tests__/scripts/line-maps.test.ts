import {SourceMap} from 'node:module';
import {expect, test} from 'vitest';
import {toLineMap} from '../../scripts/build/line-maps.js';

/** Segments: column, source, line, column there; each number relative to the one before. */
const mappings = 'AAAA,IAAI,EACJ,ICAA,KDCA;;SAAS';

test('a map of lines says the line of each position, as the whole map does', () => {
  const sources = ['../src/own.ts', '../src/other.ts?host'];
  const payload = {file: '', version: 3, sourcesContent: [], sourceRoot: '', names: [], sources, mappings};
  const whole = new SourceMap(payload);
  const lines = new SourceMap({...payload, ...JSON.parse(toLineMap({mappings, sources})!)});
  for (const [line, column] of [
    [0, 0],
    [0, 5],
    [0, 7],
    [0, 11],
    [0, 40],
    [2, 9],
  ] as const) {
    const expected = whole.findEntry(line, column);
    const found = lines.findEntry(line, column);
    if (!('originalLine' in expected) || !('originalLine' in found)) throw new Error('not mapped');
    expect(found.originalLine).toBe(expected.originalLine);
    expect(found.originalSource).toBe(expected.originalSource.replace('?host', ''));
  }
});

test('what packages are made of has no map', () => {
  const sources = ['../node_modules/paint/index.js', '../src/own.ts'];
  const {sources: kept, mappings: left} = JSON.parse(toLineMap({mappings, sources})!);
  expect(kept).toEqual(['../src/own.ts']);
  expect(left.length).toBeLessThan(mappings.length);
  expect(toLineMap({mappings: 'AAAA', sources: sources.slice(0, 1)})).toBeNull();
});
