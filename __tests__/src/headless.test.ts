import {describe, expect, test} from 'vitest';
import {
  CaptureError,
  type CaptureResult,
  type ReadCaptureOptions,
  readCapture,
  toJson,
} from '../../src/headless.js';
import {type CaptureFile, listCaptures, readGoldenOf} from '../helpers/captures.js';
import {flattenGolden, type GoldenNode, type GoldenTree} from '../helpers/golden-tree.js';

interface Golden extends GoldenTree {
  readonly metadata?: {readonly file_format: string; readonly has_native_traces: boolean};
  readonly options: {
    readonly biggestAllocs: number;
    readonly temporaryThreshold: number | null;
    readonly leaks: boolean;
    readonly pythonOnly: boolean;
  };
  readonly error?: {readonly message: string};
  /** Before 1.20 memray left the order of equal locations to a hash table, and the golden shows it. */
  readonly orderSensitive?: boolean;
}

/** Kinds of goldens that are whole trees. Native captures have them of their Python frames. */
const TREE_KINDS = /^(tree|b0|b10|leaks|t0|t1|t5|t1-b10)$/;
const PYTHON_KINDS = /^py(-(b10|leaks|t1))?$/;

/** Versions that are read, and files that are whole. */
const captures = listCaptures().filter(({name}) => !/^bad\//.test(name));
const cases = captures.flatMap(capture => {
  const isNative = capture.goldens.includes('py');
  const kinds = capture.goldens.filter(kind => (isNative ? PYTHON_KINDS : TREE_KINDS).test(kind));
  return kinds.map(kind => ({label: `${capture.name}.${kind}`, capture, kind}));
});

function toOptions({options}: Golden): ReadCaptureOptions {
  return {
    biggestAllocs: options.biggestAllocs,
    leaks: options.leaks,
    ...(options.temporaryThreshold !== null && {temporaryAllocationThreshold: options.temporaryThreshold}),
    pythonOnly: options.pythonOnly,
    wholePeak: true,
  };
}

/** The tree of the JSON text, which is what other programs get to see. */
function readTree(result: CaptureResult): GoldenNode {
  return JSON.parse(toJson(result)).tree as GoldenNode;
}

async function read(capture: CaptureFile, golden: Golden): Promise<CaptureResult | CaptureError> {
  return readCapture(capture.path, toOptions(golden)).catch(error => {
    if (error instanceof CaptureError) return error;
    throw error;
  });
}

/** memray counts aggregated records wrongly where several meet in a node; its bytes are right. */
function withoutCounts(lines: readonly string[]): readonly string[] {
  return lines.map(line => {
    const fields = JSON.parse(line);
    fields[6] = 'count';
    return JSON.stringify(fields);
  });
}

/** With siblings in an order of their own, for goldens whose order means nothing. */
function withSortedSiblings(node: GoldenNode): GoldenNode {
  const children = node.children.map(withSortedSiblings);
  return {...node, children: children.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))};
}

/** Whether the smallest location that is shown and the biggest that is not have the same size. */
async function isCutBetweenEquals(capture: CaptureFile, golden: Golden): Promise<boolean> {
  const {biggestAllocs} = golden.options;
  if (golden.elided.locations === 0) return false;
  const [more, same, less] = await Promise.all(
    [biggestAllocs - 1, biggestAllocs, biggestAllocs + 1].map(async most => {
      const result = await readCapture(capture.path, {...toOptions(golden), biggestAllocs: most});
      return result.elided.bytes;
    }),
  );
  return more! - same! === same! - less!;
}

describe('the JSON tree equals the one that memray shows', () => {
  test.each(cases)('$label', async ({capture, kind}) => {
    const golden = readGoldenOf(capture, kind) as Golden;
    const result = await read(capture, golden);
    if (golden.error) {
      expect(result).toBeInstanceOf(CaptureError);
      return;
    }
    if (result instanceof CaptureError) throw result;
    if (golden.orderSensitive && (await isCutBetweenEquals(capture, golden))) {
      // Which of them fell under the cut is left to chance, too.
      expect(result.elided).toMatchObject({locations: golden.elided.locations, bytes: golden.elided.bytes});
      expect(result.tree.bytes[0]).toBe(golden.tree.bytes);
      return;
    }
    const arrange = golden.orderSensitive ? withSortedSiblings : (node: GoldenNode) => node;
    const ours = flattenGolden(arrange(readTree(result)));
    const theirs = flattenGolden(arrange(golden.tree));
    if (result.capture.fileFormat === 'aggregated') {
      expect(withoutCounts(ours)).toEqual(withoutCounts(theirs));
      expect(result.tree.allocations[0]).toBeGreaterThanOrEqual(golden.tree.allocations);
    } else {
      expect(ours).toEqual(theirs);
      expect(result.elided).toEqual({
        locations: golden.elided.locations,
        allocations: golden.elided.allocations,
        bytes: golden.elided.bytes,
      });
    }
  });
});
