import {describe, expect, test} from 'vitest';
import {findSegment, sortSegments} from '../../../src/symbols/find-segment.js';
import {ImageTablesBuilder} from '../../../src/symbols/image-tables.js';

/** Images as "name load: start-end start-end", in hexadecimal; looks an address up. */
function lookUp(text: string, address: number): string | null {
  const builder = new ImageTablesBuilder();
  builder.startGeneration();
  for (const line of text.trim().split('\n')) {
    const [head, ...segments] = line.trim().split(/\s+(?=[\da-f]+-)/);
    const [name, load] = head!.split(' ');
    builder.addImage(name!, BigInt(`0x${load}`));
    for (const segment of segments) {
      const [start, end] = segment.split('-').map(part => BigInt(`0x${part}`));
      builder.addSegment(start!, end! - start!);
    }
  }
  const tables = builder.finish();
  const segments = sortSegments(tables, 0);
  const segment = findSegment(segments, address);
  return segment < 0 ? null : tables.paths[segments.images[segment]!]!;
}

describe('the image at an address', () => {
  const two = `
    second 2000 0-100 200-300
    first 1000 0-100 100-180`;

  test('is the one with a segment that contains it', () => {
    expect(lookUp(two, 0x1000)).toBe('first');
    expect(lookUp(two, 0x117f)).toBe('first');
    expect(lookUp(two, 0x2250)).toBe('second');
  });

  test('is none outside of all, between segments too', () => {
    for (const address of [0, 0xfff, 0x1180, 0x2100, 0x21ff, 0x2300, 2 ** 60])
      expect(lookUp(two, address)).toBeNull();
  });

  test('is found where one segment ends and the next begins, which memray drops', () => {
    expect(lookUp(two, 0x1100)).toBe('first');
    expect(lookUp('low 1000 0-100\nhigh 1100 0-100', 0x1100)).toBe('high');
  });

  test('is the one that begins last where segments overlap', () => {
    const overlapping = `
      program 0 0-100000
      shared 1000 0-90000
      library 2000 0-1000`;
    expect(lookUp(overlapping, 0x2500)).toBe('library');
    expect(lookUp(overlapping, 0x3500)).toBe('shared');
    expect(lookUp(overlapping, 0x92000)).toBe('program');
    expect(lookUp(overlapping, 0x200000)).toBeNull();
  });

  test('counts addresses around the end of the address space modulo 2^64, as a slide may be negative', () => {
    expect(lookUp('slid ffffffffffff0000 20000-30000', 0x15000)).toBe('slid');
  });
});
