import {readFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import type {LiveHost} from '../../../src/reader/live-connection.js';
import {openLive} from '../../../src/reader/live-source.js';
import type {StreamState} from '../../../src/reader/load-messages.js';
import {writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {decodeLz4} from '../../helpers/decode-lz4.js';
import {loadSource} from '../../helpers/load-source.js';

const nested = decodeLz4(readFileSync(`${fixturesDirectory}/nested.bin`));

const TURN_MS = 100;

/**
 * What the connection does, one step a turn (null: nothing); then it stays silent for as long as it is asked.
 */
type Step = ((stream: Readable) => void) | null;

/** Receives what comes after so many refused connections. */
async function receive(refusals: number, steps: readonly Step[], receivesAll = false) {
  const stream = new Readable({read() {}});
  const left = [...steps];
  const states: StreamState[] = [];
  let attempts = 0;
  const received: Uint8Array[] = [];
  let silentTurns = 0;
  let nowMs = 5000;
  const host: LiveHost = {
    connect: async () => (attempts++ < refusals ? null : stream),
    now: () => nowMs,
    async pause() {
      nowMs += TURN_MS;
      noteState();
    },
    async waitForNews() {
      nowMs += TURN_MS;
      noteState();
      const step = left.shift();
      if (step === undefined && ++silentTurns > 150) throw new Error('waits although nothing follows');
      if (step == null) return false;
      step(stream);
      await new Promise(resolve => setImmediate(resolve));
      return true;
    },
  };
  const source = openLive(4321, async bytes => void received.push(Uint8Array.from(bytes)), host);
  const noteState = (): void => {
    const state = source.getStreamState!();
    if (states.at(-1) !== state) states.push(state);
  };
  const done = await loadSource(async () => source, {view: {kind: 'peak'}, biggestAllocs: 200, receivesAll});
  return {
    capture: done.snapshot.capture,
    states,
    attempts,
    elapsedMs: source.getElapsedMs!(),
    received: Buffer.concat(received),
  };
}

const send =
  (from: number, to = nested.length): Step =>
  stream =>
    stream.push(nested.subarray(from, to));
const hangUp: Step = stream => stream.push(null);
const reset: Step = stream => stream.destroy(Object.assign(new Error('reset'), {code: 'ECONNRESET'}));
const nineSeconds: readonly Step[] = Array.from({length: 90}, () => null);
const silence: readonly Step[] = Array.from({length: 20}, () => null);

test('waits until a program listens', async () => {
  const {capture, states, attempts, elapsedMs} = await receive(500, [send(0), null, null, hangUp]);
  expect(capture).toMatchObject({finished: true, damage: null, notes: []});
  expect({states, attempts}).toEqual({states: ['missing', 'connected'], attempts: 501});
  // The time of the run begins with the connection.
  expect(elapsedMs).toBeLessThanOrEqual(4 * TURN_MS);
});

test('says what it waits for', () => {
  expect(openLive(4321).waitingFor).toBe(
    'Waiting for a program on port 4321. Start it with: memray run --live-remote --live-port 4321 … ' +
      '(If it was started already: it has ended, or another viewer is connected to it.)',
  );
});

test('shows what came before a connection was lost, and says so', async () => {
  const {capture} = await receive(0, [send(0, 9000), reset]);
  expect(capture).toMatchObject({finished: false, damage: null});
  expect(capture.allocationRecords).toBeGreaterThan(0);
  expect(capture.notes).toEqual([
    'Connection lost (ECONNRESET) before the recording ended. This is what was received.',
  ]);
});

test('a reset after the end mark loses nothing', async () => {
  const {capture} = await receive(0, [send(0), reset]);
  expect(capture).toMatchObject({finished: true, notes: []});
});

describe('a damaged run', () => {
  const damaged = Buffer.concat([
    writeCapture([
      {type: 'thread', id: 1},
      {type: 'code', id: 1, function: 'f', file: 'f.py'},
      // A record of a type that does not exist.
      {type: 'bytes', bytes: [3]},
    ]),
    Buffer.alloc(5000, 3),
  ]);
  const ends = [0, 1000, 2000, damaged.length];
  const steps = ends.slice(1).map(
    (end, index): Step =>
      stream =>
        stream.push(damaged.subarray(ends[index], end)),
  );

  test('is received no further than to its damage', async () => {
    const {capture, received} = await receive(0, [...steps, hangUp]);
    expect(capture.damage).not.toBeNull();
    expect(received.equals(damaged.subarray(0, 1000))).toBe(true);
  });

  test('is received whole for a file of it', async () => {
    const {capture, received} = await receive(0, [...steps, hangUp], true);
    expect(capture.damage).not.toBeNull();
    expect(received.equals(damaged)).toBe(true);
  });
});

test('is quiet while a program sends nothing', async () => {
  const {capture, states} = await receive(0, [
    send(0, 9000),
    ...silence,
    send(9000, 12_000),
    null,
    send(12_000),
    hangUp,
  ]);
  expect(capture.finished).toBe(true);
  expect(states).toEqual(['connected', 'growing', 'quiet', 'growing']);
});

test.each<[string, readonly Step[], string, RegExp]>([
  ['sends nothing', [], 'not-a-capture', /^is open, but has sent nothing for 10 seconds; /],
  ['sends half a header', [send(0, 30)], 'header-cut', /^has sent nothing for 10 seconds after a part /],
  [
    'sends its header byte by byte',
    Array.from({length: 20}, (_, at) => [...nineSeconds, send(at, at + 1)]).flat(),
    'header-cut',
    /^has sent only a part of its header in 30 seconds$/,
  ],
  [
    'is lost in the header',
    [send(0, 30), reset],
    'header-cut',
    /^the connection was lost before .*ECONNRESET/,
  ],
  ['hangs up at once', [hangUp], 'empty', /^closed the connection /],
  ['is none', [stream => stream.push('HTTP/1.1 400')], 'not-a-capture', /^a program that is not memray /],
  [
    'is none, in pieces',
    [stream => stream.push('me'), stream => stream.push('n')],
    'not-a-capture',
    /^a prog/,
  ],
])('refuses in one line a recording that %s', async (_, steps, code, message) => {
  await expect(receive(0, steps)).rejects.toMatchObject({code, message: expect.stringMatching(message)});
});
