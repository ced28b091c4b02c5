import {EventEmitter} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import type {Worker} from 'node:worker_threads';
import {afterEach, describe, expect, test} from 'vitest';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import type {CaptureSession, Question, WholeAnswer} from '../../../src/reader/capture-session.js';
import {openHistory} from '../../../src/reader/held-history.js';
import type {InputSpec} from '../../../src/reader/input-spec.js';
import {loadInput} from '../../../src/reader/input-spec.js';
import type {LoadDone, LoadMessage} from '../../../src/reader/load-messages.js';
import {splitDone} from '../../../src/reader/parcels.js';
import {SessionHost} from '../../../src/reader/session-host.js';
import type {FromWorker, ToWorker} from '../../../src/reader/session-messages.js';
import {openSession} from '../../../src/reader/worker-session.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const PEAK: View = {kind: 'peak'};
const LEAKS: View = {kind: 'leaks'};
const ask = (select: View, limit = 200): Question => ({select, limit, shown: 200, wholePeak: false});
const sessions: CaptureSession[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

/** Workers without a thread: what they say crosses as it does between threads. */
function open(
  input: InputSpec,
  view: View = PEAK,
  biggestAllocs = 200,
  maxUnnamed = 1000,
  blocks = false,
  history = false,
) {
  const workers: {isAlive: boolean; said: string[]}[] = [];
  const endings: WholeAnswer[] = [];
  const startWorker = (): Worker => {
    const record = {isAlive: true, said: [] as string[]};
    workers.push(record);
    const host = new SessionHost((message, transfer) => {
      const copy = structuredClone(message, {transfer: [...(transfer ?? [])]});
      queueMicrotask(() => {
        record.said.push(copy.type);
        worker.emit('message', copy);
      });
    }, maxUnnamed);
    const worker = Object.assign(new EventEmitter(), {
      postMessage: (message: ToWorker) => queueMicrotask(() => host.receive(structuredClone(message))),
      terminate: async () => {
        record.isAlive = false;
        return 0;
      },
    });
    return worker as unknown as Worker;
  };
  const options = {view, biggestAllocs, blocks, wantsAll: true, history};
  const session = openSession(input, options, {startWorker, onEnd: ending => endings.push(ending)});
  sessions.push(session);
  return {session, workers, endings, isAlive: () => workers.some(worker => worker.isAlive)};
}

const file = (name: string): InputSpec => ({kind: 'file', path: `${fixturesDirectory}/${name}.bin`});

/** What a reading of its own yields. */
async function load(input: InputSpec, view: View, biggestAllocs = 200): Promise<LoadDone> {
  const messages: LoadMessage[] = [];
  await loadInput(input, {view, biggestAllocs, wantsAll: true}, message => messages.push(message));
  const last = messages.at(-1)!;
  if (last.type !== 'done') throw new Error(`it ended with ${last.type}`);
  return last;
}

function expectDone(answer: WholeAnswer | null): LoadDone {
  if (answer?.type !== 'done') throw new Error(`no snapshot, but ${JSON.stringify(answer)}`);
  return answer;
}

/** Waits for the turns in which a worker hands over what is left. */
async function untilEnded(isAlive: () => boolean): Promise<void> {
  while (isAlive()) await new Promise(resolve => setImmediate(resolve));
}

describe('one reading', () => {
  test('answers for the peak and for the leaks, from what was handed over', async () => {
    const {session, workers, isAlive} = open(file('nested'));
    const peak = expectDone(await session.getWhole(ask(PEAK)));
    await untilEnded(isAlive);
    const leaks = expectDone(await session.getWhole(ask(LEAKS)));
    expect(workers).toHaveLength(1);
    expect(peak.snapshot).toEqual((await load(file('nested'), PEAK)).snapshot);
    expect(leaks.snapshot).toEqual((await load(file('nested'), LEAKS)).snapshot);
    // And back, without anything being made again.
    expect(await session.getWhole(ask(PEAK))).toBe(peak);
    expect(await session.getWhole(ask(LEAKS))).toBe(leaks);
  });

  test('does not hold temporary allocations, and those hold nothing else', async () => {
    const {session} = open(file('nested'));
    expect(await session.getWhole(ask({kind: 'temporary', threshold: 1}))).toBeNull();
    expectDone(await session.getWhole(ask(PEAK)));
    const temporary = {kind: 'temporary', threshold: 2} as const;
    const other = open(file('nested'), temporary);
    expect(expectDone(await other.session.getWhole(ask(temporary))).snapshot.view).toEqual(temporary);
    expect(await other.session.getWhole(ask({...temporary, threshold: 3}))).toBeNull();
    expect(await other.session.getWhole(ask(PEAK))).toBeNull();
  });

  test('of an aggregated capture holds what it was read for', async () => {
    const {session, isAlive} = open(file('aggregate-middle'));
    expect(await session.getWhole(ask(LEAKS))).toBeNull();
    expectDone(await session.getWhole(ask(PEAK)));
    await untilEnded(isAlive);
    expect(await session.getWhole(ask(LEAKS))).toBeNull();
  });

  test('of several captures holds what it was read for', async () => {
    const paths = ['nested', 'imports'].map(name => `${fixturesDirectory}/${name}.bin`);
    const input = {kind: 'files', paths, isMerged: false} as const;
    const {session, isAlive} = open(input);
    expect(expectDone(await session.getWhole(ask(PEAK))).snapshot.capture.parts).toHaveLength(2);
    await untilEnded(isAlive);
    expect(await session.getWhole(ask(LEAKS))).toBeNull();
  });

  test('of several native captures names no more frames than it was read for', async () => {
    const path = `${fixturesDirectory}/native-nested.bin`;
    const input = {kind: 'files', paths: [path, path], isMerged: false} as const;
    const {session, isAlive} = open(input, PEAK, 2);
    const few = expectDone(await session.getWhole(ask(PEAK, 2)));
    expect(few.snapshot.locations.length).toBe(4);
    // At once, while the worker is there, and afterwards: it takes another reading.
    expect(await session.getWhole(ask(PEAK, 3))).toBeNull();
    await untilEnded(isAlive);
    expect(await session.getWhole(ask(PEAK, 3))).toBeNull();
    expect(await session.getWhole(ask(PEAK, 2))).toBe(few);
  });

  test('names more native frames, of peak and leaks, without another reading', async () => {
    const input = file('native-nested');
    const {session, workers, isAlive} = open(input, PEAK, 2);
    const few = expectDone(await session.getWhole(ask(PEAK, 2)));
    expect(few.snapshot.locations.length).toBe(2);
    expect(few.snapshot).toEqual((await load(input, PEAK, 2)).snapshot);
    await untilEnded(isAlive);
    const all = expectDone(await session.getWhole(ask(PEAK, Infinity)));
    expect(all.snapshot.elided.locations).toBe(0);
    expect(all.snapshot).toEqual((await load(input, PEAK, Infinity)).snapshot);
    await untilEnded(isAlive);
    const leaks = expectDone(await session.getWhole(ask(LEAKS, 3)));
    const alone = await load(input, LEAKS, 3);
    expect(leaks.snapshot.locations).toEqual(alone.snapshot.locations);
    expect(leaks.snapshot.elided).toEqual(alone.snapshot.elided);
    expect(leaks.snapshot.capture).toEqual(alone.snapshot.capture);
    await untilEnded(isAlive);
    expect(workers.map(({said}) => said.includes('held'))).toEqual([true, true, true]);
  });
});

test('a file with many native locations has to be read again for others than the first ones', async () => {
  const {session, workers, isAlive} = open(file('native-nested'), PEAK, 2, 10);
  expect(expectDone(await session.getWhole(ask(PEAK, 2))).snapshot.locations.length).toBe(2);
  await untilEnded(isAlive);
  expect(await session.getWhole(ask(PEAK, 3))).toBeNull();
  expect(await session.getWhole(ask(LEAKS, 2))).toBeNull();
  expectDone(await session.getWhole(ask(PEAK, 2)));
  expect(workers).toHaveLength(1);
});

/** One record after the other: so many locations, all of them leaks. */
function* listManyLocations(count: number): Generator<CaptureRecord> {
  yield {type: 'thread', id: 1};
  yield {type: 'code', id: 1, function: 'f', file: 'f.py'};
  for (let offset = 1; offset <= count; offset++) {
    yield {type: 'push', code: 1, offset};
    yield {type: 'allocate', address: offset * 4096, size: offset};
    yield {type: 'pop'};
  }
  yield {type: 'trailer'};
}

describe('the worker', () => {
  test('stays where a live run has more locations than are handed over', async () => {
    const count = 400_001;
    const bytes = writeCapture(listManyLocations(count));
    const server = createServer(socket => socket.on('error', () => {}).end(bytes));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    const {session, workers, isAlive} = open({kind: 'live', port});
    const peak = expectDone(await session.getWhole(ask(PEAK)));
    server.close();
    expect(peak.snapshot.locations.length + peak.snapshot.elided.locations).toBe(count);
    while (!workers[0]!.said.includes('held')) await new Promise(resolve => setImmediate(resolve));
    const leaks = expectDone(await session.getWhole(ask(LEAKS)));
    expect(leaks.snapshot.view).toEqual(LEAKS);
    expect(leaks.snapshot.locations).toEqual(peak.snapshot.locations);
    expect(isAlive()).toBe(true);
    expect(workers).toHaveLength(1);
  });

  test('ends with its last word, after what is left was handed over', async () => {
    const {session, workers, isAlive} = open(file('nested'));
    await session.getWhole(ask(PEAK));
    await untilEnded(isAlive);
    expect(workers[0]!.said.slice(-2)).toEqual(['whole', 'held']);
  });

  test('ends where the reading fails, and everyone who asks gets to know it', async () => {
    const {session, endings, isAlive} = open({kind: 'file', path: '/no/such/file'});
    const failure = {type: 'failed', code: 'cannot-open', message: 'no such file'};
    expect(await session.getWhole(ask(PEAK))).toEqual(failure);
    await untilEnded(isAlive);
    expect(endings).toEqual([failure]);
    expect(await session.getPartial(PEAK)).toBeNull();
  });

  test('is asked by the newest question: what it replaces is answered with null', async () => {
    const {session, endings, isAlive} = open(file('nested'));
    const first = session.getWhole(ask(PEAK));
    const second = session.getWhole(ask(LEAKS));
    expect(await first).toBeNull();
    expect(expectDone(await second).snapshot.view).toEqual(LEAKS);
    expect(endings).toHaveLength(1);
    await untilEnded(isAlive);
    expect(expectDone(await session.getWhole(ask(PEAK))).snapshot.view).toEqual(PEAK);
  });

  test('ends with the session; no question is left open', async () => {
    const {session, isAlive} = open(file('nested'));
    const whole = session.getWhole(ask(PEAK));
    const partial = session.getPartial(PEAK);
    session.close();
    expect(await Promise.all([whole, partial])).toEqual([null, null]);
    expect(isAlive()).toBe(false);
    expect(await session.getWhole(ask(PEAK))).toBeNull();
  });
});

/** A session whose worker does what the test says. */
function openScripted() {
  const requests: ToWorker[] = [];
  const worker = Object.assign(new EventEmitter(), {
    postMessage: (request: ToWorker) => requests.push(request),
    terminate: async () => 0,
  });
  const input = file('nested');
  const session = openSession(
    input,
    {view: PEAK, biggestAllocs: 200},
    {startWorker: () => worker as unknown as Worker},
  );
  sessions.push(session);
  const say = (message: FromWorker) => worker.emit('message', message);
  return {session, requests, worker, say};
}

const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};

