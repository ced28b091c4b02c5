import {describe, expect, it} from 'vitest';
import {findNearest, getCallPath} from '../../../src/tree/call-path.js';
import {after, before, largePairs, without} from '../../helpers/changed-trees.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

describe('findNearest', () => {
  it('finds the same node in another tree', () => {
    const path = getCallPath(before, findNode(before, 'parse'));
    expect(findNearest(after, path).node).toBe(findNode(after, 'parse'));
    expect(findNearest(before, path).node).toBe(findNode(before, 'parse'));
  });

  it('finds the last node on the way to one that is gone', () => {
    const path = getCallPath(before, findNode(before, 'parse'));
    expect(findNearest(after, path).isFound).toBe(true);
    expect(findNearest(without, path).isFound).toBe(false);
    expect(findNearest(without, path).node).toBe(findNode(without, 'main'));
    expect(findNearest(parseTree('other app.py:1 5'), path).node).toBe(0);
  });

  it('finds root and elided node', () => {
    const whole = parseTree('main app.py:1 5\n! 1 locations 1 allocations 1 bytes', {wholePeak: true});
    expect(findNearest(before, getCallPath(whole, 0)).node).toBe(0);
    expect(findNearest(whole, getCallPath(whole, 2)).node).toBe(2);
    expect(findNearest(before, getCallPath(whole, 2)).node).toBe(0);
  });

  it('finds the row of a line whatever function it is called after', () => {
    const ofLines = (text: string) => ({...parseTree(text), hasLineRows: true as const});
    const path = getCallPath(ofLines('load app.py:7 5\nsave app.py:9 3'), 1);
    const shared = ofLines('save app.py:9 3\n<listcomp> app.py:7 2');
    expect(findNearest(shared, path)).toEqual({node: findNode(shared, '<listcomp>'), isFound: true});
  });

  it.each(largePairs)('copes with %s', (_, build) => {
    const [first, second] = build();
    const path = getCallPath(first, first.length - 1);
    expect(findNearest(second, path).node).toBe(second.length - 1);
  });
});
