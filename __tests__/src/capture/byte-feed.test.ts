import {expect, test} from 'vitest';
import {ByteFeed, type Parsing} from '../../../src/capture/byte-feed.js';
import {CodeObjects} from '../../../src/capture/code-objects.js';
import {ByteWriter} from '../../helpers/byte-writer.js';

function createFeed(writer: ByteWriter, maxKeptBytes?: number): ByteFeed {
  const feed = new ByteFeed(maxKeptBytes);
  feed.bytes = writer.toBytes();
  feed.end = feed.bytes.length;
  return feed;
}

/** The value of a parser whose bytes are all there. */
const run = <T>(parsing: Parsing<T>): T => parsing.next().value as T;

test('texts and tables are handed out up to a limit for all of them', () => {
  const feed = createFeed(new ByteWriter().text('abcd').text('efgh').bytes([1, 2]).text('i'), 10);
  expect(run(feed.text())).toBe('abcd');
  expect(run(feed.text())).toBe('efgh');
  expect(run(feed.take(2))).toEqual(Uint8Array.of(1, 2));
  expect(() => run(feed.text())).toThrow('names and tables take more than 10 bytes');
});

test('a table beyond the limit is not even waited for', () => {
  const feed = createFeed(new ByteWriter(), 10);
  expect(() => run(feed.take(11))).toThrow(expect.objectContaining({tooLarge: true}));
});

test('of a text that is not kept nothing counts', () => {
  const feed = createFeed(new ByteWriter().text('x'.repeat(5000)).text('y'), 10);
  expect(run(feed.text(0))).toBe('…');
  expect(run(feed.text())).toBe('y');
});

test('code objects are kept up to a limit', () => {
  const writer = new ByteWriter();
  for (const id of [1, 2, 3]) writer.u8(id).text('f').text('a.py').u8(0).u8(0);
  const feed = createFeed(writer);
  const codes = new CodeObjects(2);
  expect(run(codes.parse(feed))).toBe(1n);
  expect(run(codes.parse(feed))).toBe(2n);
  expect(() => run(codes.parse(feed))).toThrow('there are more than 2 code objects');
});
