import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import {formatJson, type JsonOptions} from '../../../src/report/json.js';
import type {Report} from '../../../src/report/report.js';
import {toCallTree} from '../../../src/tree/from-tree.js';
import type {CallNode, Tree} from '../../../src/tree/tree-interface.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {chainSnapshot} from '../../helpers/large-trees.js';
import {createReport} from '../../helpers/report.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {parseSnapshot, printTree} from '../../helpers/tree-text.js';

const print = (report: Report, options?: JsonOptions) => [...formatJson(report, options)].join('');

interface JsonNode extends CallNode {
  readonly children: readonly JsonNode[];
}

/** The tree as it reads back. */
function readTree(root: JsonNode): Tree {
  const nodes = [root];
  const children: number[][] = [];
  for (let node = 0; node < nodes.length; node++) {
    children[node] = nodes[node]!.children.map(child => nodes.push(child) - 1);
  }
  return {root: 0, getChildren: node => children[node]!, getNode: node => nodes[node]!};
}

describe('formatJson', () => {
  it('prints as many nodes as it is asked for, the first ones from top to bottom', () => {
    const report = createReport(
      parseSnapshot(`
        main app.py:3
          load app.py:10 2000
          build app.py:20 100
        start app.py:30 50
      `),
    );
    const printNames = (limit: number) =>
      [...print(report, {limit}).matchAll(/"function":"([^"]+)"/g)].map(([, name]) => name).join(' ');
    expect(printNames(3)).toBe('<ROOT> main load');
    expect(printNames(0)).toBe('<ROOT>');
    expect(() => JSON.parse(print(report, {limit: 4}))).not.toThrow();
    expect(print(report, {limit: 5})).toBe(print(report));
  });

  it('prints everything in one line, in the order of the format', () => {
    const snapshot = parseSnapshot(`
      main app.py:3
        load app.py:10 2000 x2 @0x1 (MainThread), 50 @0x2
      _load <frozen importlib._bootstrap>:7 100
      ! 3 locations 7 allocations 500 bytes
    `);
    expect(print(createReport(snapshot, {wholePeak: true}))).toMatchInlineSnapshot(`
      "{"format":"memray-tree-ink/tree","formatVersion":1,"capture":{"headerVersion":13,"fileFormat":"all-allocations","compression":"lz4","nativeTraces":false,"pythonVersion":"3.11.2","commandLine":"app.py","pid":42,"mainThreadId":"0x1","pythonAllocator":"pymalloc","tracePythonAllocators":false,"startTimeMs":1700000000000,"endTimeMs":1700000001000,"allocationRecords":10,"peakBytes":1000,"finished":true,"damage":null},"options":{"view":"peak","biggestAllocs":200,"temporaryThreshold":null,"wholePeak":true,"pythonOnly":false},"query":[],"kept":{"bytes":2650,"allocations":11,"locations":6},"of":{"bytes":2650,"allocations":11,"locations":6},"elided":{"locations":3,"allocations":7,"bytes":500},"tree":{"function":"<ROOT>","file":"","line":0,"bytes":2650,"allocations":11,"selfBytes":0,"selfAllocations":0,"threads":["0x1 (MainThread)","0x1","0x2"],"importSystem":false,"interesting":true,"children":[{"function":"main","file":"app.py","line":3,"bytes":2050,"allocations":3,"selfBytes":0,"selfAllocations":0,"threads":["0x1 (MainThread)","0x2"],"importSystem":false,"interesting":true,"children":[{"function":"load","file":"app.py","line":10,"bytes":2050,"allocations":3,"selfBytes":2050,"selfAllocations":3,"threads":["0x1 (MainThread)","0x2"],"importSystem":false,"interesting":true,"children":[]}]},{"function":"_load","file":"<frozen importlib._bootstrap>","line":7,"bytes":100,"allocations":1,"selfBytes":100,"selfAllocations":1,"threads":["0x1"],"importSystem":true,"interesting":false,"children":[]},{"elided":true,"function":null,"file":null,"line":null,"bytes":500,"allocations":7,"selfBytes":500,"selfAllocations":7,"threads":[],"importSystem":false,"interesting":true,"children":[]}]}}
      "
    `);
  });

  it('describes each of several captures by itself, and which node is whose', () => {
    const create = (pid: number) => parseSnapshot('main app.py:3 20', {capture: {pid}});
    const parts = [
      {name: 'a.bin', snapshot: create(1)},
      {name: 'nope', failure: {code: 'cannot-open', message: 'no such file'}},
      {name: 'b.bin', snapshot: create(2)},
    ] as const;
    const read = (isMerged: boolean) =>
      JSON.parse(print(createReport(mergeSnapshots(parts, {isMerged, biggestAllocs: 200}))));
    const apart = read(false);
    expect(Object.keys(apart)).toEqual([
      'format',
      'formatVersion',
      'captures',
      'merged',
      'options',
      'query',
      'kept',
      'of',
      'elided',
      'tree',
    ]);
    const alone = JSON.parse(print(createReport(create(1)))).capture;
    expect(apart.captures).toEqual([
      {name: 'a.bin', ...alone},
      {name: 'nope', error: {code: 'cannot-open', message: 'no such file'}},
      {name: 'b.bin', ...alone, pid: 2},
    ]);
    const nodes = apart.tree.children.map((node: {function: string; capture: number}) => [
      node.capture,
      node.function,
    ]);
    expect(nodes).toEqual([
      [0, 'app.py (pid 1)'],
      [2, 'app.py (pid 2)'],
    ]);
    expect(apart.tree.children[0].children[0]).not.toHaveProperty('capture');
    const together = read(true);
    expect([apart.merged, together.merged]).toEqual([false, true]);
    expect(together.tree.children).toMatchObject([{function: 'main', bytes: 40}]);
    expect(together.tree.children[0]).not.toHaveProperty('capture');
  });

  it('contains the view, the threshold and the damage', () => {
    const snapshot = buildSnapshot([], {
      view: {kind: 'temporary', threshold: 5},
      capture: {
        pythonVersion: null,
        finished: false,
        notes: ['a note'],
        damage: {code: 'cut', byteOffset: 77, recordIndex: 5, message: 'cut off'},
      },
    });
    const json = JSON.parse(print(createReport(snapshot)));
    expect(json.options).toEqual({
      view: 'temporary',
      biggestAllocs: 200,
      temporaryThreshold: 5,
      wholePeak: false,
      pythonOnly: false,
    });
    expect(json.capture).toMatchObject({
      pythonVersion: null,
      finished: false,
      damage: {code: 'cut', byteOffset: 77, message: 'cut off'},
    });
    expect(json.capture).not.toHaveProperty('notes');
    expect(json.capture).not.toHaveProperty('sysPath');
    expect(json.tree.children).toEqual([]);
  });

  it('keeps names as they were recorded', () => {
    const names = ['__proto__', '"', '\\', '\u001b[31m', '\u2028', '\u202e', '\ufffd', ''];
    const snapshot = buildSnapshot(
      names.map((name, index) => ({stack: [[name, name, 1]], bytes: 9 - index})),
    );
    const json = JSON.parse(print(createReport(snapshot)));
    expect(json.tree.children.map((node: JsonNode) => [node.function, node.file])).toEqual(
      names.map(name => [name, name]),
    );
  });

  it('reads back as the same tree', () => {
    fc.assert(
      fc.property(arbitraryTree(), tree => {
        const text = print({...createReport(buildSnapshot([])), tree});
        expect(text.endsWith('\n')).toBe(true);
        expect(text.slice(0, -1)).not.toContain('\n');
        const read = readTree(JSON.parse(text).tree);
        expect(printTree(toCallTree(read))).toBe(printTree(tree));
      }),
    );
  });

  it('ends at the depth that is asked for', () => {
    const report = createReport(
      parseSnapshot(`
        a app.py:1
          b app.py:2
            c app.py:3 5
        d app.py:4 1
    `),
    );
    const names = (depth: number) =>
      [...print(report, {depth}).matchAll(/"function":"(.*?)"/g)].map(match => match[1]);
    expect(names(0)).toEqual(['<ROOT>']);
    expect(names(1)).toEqual(['<ROOT>', 'a', 'd']);
    expect(names(2)).toEqual(['<ROOT>', 'a', 'b', 'd']);
    expect(JSON.parse(print(report, {depth: 2})).tree.children[0].children[0].children).toEqual([]);
  });

  it('prints a stack that is 300,000 deep, in pieces', () => {
    const pieces = [...formatJson(createReport(chainSnapshot(300_000)))];
    expect(pieces.length).toBeGreaterThan(100);
    const text = pieces.join('');
    expect(text.match(/"children":\[/g)).toHaveLength(300_001);
    expect(text.endsWith(`${']}'.repeat(300_001)}}\n`)).toBe(true);
  });
});
