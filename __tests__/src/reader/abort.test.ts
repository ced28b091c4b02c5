import {readFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {describe, expect, test, vi} from 'vitest';
import {readCapture} from '../../../src/headless.js';
import {readCaptures} from '../../../src/reader/load-captures.js';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {runLoad} from '../../../src/reader/run-load.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {loadCapture} from '../../../src/session/load-capture.js';
import {writeHeader} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';

const enough = new Error('enough');

/** Gives these bytes, asks for the end, and then never gives anything again. */
async function* hangAfter(bytes: Uint8Array, onHang: () => void): AsyncGenerator<Uint8Array> {
  yield bytes;
  onHang();
  await new Promise(() => {});
}

const starts: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array(0)],
  ['a header', writeHeader()],
  [
    'the start of a gzip file',
    gzipSync(Buffer.concat([writeHeader(), Buffer.alloc(5000, 7)])).subarray(0, 40),
  ],
];

describe.each(starts)(
  'a stream that never gives more than %s is left when the signal is aborted',
  (_, bytes) => {
    test('readCapture', async () => {
      const controller = new AbortController();
      const source = hangAfter(bytes, () => controller.abort(enough));
      await expect(readCapture(source, {signal: controller.signal})).rejects.toBe(enough);
    });

    test('loadCapture', async () => {
      const controller = new AbortController();
      const source = hangAfter(bytes, () => controller.abort(enough));
      const loading = loadCapture(createTreeStore(), source, {signal: controller.signal});
      await expect(loading).rejects.toBe(enough);
    });

    test('several captures', async () => {
      const controller = new AbortController();
      const messages: LoadMessage[] = [];
      const sources = [{name: 'a', open: () => openSource(hangAfter(bytes, () => controller.abort(enough)))}];
      const options = {view: {kind: 'peak'}, biggestAllocs: 9, isMerged: true, totalBytes: null} as const;
      const loading = readCaptures(sources, {...options, signal: controller.signal}, message =>
        messages.push(message),
      );
      await expect(loading).rejects.toBe(enough);
      expect(messages.filter(({type}) => type !== 'progress')).toEqual([]);
    });
  },
);

test('a Readable is destroyed by that', async () => {
  const controller = new AbortController();
  const stream = new Readable({read() {}});
  const close = new Promise(resolve => stream.once('close', resolve));
  const reading = readCapture(stream, {signal: controller.signal});
  setImmediate(() => controller.abort(enough));
  await expect(reading).rejects.toBe(enough);
  await close;
  expect(stream.destroyed).toBe(true);
});

test('a source that never opens is left as well, and nothing is emitted later', async () => {
  const controller = new AbortController();
  const emit = vi.fn();
  const options = {view: {kind: 'peak'}, biggestAllocs: 9, signal: controller.signal} as const;
  const loading = runLoad(() => new Promise(() => {}), options, emit);
  controller.abort(enough);
  await expect(loading).rejects.toBe(enough);
  expect(emit).not.toHaveBeenCalled();
});

describe('a store', () => {
  const nested = `${fixturesDirectory}/nested.bin`;

  test('says that its load was ended', async () => {
    const store = createTreeStore();
    const controller = new AbortController();
    const source = hangAfter(writeHeader(), () => controller.abort(enough));
    await expect(loadCapture(store, source, {signal: controller.signal})).rejects.toBe(enough);
    expect(store.getState()).toMatchObject({
      status: 'failed',
      failure: {code: 'aborted', message: 'the reading was ended'},
    });
  });

  test('has the capture of its last load, and the ones before end', async () => {
    const store = createTreeStore();
    let isLeft = false;
    async function* hang(): AsyncGenerator<Uint8Array> {
      try {
        yield* hangAfter(writeHeader(), () => {});
      } finally {
        isLeft = true;
      }
    }
    const pending = {[Symbol.asyncIterator]: hang, destroy: () => (isLeft = true)};
    const former = loadCapture(store, pending as AsyncIterable<Uint8Array>, {name: 'former'});
    await loadCapture(store, nested, {name: 'nested'});
    await expect(former).resolves.toBeUndefined();
    expect(isLeft).toBe(true);
    const {status, name, capture} = store.getState();
    expect({status, name, finished: capture?.finished}).toEqual({
      status: 'done',
      name: 'nested',
      finished: true,
    });
  });

  test('may load again once a load was ended', async () => {
    const store = createTreeStore();
    await expect(loadCapture(store, nested, {signal: AbortSignal.abort(enough)})).rejects.toBe(enough);
    await loadCapture(store, nested);
    expect(store.getState().failure).toBeNull();
    expect(store.getState().status).toBe('done');
  });
});

describe('a web stream', () => {
  test('is cancelled when the signal is aborted', async () => {
    const controller = new AbortController();
    let reason: unknown = null;
    const pending = {
      pull: () => new Promise<void>(() => controller.abort(enough)),
      cancel: () => {
        reason = 'cancelled';
      },
    };
    // Not asked for anything before it is read.
    const stream = new ReadableStream<Uint8Array>(pending, {highWaterMark: 0});
    await expect(readCapture(stream, {signal: controller.signal})).rejects.toBe(enough);
    await vi.waitFor(() => expect(reason).toBe('cancelled'));
  });

  test('is read once', async () => {
    const stream = new Blob([readFileSync(`${fixturesDirectory}/nested.bin`)]).stream();
    expect((await readCapture(stream)).damage).toBeNull();
    await expect(readCapture(stream)).rejects.toThrow(
      'source is a stream that was read before, or is being read: it can be read once',
    );
  });

  test.each([{view: 'at:50%'}, {blocks: true}])('cannot be read twice, as %j needs', async options => {
    const stream = new Blob([readFileSync(`${fixturesDirectory}/nested.bin`)]).stream();
    await expect(readCapture(stream, options)).rejects.toMatchObject({code: 'read-once'});
  });

  test('may be in use by somebody else', async () => {
    const stream = new Blob(['x']).stream();
    stream.getReader();
    await expect(readCapture(stream)).rejects.toThrow('source is a stream that was read before');
  });
});