test('each part of a large answer is asked for when the one before has come', async () => {
  const {session, requests, say} = openScripted();
  const whole = session.getWhole(ask(PEAK));
  const done: LoadDone = {type: 'done', progress, snapshot: parseSnapshot('a b.py:1 10\n  c d.py:2 5')};
  const {parts, rest} = splitDone(done, 2);
  expect(parts.length).toBe(2);
  for (const part of parts) {
    const before = requests.length;
    say(part);
    expect(requests.slice(before)).toEqual([{type: 'next part'}]);
  }
  say({type: 'whole', id: 1, answer: rest});
  expect(await whole).toEqual(done);
});

test('a worker whose heap is full is one clear line', async () => {
  const {session, worker} = openScripted();
  const whole = session.getWhole(ask(PEAK));
  const error = new Error('Worker terminated due to reaching memory limit: JS heap out of memory');
  worker.emit('error', Object.assign(error, {code: 'ERR_WORKER_OUT_OF_MEMORY'}));
  worker.emit('exit', 1);
  expect(await whole).toEqual({
    type: 'failed',
    code: 'internal',
    message: 'there is not enough memory; a smaller number for -b needs less',
  });
});

test('a partial snapshot answers one question; progress is told to all who listen, the newest at once', async () => {
  const {session, say} = openScripted();
  const heard: number[] = [];
  session.subscribe(({records}) => heard.push(records));
  say({type: 'progress', progress: {...progress, records: 5}});
  const partial = session.getPartial(LEAKS);
  const answer = {type: 'progress', progress, partial: parseSnapshot('a b.py:1 10')} as const;
  say({type: 'partial', id: 7, answer});
  say({type: 'partial', id: 1, answer});
  expect(await partial).toEqual(answer);
  const later: number[] = [];
  session.subscribe(({records}) => later.push(records));
  expect({heard, later}).toEqual({heard: [5], later: [1]});
});

