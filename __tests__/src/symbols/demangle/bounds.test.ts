import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {demangle} from '../../../../src/symbols/demangle/demangle.js';

const names = readFileSync(
  fileURLToPath(new URL('../../../fixtures/symbols/demangled.tsv', import.meta.url)),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map(line => line.slice(0, line.indexOf('\t')));

const PIECES = [
  'S_',
  'S0_',
  'T_',
  'I',
  'E',
  'J',
  'DpT_',
  'N',
  'Z',
  'X',
  'L',
  'sr',
  'UlT_E_',
  'F',
  'A',
  'M',
  'cv',
  'K',
  'R',
  '9',
];

/** Numbers that are the same in every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutate(name: string, random: (below: number) => number): string {
  let text = name;
  for (let change = 0; change <= random(3); change++) {
    const at = 2 + random(text.length - 1);
    const kept = text.slice(at + random(4));
    text = text.slice(0, at) + (random(2) ? PIECES[random(PIECES.length)]! : '') + kept;
  }
  return text;
}

describe('bounds', () => {
  test('no damaged name throws or grows without end', () => {
    const random = makeRandom(20_240);
    for (let run = 0; run < 20_000; run++) {
      const name = mutate(names[random(names.length)]!, random);
      expect(demangle(name).length).toBeLessThanOrEqual(65_536);
    }
  });

  test('names longer than 1024 stay, as long as that are read', () => {
    expect(demangle(`_Z1016${'a'.repeat(1016)}v`)).toBe(`${'a'.repeat(1016)}()`);
    const longer = `_Z1019${'a'.repeat(1019)}v`;
    expect(demangle(longer)).toBe(longer);
  });

  test('a name that would unfold to gigabytes stays', () => {
    const pairs = Array.from({length: 40}, (_, at) => `1aI${refer(at)}${refer(at)}E`).join('');
    const bomb = `_Z1f1b${pairs}`;
    expect(demangle(bomb)).toBe(bomb);
  });

  test.each(['P', 'F', 'DT', 'N1a', '1aI', 'Z1f', 'X', 'DpP', 'M', 'A1_', 'PDwi'])('deep in %s', opening => {
    const deep = `_Z1f${opening.repeat(1000).slice(0, 1000)}`;
    expect(demangle(deep)).toBe(deep);
    expect(demangle(`_Z1fP${'P'.repeat(900)}i`)).toBe(`f(int${'*'.repeat(901)})`);
  });
});

/** Refers to the newest of what came before: each step makes two, `a` and `a<…>`. */
function refer(step: number): string {
  return step === 0 ? 'S_' : `S${(step * 2 - 1).toString(36).toUpperCase()}_`;
}
