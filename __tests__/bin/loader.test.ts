import {describe, expect, test} from 'vitest';
import type {BeginReading} from '../../bin/early-session.js';
import {createLoader} from '../../bin/loader.js';
import type {Snapshot, View} from '../../src/heap/snapshot.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../src/query/tree-query.js';
import type {CaptureSession, PartialAnswer, Question, WholeAnswer} from '../../src/reader/capture-session.js';
import type {LoadProgress} from '../../src/reader/load-messages.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
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

  readonly history = Promise.resolve(null);

  close(): void {
    this.isClosed = true;
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
