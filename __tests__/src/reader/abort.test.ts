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
