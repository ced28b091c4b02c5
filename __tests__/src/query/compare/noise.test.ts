import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Changes, findChanges} from '../../../../src/query/compare/noise.js';
import {type ReferenceNode, referenceChanges} from '../../../helpers/reference-statistics.js';

function compare(nodes: readonly ReferenceNode[]): Changes | null {
  const [baseRuns, newRuns] = [nodes[0]!.base.length, nodes[0]!.next.length];
  return findChanges({
    depth: nodes.map(({depth}) => depth),
    baseRuns,
    newRuns,
    readValues: (node, values) => values.set([...nodes[node]!.base, ...nodes[node]!.next]),
  });
}

/**
 * Reads a tree from text, a node a line, two spaces a level: its name, then its kilobytes in each base run, a
 * bar, and in each new run. Returns the names of the nodes that have changed, with the difference.
 */
function listChanged(text: string): readonly string[] {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const margin = Math.min(...lines.map(line => line.search(/\S/)));
  const parse = (side: string): readonly number[] =>
    side
      .trim()
      .split(/\s+/)
      .map(value => Number(value) * 1000);
  const nodes = lines.map(line => {
    const [, name, base, next] = /^\s*(\S+)(.*)\|(.*)$/.exec(line)!;
    return {name, depth: (line.search(/\S/) - margin) / 2, base: parse(base!), next: parse(next!)};
  });
  const changes = compare(nodes)!;
  return nodes
    .map(({name}, node) => `${name} ${changes.difference[node]! / 1000}`)
    .filter((_, node) => changes.isChanged[node] === 1);
}

const someNodes = (runs: fc.Arbitrary<number>): fc.Arbitrary<readonly ReferenceNode[]> =>
  fc.tuple(runs, runs).chain(([baseRuns, newRuns]) => {
    const values = (count: number, from: number) =>
      fc.array(
        fc.integer({min: from, max: from + 5}).map(value => value * 2000),
        {minLength: count, maxLength: count},
      );
    const node = fc
      .tuple(fc.integer({min: 0, max: 2}), fc.integer({min: 0, max: 8}))
      .chain(([depth, shift]) =>
        fc.record({depth: fc.constant(depth), base: values(baseRuns, 0), next: values(newRuns, shift)}),
      );
    return fc.array(node, {minLength: 1, maxLength: 8});
  });

