import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createCaptureParser} from '../../src/heap/capture-parser.js';
import {mergeNative} from '../../src/heap/merge-native.js';
import type {UnmergedSnapshot} from '../../src/heap/native-traces.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {createNativeSymbols} from '../../src/symbols/native-symbols.js';
import {buildCallTree} from '../../src/tree/from-snapshot.js';
import {type CaptureFile, listCaptures, readGoldenOf} from '../helpers/captures.js';
import {flattenGolden, flattenTree, type GoldenTree} from '../helpers/golden-tree.js';
import {merge, runToEnd} from '../helpers/native-captures.js';
import {peakView} from '../helpers/read-snapshot.js';

function readUnmerged(capture: CaptureFile, biggestAllocs: number): UnmergedSnapshot {
  const parser = createCaptureParser({view: peakView, biggestAllocs});
  parser.push(readFileSync(capture.path));
  parser.end();
  return parser.getUnmergedSnapshot();
}

/**
 * memray read these where nothing of what they name was: then there are Python frames only, wherever they are
 * read.
 */
const isForeign = ({name}: CaptureFile): boolean => name.startsWith('foreign-');

/** As memray: the whole Python stack, the tracker's frames included, where loops are not recognised. */
const asMemray = {isUnpairedPython: true};

/** Null where programs and libraries that were recorded are not here, or are others. */
function mergeAsMemray(unmerged: UnmergedSnapshot): Snapshot | null {
  const symbols = createNativeSymbols({
    tables: unmerged.native.tables,
    captureEndTimeMs: unmerged.capture.endTimeMs,
  });
  const merged = runToEnd(mergeNative(unmerged, symbols, asMemray));
  const {notFound, changed} = symbols.problems;
  return notFound + changed > 0 ? null : merged;
}

/** memray counts aggregated records wrongly where several meet. */
function withoutCounts(line: string): string {
  const fields = JSON.parse(line);
  fields[6] = 'count';
  return JSON.stringify(fields);
}

const cases = listCaptures()
  .filter(({goldens}) => goldens.includes('py'))
  .flatMap(capture =>
    ['tree', 'b10'].flatMap(kind => {
      if (!capture.goldens.includes(kind)) return [];
      const golden = readGoldenOf(capture, kind) as GoldenTree;
      const unmerged = readUnmerged(capture, golden.options.biggestAllocs);
      const merged = mergeAsMemray(unmerged);
      const snapshot = merged ?? (isForeign(capture) ? merge(unmerged, () => [], asMemray) : null);
      return snapshot === null ? [] : [{label: `${capture.name}.${kind}`, golden, snapshot}];
    }),
  );

describe('native captures', () => {
  test('are looked for', () => {
    expect(listCaptures().some(capture => capture.goldens.includes('py'))).toBe(true);
  });

  test.each(cases)('$label is the tree that memray shows', ({golden, snapshot}) => {
    const tree = buildCallTree(snapshot, {wholePeak: true});
    const arrange = snapshot.capture.fileFormat === 'aggregated' ? withoutCounts : (line: string) => line;
    expect(flattenTree(tree).map(arrange)).toEqual(flattenGolden(golden.tree).map(arrange));
  });
});