test('partial snapshots end with the whole', async () => {
  const {session, say} = openScripted();
  const whole = session.getWhole(ask(PEAK));
  const partial = session.getPartial(PEAK);
  say({type: 'whole', id: 1, answer: {type: 'done', progress, snapshot: parseSnapshot('a b.py:1 10')}});
  expect(await partial).toBeNull();
  expect(expectDone(await whole).snapshot.locations.length).toBe(1);
});

test('a question that crosses the last word of the worker is answered from what was handed over', async () => {
  const {session, workers} = open(file('nested'));
  await session.getWhole(ask(PEAK));
  // The worker is still making what it will hand over.
  expect(workers[0]!.isAlive).toBe(true);
  const leaks = expectDone(await session.getWhole(ask(LEAKS)));
  expect(leaks.snapshot).toEqual((await load(file('nested'), LEAKS)).snapshot);
});

describe('blocks', () => {
  const askBlocks = (select: View): Question => ({...ask(select, Infinity), blocks: true});

  test('are not held by a reading that did not keep them', async () => {
    const {session, isAlive} = open(file('nested'));
    expect(await session.getWhole(askBlocks(PEAK))).toBeNull();
    expectDone(await session.getWhole(ask(PEAK)));
    await untilEnded(isAlive);
    expect(await session.getWhole(askBlocks(PEAK))).toBeNull();
  });

  test.each(['nested', 'native-nested'])('of %s are held with all else of the view', async name => {
    const {session, isAlive} = open(file(name), PEAK, 200, 1000, true);
    const first = expectDone(await session.getWhole(askBlocks(PEAK)));
    expect(first.snapshot.blocks!.length).toBeGreaterThan(0);
    expect(first.snapshot.blocks!.location.at(-1)).toBe(first.snapshot.locations.length - 1);
    await untilEnded(isAlive);
    expect(await session.getWhole(askBlocks(PEAK))).toBe(first);
    expect(expectDone(await session.getWhole(ask(PEAK))).snapshot.blocks).toBeDefined();
  });

  test('of another selection are not held, but its locations are', async () => {
    const {session} = open(file('nested'), PEAK, 200, 1000, true);
    expectDone(await session.getWhole(askBlocks(PEAK)));
    expect(await session.getWhole(askBlocks(LEAKS))).toBeNull();
    const leaks = expectDone(await session.getWhole(ask(LEAKS)));
    expect(leaks.snapshot).toEqual((await load(file('nested'), LEAKS)).snapshot);
  });

  test('of native captures are there for names that are found later', async () => {
    const {session, workers, isAlive} = open(file('native-nested'), PEAK, 2, 1000, true);
    const few = expectDone(await session.getWhole({...askBlocks(PEAK), limit: 2}));
    expect(few.snapshot.blocks!.location.at(-1)).toBe(1);
    await untilEnded(isAlive);
    const all = expectDone(await session.getWhole(askBlocks(PEAK)));
    expect(workers).toHaveLength(2);
    expect(all.snapshot.blocks!.location.at(-1)).toBe(all.snapshot.locations.length - 1);
    expect(all.snapshot.elided.locations).toBe(0);
  });
});

