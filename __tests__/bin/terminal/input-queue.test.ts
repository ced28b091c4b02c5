import {describe, expect, test} from 'vitest';
import {InputQueue} from '../../../bin/terminal/input-queue.js';
import type {InputPart} from '../../../bin/terminal/terminal-input.js';

const keys = (text: string): InputPart => ({kind: 'keys', text});
const notch: InputPart = {kind: 'wheel', direction: 1, column: 0, row: 0};

function print(parts: readonly InputPart[]): string {
  return parts.map(part => (part.kind === 'keys' ? part.text : '.')).join('');
}

describe('batches', () => {
  test('grow as long as they take little time, and shrink when they do not', () => {
    const queue = new InputQueue();
    queue.add([keys('x'.repeat(1000))]);
    const sizes = [0, 1, 1, 1, 1, 100, 100, 100, 100, 100, 1, 1, 1, 1, 1, 1, 1, 1, 1].map(time => {
      const {length} = queue.take();
      queue.adapt(time);
      return length;
    });
    expect(sizes).toEqual([1, 2, 4, 8, 16, 32, 16, 8, 4, 2, 1, 2, 4, 8, 16, 32, 64, 128, 128]);
  });

  test('begin with one key again after a pause', () => {
    const queue = new InputQueue();
    queue.add([keys('abc')]);
    queue.take();
    queue.adapt(0);
    queue.take();
    queue.adapt(0);
    queue.add([keys('def')]);
    expect(print(queue.take())).toBe('d');
  });

  test('are of keys or of events, and never end in a character or a sequence', () => {
    const queue = new InputQueue();
    queue.add([keys('🎉a'), keys('\u001b[A'), keys('b'), notch, notch, keys('c')]);
    const batches: string[] = [];
    while (!queue.isEmpty) {
      batches.push(print(queue.take()));
      queue.adapt(0);
    }
    expect(batches).toEqual(['🎉', 'a\u001b[A', 'b', '..', 'c']);
  });
});

test('Ctrl+C is the next key, whatever waits', () => {
  const queue = new InputQueue();
  queue.add([keys('abc'), notch, keys('\u001b[A')]);
  queue.add([keys('d\u0003ef')]);
  expect(print(queue.take())).toBe('\u0003');
});

test('of more than fits the newest parts stay', () => {
  const queue = new InputQueue();
  queue.add([...Array<InputPart>(1000).fill(notch), keys('a'.repeat(20_000)), keys('b')]);
  let text = '';
  while (!queue.isEmpty) text += print(queue.take());
  expect(text).toBe(`${'a'.repeat(4095)}b`);
});