describe('findChanges', () => {
  it('finds a node beyond the noise, and those above it', () => {
    expect(
      listChanged(`
        main     900 910 905 890 908 | 2905 2900 2910 2912 2890
          load   400 401 399 400 402 | 2400 2401 2400 2399 2402
          parse  500 509 506 490 506 |  505  499  510  513  488`),
    ).toEqual(['main 2000', 'load 2000']);
  });

  it('finds nothing within the noise of either side', () => {
    expect(
      listChanged(`
        main 100 100 100 100 100 | 100 180 150 190 120
        work 300 500 400 200 600 | 700 710 720 705 715`),
    ).toEqual([]);
  });

  it('finds what is gone and what is new', () => {
    expect(
      listChanged(`
        main 100 100 100 100 100 | 100 100 100 100 100
          a   50  51  50  50  49 |   0   0   0   0   0
          b    0   0   0   0   0 |  50  51  50  50  49`),
    ).toEqual(['a -50', 'b 50']);
  });

  it('finds no jumps between two sizes, whose medians differ and have no deviation', () => {
    expect(listChanged('main 100 100 100 900 900 | 900 900 900 100 100')).toEqual([]);
  });

  it('finds no difference of 4 KiB, however equal the runs are', () => {
    expect(listChanged('main 0 0 0 0 0 | 4.096 4.096 4.096 4.096 4.096')).toEqual([]);
    expect(listChanged('main 0 0 0 0 0 | 4.097 4.097 4.097 4.097 4.097')).toEqual(['main 4.097']);
  });

  it('compares the ranges of few runs', () => {
    expect(listChanged('main 100 110 105 | 200 210')).toEqual(['main 100']);
    expect(listChanged('main 100 100 250 | 200 200 200')).toEqual([]);
    expect(listChanged('main 100 | 200 201 202')).toEqual(['main 101']);
  });

  it('says whether there are few runs', () => {
    expect(compare([{depth: 0, base: [1, 1, 1], next: [1, 1, 1, 1]}])!.hasFewRuns).toBe(true);
    expect(compare([{depth: 0, base: [1, 1, 1, 1], next: [1, 1, 1, 1]}])!.hasFewRuns).toBe(false);
  });

  it('says nothing about one run against one', () => {
    expect(compare([{depth: 0, base: [1], next: [1e9]}])).toBe(null);
  });

  it('refuses a side without runs', () => {
    expect(() => compare([{depth: 0, base: [], next: [1]}])).toThrow(RangeError);
  });

  it('gives zeros to the runs that lack a node', () => {
    const readValues = (_: number, values: Float64Array): void => {
      expect([...values]).toEqual([0, 0, 0, 0]);
      values[3] = 9;
    };
    expect(findChanges({depth: [0, 1], baseRuns: 2, newRuns: 2, readValues})!.difference[1]).toBe(4.5);
  });

  it('follows the number of nodes that were tested on a level', () => {
    // Runs that overlap by one: p is 4 : 252, which is enough for a node that is tested alone.
    const overlapping = ' 100 100.1 100.2 100.3 199.75 | 199.7 199.8 199.9 200.1 200.2';
    expect(listChanged(`a${overlapping}`)).toEqual(['a 99.7']);
    // Jumping nodes are tested as well, in vain: with nine of them on the level, 4 : 252 is no longer enough.
    const jumping = Array.from({length: 9}, (_, index) => `j${index} 1 1 1 900 900 | 900 900 900 1 1`);
    expect(listChanged([`a${overlapping}`, ...jumping].join('\n'))).toEqual([]);
    expect(listChanged([`a${overlapping}`, ...jumping.map(line => `  ${line}`)].join('\n'))).toEqual([
      'a 99.7',
    ]);
  });

  it('says which nodes differ in all runs, but only by chance as far as so few can tell', () => {
    // 4 against 4 runs: p is 2 : 70, which is too much as soon as as many again are tested in vain.
    const doubled = {depth: 1, base: [500, 501, 502, 503], next: [1000, 1001, 1002, 1003]};
    const jumping = {depth: 1, base: [1, 1, 1, 900], next: [900, 900, 900, 1]};
    const kilobytes = [doubled, jumping].map(({depth, ...sides}) => ({
      depth,
      base: sides.base.map(value => value * 1000),
      next: sides.next.map(value => value * 1000),
    }));
    const alone = compare(kilobytes.slice(0, 1))!;
    expect([[...alone.isChanged], [...alone.isUndecided], alone.tested]).toEqual([[1], [0], 1]);
    const both = compare(kilobytes)!;
    expect([[...both.isChanged], [...both.isUndecided], both.tested]).toEqual([[0, 0], [1, 0], 2]);
  });

  it.each([
    ['few runs', fc.integer({min: 2, max: 4})],
    ['tested runs', fc.integer({min: 4, max: 6})],
  ])('finds what the reference finds: %s', (_, runs) => {
    fc.assert(
      fc.property(someNodes(runs), nodes => {
        expect([...compare(nodes)!.isChanged].map(Boolean)).toEqual(referenceChanges(nodes));
      }),
    );
  });

  it('is the same for both directions but for the sign, and for any order of the runs', () => {
    fc.assert(
      fc.property(someNodes(fc.integer({min: 2, max: 6})), nodes => {
        const {isChanged, difference} = compare(nodes)!;
        const turned = compare(
          nodes.map(({depth, base, next}) => ({depth, base: next.toReversed(), next: base})),
        )!;
        expect(turned.isChanged).toEqual(isChanged);
        expect(turned.difference.map(value => -value + 0)).toEqual(difference);
      }),
    );
  });

  it('finds nothing where both sides have the same runs', () => {
    fc.assert(
      fc.property(someNodes(fc.integer({min: 2, max: 6})), nodes => {
        const equal = compare(nodes.map(({depth, base}) => ({depth, base, next: base.toReversed()})))!;
        expect(equal.isChanged).not.toContain(1);
      }),
    );
  });
});