test('a reading of blocks that left out an aggregated capture does not answer for the tree of all', async () => {
  const paths = ['nested', 'aggregate-middle'].map(name => `${fixturesDirectory}/${name}.bin`);
  const {session} = open({kind: 'files', paths, isMerged: false}, PEAK, 200, 1000, true);
  const places = await session.getWhole({...ask(PEAK), blocks: true});
  expect(places).toMatchObject({type: 'done', snapshot: {blocks: expect.anything()}});
  expect(await session.getWhole(ask(PEAK))).toBeNull();
});

describe('what was held at moments', () => {
  const openKept = (input: InputSpec, view: View = PEAK, blocks = false) =>
    open(input, view, 200, 1000, blocks, true);

  test.each([PEAK, LEAKS])('is handed over after the answer of the $kind', async view => {
    const {session, workers, isAlive} = openKept(file('nested'), view);
    const {snapshot} = expectDone(await session.getWhole(ask(view)));
    const history = openHistory((await session.history)!).open();
    await untilEnded(isAlive);
    expect(workers[0]!.said.slice(-3)).toEqual(['whole', 'history', 'held']);
    const {allocationRecords, run} = snapshot.capture;
    const sum = ({locations}: Snapshot): number => locations.bytes.reduce((all, each) => all + each, 0);
    const sumOf = async (select: View): Promise<number> => sum((await load(file('nested'), select)).snapshot);
    expect(sum(history.read(allocationRecords, LEAKS)!)).toBe(await sumOf(LEAKS));
    expect(sum(history.read(run!.peakRecords!, PEAK)!)).toBe(await sumOf(PEAK));
    expect(history.base.timeline).toEqual(snapshot.timeline);
  });

  test('comes once, however often is asked', async () => {
    const {session, workers, isAlive} = openKept(file('nested'));
    await session.getWhole(ask(PEAK));
    await session.getWhole(ask(LEAKS));
    await untilEnded(isAlive);
    await session.getWhole(ask(PEAK));
    expect(workers.flatMap(({said}) => said).filter(said => said === 'history')).toHaveLength(1);
  });

  const none: readonly (readonly [string, () => ReturnType<typeof open>, Question])[] = [
    ['with native frames', () => openKept(file('native-nested')), ask(PEAK)],
    ['that is aggregated', () => openKept(file('aggregate-middle')), ask(PEAK)],
    [
      'of which the blocks are read',
      () => openKept(file('nested'), PEAK, true),
      {...ask(PEAK), blocks: true},
    ],
    [
      'of which temporary allocations are read',
      () => openKept(file('nested'), {kind: 'temporary', threshold: 1}),
      ask({kind: 'temporary', threshold: 1}),
    ],
    ['that was not asked for it', () => open(file('nested')), ask(PEAK)],
  ];
  test.each(none)('is not there of a capture %s', async (_, openSuch, question) => {
    const {session} = openSuch();
    expectDone(await session.getWhole(question));
    expect(await session.history).toBeNull();
  });

  test('is not waited for where nothing can be read, or the session is closed', async () => {
    const missing = openKept({kind: 'file', path: '/no/such/file'});
    await missing.session.getWhole(ask(PEAK));
    expect(await missing.session.history).toBeNull();
    const closed = openKept(file('nested'));
    closed.session.close();
    expect(await closed.session.history).toBeNull();
  });
});
