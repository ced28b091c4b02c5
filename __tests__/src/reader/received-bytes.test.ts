import {expect, test} from 'vitest';
import {ReceivedSender} from '../../../src/reader/received-bytes.js';

const MEGABYTE = 1 << 20;

test('sends a copy of the bytes', async () => {
  const sent: Uint8Array[] = [];
  const sender = new ReceivedSender(({bytes}, [buffer]) => {
    expect(bytes.buffer).toBe(buffer);
    sent.push(bytes);
  });
  const shared = Uint8Array.of(9, 1, 2, 9);
  await sender.send(shared.subarray(1, 3));
  shared.fill(0);
  expect(sent).toEqual([Uint8Array.of(1, 2)]);
});

test('waits while more than 4 MiB are not confirmed', async () => {
  const sender = new ReceivedSender(() => {});
  const piece = new Uint8Array(MEGABYTE);
  for (let i = 0; i < 4; i++) await sender.send(piece);
  let mayContinue = false;
  const sending = sender.send(piece).then(() => {
    mayContinue = true;
  });
  await Promise.resolve();
  expect(mayContinue).toBe(false);
  sender.confirm(MEGABYTE);
  await sending;
  expect(mayContinue).toBe(true);
});
