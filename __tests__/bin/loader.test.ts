import {describe, expect, test} from 'vitest';
import type {BeginReading} from '../../bin/early-session.js';
import {createLoader} from '../../bin/loader.js';
import type {Snapshot, View} from '../../src/heap/snapshot.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../src/query/tree-query.js';
import type {CaptureSession, PartialAnswer, Question, WholeAnswer} from '../../src/reader/capture-session.js';
import {type HeldHistory, holdHistory} from '../../src/reader/held-history.js';
import type {LoadProgress} from '../../src/reader/load-messages.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {writeCapture} from '../helpers/capture-writer.js';
import {parseWithHistory} from '../helpers/keep-history.js';
import {writeRisingRun} from '../helpers/lives.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const PEAK: View = {kind: 'peak'};
const LEAKS: View = {kind: 'leaks'};
const TEMPORARY: View = {kind: 'temporary', threshold: 1};
const progress: LoadProgress = {bytesRead: 1, totalBytes: 2, records: 1, elapsedMs: 1};
const ofView = (view: View): Snapshot => ({...parseSnapshot('main app.py:1 100'), view});
const done = (view: View): WholeAnswer => ({type: 'done', progress, snapshot: ofView(view)});
const query = (select: View): TreeQuery => ({...DEFAULT_QUERY, select});

/** A session that says what the test says. */
class FakeSession implements CaptureSession {
  isClosed = false;
  readonly asked: Question[] = [];
  #listener: (progress: LoadProgress) => void = () => {};
  #whole: (answer: WholeAnswer | null) => void = () => {};
  #partial: (answer: PartialAnswer | null) => void = () => {};

