import {describe, expect, it} from 'vitest';
import {describeForkedRuns} from '../../../src/heap/forked-runs.js';
import type {CapturePart} from '../../../src/heap/snapshot.js';
import {createCaptureInfo} from '../../helpers/snapshot-builder.js';

/** A capture of process 1, or of the one whose number is the last part of its name. */
function toPart(name: string, isBase: boolean, commandLine = 'memray run app.py'): CapturePart {
  const pid = Number(/\.(\d+)(?:\.gz)?$/.exec(name)?.[1] ?? 1);
  return {
    name,
    capture: createCaptureInfo({pid, commandLine}),
    failure: null,
    heldLocations: Infinity,
    isBase,
  };
}

const say = (bases: string, compared: string): readonly string[] => {
  const list = (names: string, isBase: boolean) =>
    names
      .split(' ')
      .filter(name => name !== '')
      .map(name => toPart(name, isBase));
  return describeForkedRuns([...list(compared, false), ...list(bases, true)]);
};

describe('processes of one run', () => {
  it('on a side are named', () => {
    expect(say('old.bin old.bin.7', 'new.bin')).toMatchInlineSnapshot(`
      [
        "old.bin and old.bin.7 are processes of one run: each counts as a run; --merge adds up the captures of each side",
      ]
    `);
    expect(say('old.bin', 'a/new.bin.gz a/new.bin.7.gz a/new.bin.9')).toMatchInlineSnapshot(`
      [
        "a/new.bin.gz, a/new.bin.7.gz and 1 more are processes of one run: each counts as a run; --merge adds up the captures of each side",
      ]
    `);
    expect(say('old.bin old.bin.5 b.bin.8 b.bin.9', 'new.bin.1 new.bin.2')).toMatchInlineSnapshot(`
      [
        "old.bin and old.bin.5 are processes of one run, as others are of 2 more: each counts as a run; --merge adds up the captures of each side",
      ]
    `);
  });

  it('are not those of different sides, folders and files', () => {
    expect(say('out.bin', 'out.bin.7')).toEqual([]);
    expect(say('a/out.bin b/out.bin.7', 'new.bin new2.bin')).toEqual([]);
  });

  it('are not those of different programs', () => {
    const parts = [toPart('out.bin', false), toPart('out.bin.7', false, 'memray run other.py')];
    expect(describeForkedRuns([...parts, toPart('old.bin', true)])).toEqual([]);
  });

  it('are not spoken of where something could not be read', () => {
    const failure = {code: 'cannot-open', message: 'no such file'} as const;
    const missing = {...toPart('out.bin.7', false), capture: null, failure};
    expect(describeForkedRuns([toPart('out.bin', false), missing, toPart('old.bin', true)])).toEqual([]);
  });

  it('are compared side by side, but not with the process that forked them', () => {
    expect(say('', 'out.bin.7 out.bin.8')).toEqual([]);
    expect(say('', 'out.bin out.bin.7 out.bin.8')).toMatchInlineSnapshot(`
      [
        "out.bin, out.bin.7 and 1 more are processes of one run: each counts as a run; without --compare they are one tree",
      ]
    `);
  });
});
