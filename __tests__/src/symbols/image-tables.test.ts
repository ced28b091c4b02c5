import {describe, expect, test} from 'vitest';
import {type ImageTables, ImageTablesBuilder} from '../../../src/symbols/image-tables.js';

/** The tables as text: a line for each generation. */
function print(tables: ImageTables): string[] {
  return Array.from(tables.generationLists, list => {
    const images = tables.listImages.subarray(tables.listStarts[list], tables.listStarts[list + 1]);
    return Array.from(images, image => {
      const segments = [];
      for (let s = tables.segmentStarts[image]!; s < tables.segmentStarts[image + 1]!; s++)
        segments.push(`${tables.virtualAddresses[s]}+${tables.memorySizes[s]}`);
      return `${tables.paths[image]}@${tables.loadAddresses[image]}[${segments}]`;
    }).join(' ');
  });
}

function add(builder: ImageTablesBuilder, ...images: (readonly [string, bigint, ...bigint[]])[]): void {
  builder.startGeneration();
  for (const [path, load, ...sizes] of images) {
    builder.addImage(path, load);
    for (const [i, size] of sizes.entries()) builder.addSegment(BigInt(i) * 10n, size);
  }
}

describe('image tables', () => {
  test('keep each generation', () => {
    const builder = new ImageTablesBuilder();
    add(builder, ['a', 1n, 5n, 6n], ['b', 2n]);
    add(builder, ['a', 1n, 5n, 6n], ['c', 3n, 7n], ['b', 2n]);
    add(builder);
    expect(print(builder.finish())).toEqual(['a@1[0+5,10+6] b@2[]', 'a@1[0+5,10+6] c@3[0+7] b@2[]', '']);
    expect(builder.isFull).toBe(false);
  });

  test('take no more long paths than there is room for', () => {
    const builder = new ImageTablesBuilder();
    const path = 'x'.repeat(1 << 20);
    for (let i = 0; i < 63; i++) add(builder, [path + i, 1n]);
    expect(builder.isFull).toBe(false);
    for (let i = 63; i < 70; i++) add(builder, [path + i, 1n]);
    expect(builder.isFull).toBe(true);
    expect(builder.finish().paths.length).toBe(63);
  });

  test('keep equal images and equal lists once', () => {
    const builder = new ImageTablesBuilder();
    for (let i = 0; i < 100; i++) {
      add(builder, ['a', 1n, 5n], ['b', 2n, 6n]);
      add(builder, ['b', 2n, 6n], ['a', 1n, 5n]);
    }
    const tables = builder.finish();
    expect(tables.generationLists.length).toBe(200);
    expect(tables.paths).toEqual(['a', 'b']);
    expect(tables.listStarts.length - 1).toBe(2);
    expect(tables.virtualAddresses.length).toBe(2);
  });

  test('keep ten thousand equal lists of a hundred images once', () => {
    const builder = new ImageTablesBuilder();
    const images = Array.from({length: 100}, (_, i) => [`lib${i}.so`, BigInt(i), 5n] as const);
    for (let generation = 0; generation < 10_000; generation++) add(builder, ...images);
    const {generationLists, paths, listImages} = builder.finish();
    expect([generationLists.length, paths.length, listImages.length]).toEqual([10_000, 100, 100]);
  });

  test('distinguish images by load address and by segments', () => {
    const builder = new ImageTablesBuilder();
    add(builder, ['a', 1n, 5n]);
    add(builder, ['a', 2n, 5n]);
    add(builder, ['a', 1n, 6n]);
    add(builder, ['a', 1n, 5n, 5n]);
    expect(builder.finish().paths.length).toBe(4);
  });

  test('may be asked for in between, the generation that is being read included', () => {
    const builder = new ImageTablesBuilder();
    expect(print(builder.finish())).toEqual([]);
    add(builder, ['a', 1n, 5n]);
    expect(print(builder.finish())).toEqual(['a@1[0+5]']);
    add(builder, ['b', 1n, 5n]);
    expect(print(builder.finish())).toEqual(['a@1[0+5]', 'b@1[0+5]']);
  });

  test('ignore images before the first generation, and names that look like keys', () => {
    const builder = new ImageTablesBuilder();
    builder.addImage('lost', 1n);
    add(builder, ['__proto__', 1n], ['constructor', 1n], ['1;2;x', 3n], ['x', 1n]);
    expect(print(builder.finish())).toEqual(['__proto__@1[] constructor@1[] 1;2;x@3[] x@1[]']);
  });
});