  subscribe(listener: (progress: LoadProgress) => void) {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  getPartial(): Promise<PartialAnswer | null> {
    return new Promise(resolve => {
      this.#partial = resolve;
    });
  }

  getWhole(question: Question): Promise<WholeAnswer | null> {
    this.asked.push(question);
    return new Promise(resolve => {
      this.#whole = resolve;
    });
  }

  #history: (history: HeldHistory | null) => void = () => {};
  readonly history = new Promise<HeldHistory | null>(resolve => {
    this.#history = resolve;
  });

  close(): void {
    this.isClosed = true;
    this.#history(null);
  }

  async handOver(history: HeldHistory | null): Promise<void> {
    this.#history(history);
    await settle();
  }

  /** What a promise brings comes in a later turn. */
  async answer(answer: WholeAnswer | null): Promise<void> {
    this.#whole(answer);
    await settle();
  }

  async answerPartial(view: View): Promise<void> {
    this.#partial({type: 'progress', progress, partial: ofView(view)});
    await settle();
  }

  report(records: number): void {
    this.#listener({...progress, records});
  }
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

function open(readOnce: string | null = null) {
  const store = createTreeStore({query: DEFAULT_QUERY});
  const sessions: FakeSession[] = [];
  const begin: BeginReading = ({select}) => {
    const session = new FakeSession();
    sessions.push(session);
    const question = {select, limit: 200, shown: 200, wholePeak: false};
    return {session, partial: session.getPartial(), whole: session.getWhole(question)};
  };
  const loader = createLoader({store, begin, name: 'results.bin', readOnce});
  const getView = () => store.getState().view.kind;
  return {store, sessions, loader, getView, getStatus: () => store.getState().status};
}

async function openRead(readOnce: string | null = null) {
  const opened = open(readOnce);
  opened.loader.read(query(PEAK));
  await opened.sessions[0]!.answer(done(PEAK));
  return {...opened, session: opened.sessions[0]!};
}

test('what comes goes to the store: progress, partial snapshots, the end', async () => {
  const {store, sessions, loader, getStatus} = open();
  loader.read(query(PEAK));
  const session = sessions[0]!;
  session.report(7);
  expect(store.getState().progress?.records).toBe(7);
  await session.answerPartial(PEAK);
  expect(store.getState().snapshot).not.toBeNull();
  expect(getStatus()).toBe('reading');
  await session.answer(done(PEAK));
  expect(getStatus()).toBe('done');
});

describe('another selection', () => {
  test('comes from the same session where it holds it', async () => {
    const {session, sessions, loader, getView} = await openRead();
    loader.show(query(LEAKS));
    await session.answer(done(LEAKS));
    expect({view: getView(), sessions: sessions.length}).toEqual({view: 'leaks', sessions: 1});
  });

  test('else by another reading; the former one ends when that is over', async () => {
    const {session, sessions, loader, getView, getStatus} = await openRead();
    loader.show(query(TEMPORARY));
    await session.answer(null);
    expect(sessions).toHaveLength(2);
    expect({view: getView(), status: getStatus()}).toEqual({view: 'peak', status: 'reading'});
    expect(session.isClosed).toBe(false);
    await sessions[1]!.answer(done(TEMPORARY));
    expect({view: getView(), status: getStatus()}).toEqual({view: 'temporary', status: 'done'});
    expect(session.isClosed).toBe(true);
  });

  test('that cannot be read again is said in one line, and the tree stays', async () => {
    const {store, session, sessions, loader, getView} = await openRead('it can be read only once');
    loader.show(query(TEMPORARY));
    await session.answer(null);
    expect(sessions).toHaveLength(1);
    expect(store.getState().failure?.message).toBe('it can be read only once');
    expect(getView()).toBe('peak');
  });

  test('an answer that comes after a newer question does not count', async () => {
    const {session, sessions, loader, getView} = await openRead();
    loader.show(query(LEAKS));
    const first = session.answer.bind(session);
    const pending = first(done(LEAKS));
    loader.show(query(PEAK));
    await pending;
    expect(getView()).toBe('peak');
    await session.answer(done(PEAK));
    expect({view: getView(), sessions: sessions.length}).toEqual({view: 'peak', sessions: 1});
  });
});

test('naming that is cancelled brings back what was there', async () => {
  const {session, sessions, loader, getView, getStatus} = await openRead();
  loader.show(query(LEAKS));
  session.report(9);
  expect(getStatus()).toBe('reading');
  loader.cancel();
  expect({view: getView(), status: getStatus()}).toEqual({view: 'peak', status: 'done'});
  await session.answer(done(LEAKS));
  expect({view: getView(), sessions: sessions.length}).toEqual({view: 'peak', sessions: 1});
});

describe('another reading', () => {
  test('that is cancelled brings back what was there, which can be asked again', async () => {
    const {session, sessions, loader, getView, getStatus} = await openRead();
    loader.show(query(TEMPORARY));
    await session.answer(null);
    await sessions[1]!.answerPartial(TEMPORARY);
    expect(getView()).toBe('temporary');
    loader.cancel();
    expect({view: getView(), status: getStatus()}).toEqual({view: 'peak', status: 'done'});
    expect(sessions.map(({isClosed}) => isClosed)).toEqual([false, true]);
    await sessions[1]!.answer(done(TEMPORARY));
    expect(getView()).toBe('peak');
    loader.show(query(LEAKS));
    await session.answer(done(LEAKS));
    expect(getView()).toBe('leaks');
  });

  test('that fails leaves what was there, which can be asked again', async () => {
    const {session, sessions, loader, getView, getStatus} = await openRead();
    loader.read(query(PEAK));
    await sessions[1]!.answer({type: 'failed', code: 'cannot-open', message: 'no such file'});
    expect({view: getView(), status: getStatus()}).toEqual({view: 'peak', status: 'failed'});
    loader.show(query(LEAKS));
    await session.answer(done(LEAKS));
    expect({view: getView(), status: getStatus()}).toEqual({view: 'leaks', status: 'done'});
  });

  test('replaces one that goes on', () => {
    const {sessions, loader} = open();
    loader.read(query(PEAK));
    loader.read(query(PEAK));
    expect(sessions.map(({isClosed}) => isClosed)).toEqual([true, false]);
    loader.stop();
    expect(sessions.map(({isClosed}) => isClosed)).toEqual([true, true]);
  });
});

describe('what was read before', () => {
  const PLACES: TreeQuery = {...query(PEAK), shape: {kind: 'places'}};
  const blocks: NonNullable<Snapshot['blocks']> = {
    length: 1,
    location: Int32Array.of(0),
    allocator: Uint8Array.of(6),
    size: Float64Array.of(100),
    count: Float64Array.of(1),
  };
  const withBlocks: WholeAnswer = {type: 'done', progress, snapshot: {...ofView(PEAK), blocks}};

  test('is shown again without another reading, blocks too', async () => {
    const {store, session, sessions, loader} = await openRead();
    loader.show(PLACES);
    await session.answer(null);
    await sessions[1]!.answer(withBlocks);
    loader.show(query(TEMPORARY));
    await sessions[1]!.answer(null);
    await sessions[2]!.answer(done(TEMPORARY));
    loader.show(PLACES);
    expect(store.getState().snapshot?.blocks).toBe(blocks);
    loader.show(query(PEAK));
    expect(store.getState().snapshot?.view).toEqual(PEAK);
    expect(sessions).toHaveLength(3);
  });

  test('is not what a reload shows', async () => {
    const {session, sessions, loader} = await openRead();
    loader.show(query(LEAKS));
    await session.answer(done(LEAKS));
    loader.read(query(PEAK));
    await sessions[1]!.answer(done(PEAK));
    loader.show(query(LEAKS));
    expect(sessions[1]!.asked.map(({select}) => select.kind)).toEqual(['peak', 'leaks']);
  });
});

describe('what was held at moments', () => {
  const at = (count: number): View => ({kind: 'moment', at: {kind: 'allocations', count}});
  const parser = parseWithHistory(writeCapture(writeRisingRun(), {version: 12}));
  const timeline = parser.getTimeline()!;
  const hold = (): HeldHistory => {
    const history = parser.getHistory()!;
    return holdHistory({...history, base: {...history.base, timeline}});
  };
  const peak: WholeAnswer = {type: 'done', progress, snapshot: {...parser.getSnapshot(), timeline}};
  const moment = (count: number): WholeAnswer => ({
    type: 'done',
    progress,
    snapshot: {...parser.getNearestSnapshot(count)!, view: at(count)},
  });
  /** A moment that is kept, and one that is not. */
  const kept = timeline.cells.records[10]!;
  const between = kept + 1;

  async function openKept(readOnce: string | null = null) {
    const opened = open(readOnce);
    opened.loader.read(query(PEAK));
    const [session] = opened.sessions;
    await session!.answer(peak);
    await session!.handOver(hold());
    return {...opened, session: session!, listAsked: () => session!.asked.map(({select}) => select)};
  }

  test('of those that are kept nobody is asked', async () => {
    const {store, loader, session, getStatus, listAsked} = await openKept();
    loader.show(query(at(kept)));
    expect(store.getState().view).toEqual(at(kept));
    expect(store.getState().base.bytes[0]).toBe(timeline.cells.heap[10]);
    expect(getStatus()).toBe('done');
    expect(session.asked).toHaveLength(1);
    expect(listAsked()).toEqual([PEAK]);
  });

  test('the nearest one stands for one that is not kept until that is read', async () => {
    const {store, sessions, loader, session, getStatus} = await openKept();
    expect(timeline.cells.records).not.toContain(between);
    loader.show(query(at(between)));
    expect(getStatus()).toBe('reading');
    expect(store.getState().view).toEqual(at(kept));
    expect(store.getState().base.bytes[0]).toBe(timeline.cells.heap[10]);
    await session.answer(null);
    expect(sessions).toHaveLength(2);
    expect(store.getState().view).toEqual(at(kept));
    await sessions[1]!.answer(moment(between));
    expect(store.getState().view).toEqual(at(between));
    expect(getStatus()).toBe('done');
  });

  test('that reading is ended by Escape: what was there before comes back', async () => {
    const {loader, session, getView, getStatus} = await openKept();
    loader.show(query(at(between)));
    await session.answer(null);
    loader.cancel();
    expect({view: getView(), status: getStatus()}).toEqual({view: 'peak', status: 'done'});
  });

  test('the nearest one is the answer where nothing can be read again', async () => {
    const {store, sessions, loader, session, getStatus} = await openKept('it can be read only once');
    loader.show(query(at(between)));
    await session.answer(null);
    expect(sessions).toHaveLength(1);
    expect(getStatus()).toBe('done');
    expect(store.getState().view).toEqual(at(kept));
    expect(store.getState().failure).toBeNull();
  });

  test('but not where its single blocks are asked for', async () => {
    const {store, loader, session} = await openKept('it can be read only once');
    const places: TreeQuery = {...query(at(kept)), shape: {kind: 'places'}};
    loader.show(places);
    await session.answer(null);
    expect(store.getState().failure?.message).toBe('it can be read only once');
    expect(store.getState().view).toEqual(PEAK);
  });

  test('stays when another reading of the run keeps none', async () => {
    const {store, sessions, loader, session} = await openKept();
    const {history} = store.getState();
    loader.show(query(TEMPORARY));
    await session.answer(null);
    await sessions[1]!.handOver(null);
    await sessions[1]!.answer(done(TEMPORARY));
    expect(store.getState().history).toBe(history);
    loader.show(query(at(kept)));
    expect(store.getState().view).toEqual(at(kept));
  });

  test('is that of the new run after it was read anew', async () => {
    const {store, sessions, loader} = await openKept();
    const {history} = store.getState();
    loader.read(query(PEAK));
    expect(store.getState().history).toBeNull();
    await sessions[1]!.answer(peak);
    await sessions[1]!.handOver(hold());
    expect(store.getState().history).not.toBeNull();
    expect(store.getState().history).not.toBe(history);
  });

  test('of the run before does not come when the new one is read', async () => {
    const {store, sessions, loader} = open();
    loader.read(query(PEAK));
    await sessions[0]!.answer(peak);
    loader.read(query(PEAK));
    await sessions[0]!.handOver(hold());
    expect(store.getState().history).toBeNull();
    await sessions[1]!.handOver(null);
    await sessions[1]!.answer(peak);
    expect(store.getState().history).toBeNull();
  });

  test('is there again when reading it anew fails', async () => {
    const {store, sessions, loader} = await openKept();
    const {history} = store.getState();
    loader.read(query(PEAK));
    await sessions[1]!.answer({type: 'failed', code: 'cannot-open', message: 'no such file'});
    expect(store.getState().history).toBe(history);
    loader.show(query(at(kept)));
    expect(store.getState().view).toEqual(at(kept));
  });

  describe('while the capture is read', () => {
    async function openReading(readOnce: string | null = null) {
      const opened = open(readOnce);
      opened.loader.read(query(PEAK));
      const [session] = opened.sessions;
      await session!.answerPartial(PEAK);
      return {...opened, session: session!};
    }

    test('are those of its reader, and of the history at its end', async () => {
      const {store, sessions, loader, session, getStatus} = await openReading();
      loader.show(query(at(kept)));
      await session.answerPartial(at(kept));
      expect({view: store.getState().view, status: getStatus()}).toEqual({view: at(kept), status: 'reading'});
      await session.answer(peak);
      expect(getStatus()).toBe('reading');
      await session.handOver(hold());
      expect({view: store.getState().view, status: getStatus()}).toEqual({view: at(kept), status: 'done'});
      expect(store.getState().base.bytes[0]).toBe(timeline.cells.heap[10]);
      loader.show(query(PEAK));
      expect(store.getState().view).toEqual(PEAK);
      expect(sessions).toHaveLength(1);
    });

    test('are read again where they are not kept any more', async () => {
      const {store, sessions, loader, session} = await openReading();
      loader.show(query(at(between)));
      await session.answer(peak);
      await session.handOver(hold());
      expect(sessions).toHaveLength(2);
      await sessions[1]!.answer(moment(between));
      expect(store.getState().view).toEqual(at(between));
    });

    test('are the nearest ones where nothing can be read again', async () => {
      const {store, sessions, loader, session, getStatus} = await openReading('it can be read only once');
      loader.show(query(at(between)));
      await session.answer(peak);
      await session.handOver(hold());
      expect(sessions).toHaveLength(1);
      expect({view: store.getState().view, status: getStatus()}).toEqual({view: at(kept), status: 'done'});
    });

    test('are left for the peak, which then is the answer', async () => {
      const {store, loader, session, getStatus} = await openReading();
      loader.show(query(at(kept)));
      loader.show(query(PEAK));
      await session.answer(peak);
      expect({view: store.getState().view, status: getStatus()}).toEqual({view: PEAK, status: 'done'});
    });

    test('fail with it', async () => {
      const {loader, session, getStatus} = await openReading();
      loader.show(query(at(kept)));
      await session.answer({type: 'failed', code: 'internal', message: 'no memory'});
      expect(getStatus()).toBe('failed');
    });
  });
});
