import {expect, test} from 'vitest';
import {NativeFrameTable} from '../../../src/heap/native-frame-table.js';
import type {NativeName} from '../../../src/symbols/native-frame.js';

const nameOf = (name: string, facts: Partial<NativeName> = {}): NativeName => ({
  function: name,
  file: 'a.c',
  line: 1,
  state: 'full',
  directory: null,
  ...facts,
});

test('frames of the same names know the first of them, whatever kind it is', () => {
  const frames = new NativeFrameTable();
  const image = frames.addString('/lib/x.so');
  const known = frames.addName(nameOf('f'));
  expect(frames.addName(nameOf('f'))).toBe(known);
  expect(frames.addName(nameOf('f', {directory: '/build'}))).not.toBe(known);
  const native = frames.addNative(known, image, 0x10);
  const python = frames.add({function: 'f', file: 'a.c', line: 1});
  expect(frames.add({function: 'f', file: 'a.c', line: 1})).toBe(python);
  const other = frames.addNative(frames.addName(nameOf('f', {directory: '/build'})), image, 0x20);
  const columns = frames.toColumns();
  expect([...columns.native.identity]).toEqual([native, native, native]);
  expect([...columns.native.image]).toEqual([image, -1, image]);
  expect([...columns.native.offset]).toEqual([0x10, -1, 0x20]);
  expect(frames.strings[columns.native.directory[other]!]).toBe('/build');
  expect(columns.native.directory[native]).toBe(-1);
});

test('texts that look like numbers or like keys are kept apart', () => {
  const frames = new NativeFrameTable();
  const texts = ['1', '"1', '""1', '', '__proto__', '01'];
  expect(texts.map(text => frames.addString(text))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(texts.map(text => frames.findString(text))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(frames.findString('2')).toBe(-1);
});

test('lines beyond 31 bits come out as they are', () => {
  const frames = new NativeFrameTable();
  for (const line of [-5, 0, 2 ** 31 - 1]) frames.add({function: 'f', file: 'a.py', line});
  expect([...frames.toColumns().line]).toEqual([-5, 0, 2 ** 31 - 1]);
});

test('native names are unknown when there is too much text; those that are there stay', () => {
  const frames = new NativeFrameTable(100);
  const image = frames.addString('/lib/x.so');
  const first = frames.addName(nameOf('f'.repeat(120)));
  const second = frames.addName(nameOf('g'));
  frames.addNative(first, image, 1);
  frames.addNative(second, image, 2);
  frames.add({function: 'python', file: 'a.py', line: 1});
  const {function: names, native} = frames.toColumns();
  expect(Array.from(names, name => frames.strings[name])).toEqual(['f'.repeat(120), '<unknown>', 'python']);
  expect([...native.state]).toEqual([0, 2, 0]);
});
