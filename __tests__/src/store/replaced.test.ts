import {describe, expect, it} from 'vitest';
import type {CaptureInfo, CapturePart, Snapshot} from '../../../src/heap/snapshot.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {selectNotices} from '../../../src/store/notices.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
const REPLACED = 'rep.bin was replaced: the recording is another one than was shown before';

const snapshotOf = (capture: Partial<CaptureInfo>): Snapshot =>
  parseSnapshot('main app.py:1 100', {capture: {pid: 1, ...capture}});

function open() {
  const store = createTreeStore({columns: 100, rows: 24});
  const finish = (capture: Partial<CaptureInfo>) =>
    store.actions.receive({type: 'done', progress, snapshot: snapshotOf(capture)});
  const read = (capture: Partial<CaptureInfo>, name = 'rep.bin') => {
    store.actions.startLoad(name);
    finish(capture);
    return getNotices();
  };
  const getNotices = () => selectNotices(store.getState()).map(({text}) => text);
  return {store, finish, read, getNotices};
}

describe('a file that is read again and holds another recording', () => {
  it.each<Partial<CaptureInfo>>([{pid: 2}, {startTimeMs: 5}, {commandLine: 'other.py'}])(
    'is named: %j',
    capture => {
      const {store, read} = open();
      expect(read({})).toEqual([]);
      expect(read(capture)).toEqual([REPLACED]);
      expect(store.getState().layout?.noticeRows.map(({text}) => text)).toEqual([REPLACED]);
      expect(read(capture)).toEqual([]);
      expect(store.getState().layout?.noticeRows).toEqual([]);
    },
  );

  it('is named from its first result on, for as long as it is shown', () => {
    const {store, read, finish, getNotices} = open();
    read({});
    store.actions.startLoad('rep.bin');
    store.actions.receive({type: 'progress', progress, partial: snapshotOf({pid: 2})});
    expect(getNotices()).toEqual([REPLACED]);
    finish({pid: 2});
    finish({pid: 2});
    expect(getNotices()).toEqual([REPLACED]);
  });

  it('is named where its statistics are read', () => {
    const {store, read, getNotices} = open();
    read({});
    store.actions.startLoad('rep.bin');
    const run = {...snapshotOf({pid: 2}), view: {kind: 'allocated'}} as const;
    store.actions.receive({type: 'done', progress, snapshot: run});
    expect(getNotices()).toEqual([REPLACED]);
  });

  it('takes away what was known of moments', () => {
    const {store, read} = open();
    read({});
    store.actions.receiveHistory({open: () => ({cells: []})} as never);
    read({allocationRecords: 99});
    expect(store.getState().history).not.toBeNull();
    read({pid: 2});
    expect(store.getState().history).toBeNull();
  });

  it('is no other one where it has more records, or where another file is read', () => {
    const {read} = open();
    read({allocationRecords: 5});
    expect(read({allocationRecords: 9})).toEqual([]);
    expect(read({pid: 2}, 'other.bin')).toEqual([]);
    const {store, finish, getNotices} = open();
    finish({});
    store.actions.startLoad('other.bin', {isOther: true});
    finish({pid: 3});
    expect(getNotices()).toEqual([]);
  });

  it('is named among several captures', () => {
    const {read} = open();
    const part = (name: string, pid: number | null): CapturePart => ({
      name,
      capture: pid === null ? null : snapshotOf({pid}).capture,
      failure: pid === null ? {code: 'cannot-open', message: 'no such file'} : null,
      heldLocations: 1,
    });
    read({parts: [part('a.bin', 1), part('b.bin', 2), part('c.bin', null)]}, '3 captures');
    expect(
      read({pid: 9, parts: [part('a.bin', 1), part('b.bin', 3), part('c.bin', 4)]}, '3 captures'),
    ).toEqual([REPLACED.replace('rep.bin', 'b.bin')]);
  });
});
