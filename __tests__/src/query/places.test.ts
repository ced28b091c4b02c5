import {describe, expect, it} from 'vitest';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {showSnapshot} from '../../../src/query/show-snapshot.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';

const SNAPSHOT = parseBlocks([
  'main>load:7 2*100@malloc 1*4096@mmap',
  'main>load:7 3*10@malloc [0x2 (worker)]',
  'main>load:9 1*50@malloc',
  '- 1*8@calloc',
]);

function listRows(view: string) {
  const {tree} = runTreeQuery(SNAPSHOT, view);
  return tree.getChildren(0).map(row => {
    const {allocator, function: name, file, line, bytes, selfBytes, allocations, threads} = tree.getNode(row);
    expect(selfBytes).toBe(bytes);
    return [allocator, name, file, line, bytes, allocations, threads.join()];
  });
}

describe('places', () => {
  it('are the innermost frames, with the allocator of each block', () => {
    expect(listRows('places')).toEqual([
      ['mmap', 'load', '/app/load.py', 7, 4096, 1, '0x1'],
      ['malloc', 'load', '/app/load.py', 7, 230, 5, '0x1,0x2 (worker)'],
      ['malloc', 'load', '/app/load.py', 9, 50, 1, '0x1'],
      ['calloc', '', '', 0, 8, 1, '0x1'],
    ]);
  });

  it('are fewer by function, and in any order that is asked for', () => {
    expect(listRows('places by:function sort:count')).toEqual([
      ['malloc', 'load', '/app/load.py', 0, 280, 6, '0x1,0x2 (worker)'],
      ['mmap', 'load', '/app/load.py', 0, 4096, 1, '0x1'],
      ['calloc', '', '', 0, 8, 1, '0x1'],
    ]);
  });

  it('hold all of what is kept, and nothing in the root itself', () => {
    const {tree, kept} = runTreeQuery(SNAPSHOT, 'places');
    expect(tree.getNode(0)).toMatchObject({
      bytes: kept.bytes,
      allocations: 8,
      selfBytes: 0,
      selfAllocations: 0,
    });
  });
});

describe('filters', () => {
  it('leave the innermost frames of places as they are', () => {
    const snapshot = parseBlocks(['main>_find_and_load 1*100@malloc', 'main 1*10@malloc']);
    const frames = {...snapshot.frames, file: snapshot.frames.file.slice()};
    const strings = [...snapshot.strings, '<frozen importlib._bootstrap>'];
    const ofImport = frames.function.findIndex(name => strings[name] === '_find_and_load');
    frames.file[ofImport] = strings.length - 1;
    const query = parseQuery('places');
    const changed = {...snapshot, frames, strings};
    const filters = {hideImportSystem: true, hideUninteresting: true};
    const {tree} = showSnapshot(changed, {query, filters, wholePeak: false, naming: createNaming(changed)});
    expect(tree.getChildren(0).map(row => tree.getNode(row).function)).toEqual(['_find_and_load', 'main']);
  });
});

describe('alloc', () => {
  it('keeps the blocks of some allocators, and the sums of them', () => {
    const {kept, of} = runTreeQuery(SNAPSHOT, 'alloc:malloc');
    expect([kept, of]).toEqual([
      {bytes: 280, allocations: 6, locations: 3},
      {bytes: 4384, allocations: 8, locations: 4},
    ]);
    expect(runTreeQuery(SNAPSHOT, 'alloc:mmap,CALLOC').kept.bytes).toBe(4104);
  });

  it('orders what is left by its bytes before the cut', () => {
    const snapshot = parseBlocks(['a 1*1000@mmap 1*1@malloc', 'b 1*500@malloc']);
    const {tree} = runTreeQuery(snapshot, 'alloc:malloc biggest:1');
    expect(tree.getChildren(0).map(node => tree.getNode(node).function)).toEqual(['b']);
  });

  it('names nothing where no block is left', () => {
    const {namingNothing, kept} = runTreeQuery(SNAPSHOT, 'alloc:pymalloc_calloc');
    expect([namingNothing, kept.locations]).toEqual([['alloc:pymalloc_calloc'], 0]);
  });
});

describe('size', () => {
  it.each([
    ['size:100..', 4296],
    ['size:..100', 288],
    ['size:50..100', 250],
    ['size:4.096kB..', 4096],
    ['size:..7', 0],
    ['size:1MB..', 0],
  ])('%s keeps %d bytes: both ends are included', (step, bytes) => {
    expect(runTreeQuery(SNAPSHOT, step).kept.bytes).toBe(bytes);
  });
});
