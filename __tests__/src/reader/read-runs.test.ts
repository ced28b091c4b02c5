import {describe, expect, it} from 'vitest';
import {listCaptures, nameResult, type Snapshot} from '../../../src/heap/snapshot.js';
import {openSource} from '../../../src/reader/open-source.js';
import {type RunsOptions, readRuns} from '../../../src/reader/read-runs.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';

/** A location of so many bytes for each function. */
function write(sizes: Readonly<Record<string, number>>): Uint8Array {
  const records = Object.entries(sizes).flatMap(([name, size], index): readonly CaptureRecord[] => [
    {type: 'code', id: index + 1, function: name, file: 'f.py'},
    {type: 'push', code: index + 1},
    {type: 'allocate', address: 4096 * (index + 1), size},
    {type: 'pop'},
  ]);
  return writeCapture([{type: 'thread', id: 1}, ...records, {type: 'trailer'}]);
}

type Side = Readonly<Record<string, Uint8Array | null>>;

/** Compares captures by their names, null for those that cannot be opened. */
async function read(bases: Side, others: Side, options: Partial<RunsOptions> = {}): Promise<Snapshot> {
  const toSources = (side: Side, isBase: boolean) =>
    Object.entries(side).map(([name, bytes]) => ({
      name,
      isBase,
      open: async () => {
        if (bytes === null) throw new Error('gone');
        return openSource(bytes);
      },
    }));
  const given = {
    view: {kind: 'peak'},
    biggestAllocs: 2,
    isMerged: true,
    totalBytes: null,
    renames: {folders: [], functions: []},
    ...options,
  } as const;
  const sources = [...toSources(others, false), ...toSources(bases, true)];
  return (await readRuns(sources, given, () => {})).getSnapshot({select: given.view, limit: 2}, () => {});
}

/** What each run holds, `f 30`. */
function listRuns({runs = [], locations, stacks, frames, strings}: Snapshot): readonly string[] {
  const nameOf = (location: number) => strings[frames.function[stacks.frame[locations.stack[location]!]!]!]!;
  return runs.map(run =>
    Array.from(run.location, (location, index) => `${nameOf(location)} ${run.bytes[index]}`).join(' '),
  );
}

const PARENT = write({f: 10, g: 30, h: 40});
const CHILD = write({f: 50, k: 5});

describe('captures that are added up', () => {
  it('are one on each side, cut after they are added up', async () => {
    const snapshot = await read({'a.bin': PARENT, 'a.bin.7': CHILD}, {'b.bin': CHILD, 'b.bin.8': CHILD});
    expect(listRuns(snapshot)).toEqual(['f 100 k 10', 'f 60 h 40']);
    expect(snapshot.runs!.map(({elided}) => elided.bytes)).toEqual([0, 35]);
    expect(snapshot.capture.parts!.map(({name}) => name)).toEqual(['2 captures', '2 captures']);
    expect(snapshot.capture.notes).toEqual([]);
    expect(listCaptures(snapshot.capture.parts!).map(({name}) => name)).toEqual([
      'b.bin',
      'b.bin.8',
      'a.bin',
      'a.bin.7',
    ]);
  });

  it('are each by itself unless that is asked for, which is said', async () => {
    const snapshot = await read({'a.bin': CHILD}, {'b.bin': PARENT, 'b.bin.42': CHILD}, {isMerged: false});
    expect(listRuns(snapshot)).toEqual(['h 40 g 30', 'f 50 k 5', 'f 50 k 5']);
    expect(snapshot.capture.notes).toEqual([
      'b.bin and b.bin.42 are processes of one run: each counts as a run; --merge adds up the captures of each side',
    ]);
  });

  it('are without those that cannot be read', async () => {
    const {capture, ...heap} = await read({'a.bin': PARENT, 'a.bin.7': null}, {'b.bin': CHILD});
    expect(listRuns({capture, ...heap})).toEqual(['f 50 k 5', 'h 40 g 30']);
    const bases = capture.parts!.filter(({isBase}) => isBase);
    expect(nameResult({parts: bases}, '2 captures')).toBe('1 of 2 captures');
    expect(listCaptures(bases).map(({name, failure}) => [name, failure?.message])).toEqual([
      ['a.bin', undefined],
      ['a.bin.7', expect.stringContaining('gone')],
    ]);
  });

  it('of which none can be read are all named', async () => {
    await expect(read({'a.bin': null, 'a.bin.7': null}, {'b.bin': CHILD})).rejects.toThrow(
      /a\.bin .*gone; a\.bin\.7 .*gone/,
    );
  });
});
