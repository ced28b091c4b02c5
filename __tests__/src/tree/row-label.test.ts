import {describe, expect, it} from 'vitest';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {toCallTree} from '../../../src/tree/from-tree.js';
import {getRowLabel} from '../../../src/tree/row-label.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

const context = {moduleOf: (file: string) => file.replace('.py', '')};
const tree = parseTree(
  `
  main app.py:1
    load app.py:2 2000000
  native lib.so:0 500000
  zero app.py:9 0
  ! 45 locations 120 allocations 1500000 bytes
`,
  {wholePeak: true},
);
const labelOf = (name: string) => getRowLabel(tree, findNode(tree, name), context);

describe('getRowLabel', () => {
  it('says what a frame holds and where it is', () => {
    expect(labelOf('main')).toEqual({
      icon: 'calls',
      size: '2.000MB',
      percent: '50.00 %',
      heat: 50,
      share: 0.5,
      function: 'main',
      place: 'app:1',
    });
    expect(labelOf('load').icon).toBe('allocates');
  });

  it('shows the file alone for line 0', () => {
    expect(labelOf('native').place).toBe('lib.so');
  });

  it('shows nothing as nothing', () => {
    expect(labelOf('zero')).toMatchObject({size: '0.000B', percent: '0.00 %', heat: 0});
  });

  it('has no place for the root', () => {
    expect(labelOf('<ROOT>')).toMatchObject({
      icon: 'calls',
      size: '4.000MB',
      percent: '100.00 %',
      heat: 100,
      place: '',
    });
  });

  it('says what the elided node stands for', () => {
    expect(getRowLabel(tree, tree.length - 1, context)).toEqual({
      icon: 'elided',
      size: '1.500MB',
      percent: '37.50 %',
      heat: 37,
      share: 0.375,
      function: '120 allocations from 45 locations below the configured threshold',
      place: '',
    });
  });

  it('says of an empty tree that there is nothing', () => {
    const empty = buildCallTree(buildSnapshot([]), {wholePeak: false});
    expect(getRowLabel(empty, 0, context)).toEqual({
      icon: 'none',
      size: '',
      percent: '',
      heat: 0,
      share: 0,
      function: '<No allocations>',
      place: '',
    });
  });

  it('shows rows of 0 bytes below an empty root', () => {
    const zeros = parseTree('main app.py:1 0');
    expect(getRowLabel(zeros, 1, context)).toMatchObject({size: '0.000B', percent: '0.00 %', heat: 0});
  });

  it('lets only safe text through', () => {
    const hostile = parseTree('ev\u001b[31mil a\u202epp.py:3 10');
    expect(getRowLabel(hostile, 1, context)).toMatchObject({function: 'ev␛[31mil', place: 'a‹202E›pp:3'});
  });

  it('names the root of any other tree as that does', () => {
    const node = {...tree.getNode(0), function: 'everything'};
    const other = toCallTree({root: 5, getChildren: () => [], getNode: () => node});
    expect(getRowLabel(other, 0, context).function).toBe('everything');
  });
});
