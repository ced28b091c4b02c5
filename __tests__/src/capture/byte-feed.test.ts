import {expect, test} from 'vitest';
import {ByteFeed, type Parsing} from '../../../src/capture/byte-feed.js';
import {ByteWriter} from '../../helpers/byte-writer.js';

function createFeed(writer: ByteWriter): ByteFeed {
  const feed = new ByteFeed();
  feed.bytes = writer.toBytes();
  feed.end = feed.bytes.length;
  return feed;
}

/** The value of a parser whose bytes are all there. */
const run = <T>(parsing: Parsing<T>): T => parsing.next().value as T;

test('a text is kept up to a limit', () => {
  const feed = createFeed(new ByteWriter().text('x'.repeat(5000)).text('äöü').text('y'));
  expect(run(feed.text(0))).toBe('…');
  // Not in the middle of a character.
  expect(run(feed.text(3))).toBe('ä…');
  expect(run(feed.text())).toBe('y');
});

test.each([0, 1, 127, 128, 2 ** 31, 2 ** 32 + 5, 2 ** 49 - 1])(
  '%i as a varint that is there as a whole',
  value => {
    const feed = createFeed(new ByteWriter().varint(value).u8(9));
    expect(feed.wholeVarint()).toBe(value);
    expect(run(feed.u8())).toBe(9);
  },
);

test.each([
  ['cut', new ByteWriter().bytes([0x80, 0x80])],
  ['of more than seven bytes', new ByteWriter().varint(2 ** 49)],
  ['without an end', new ByteWriter().bytes(Array.from({length: 20}, () => 0x80))],
])('a varint that is %s is left where it is', (_, writer) => {
  const feed = createFeed(writer);
  expect(feed.wholeVarint()).toBe(-1);
  expect(feed.pos).toBe(0);
});
