import {describe, expect, it} from 'vitest';
import {ChildTable} from '../../../src/base/child-table.js';

describe('ChildTable', () => {
  it('finds what was added, through all its growing', () => {
    const table = new ChildTable();
    for (let child = 0; child < 10_000; child++) table.add(child % 100, Math.floor(child / 100), child);
    for (let child = 0; child < 10_000; child++)
      expect(table.get(child % 100, Math.floor(child / 100))).toBe(child);
  });

  it('adds a pair only where there is none', () => {
    const table = new ChildTable(1000);
    for (let child = 0; child < 5000; child++) expect(table.ensure(child % 7, child, child)).toBe(child);
    for (let child = 0; child < 5000; child++) expect(table.ensure(child % 7, child, 9999)).toBe(child);
    expect(table.get(0, 5000)).toBe(-1);
  });

  it('has a clone that grows by itself', () => {
    const table = new ChildTable();
    table.add(1, 2, 12);
    const clone = table.clone();
    for (let child = 0; child < 1000; child++) clone.add(7, child, child);
    expect([clone.get(1, 2), clone.get(7, 999), table.get(1, 2), table.get(7, 999)]).toEqual([
      12, 999, 12, -1,
    ]);
  });

  it('distinguishes pairs that share a number', () => {
    const table = new ChildTable();
    table.add(1, 2, 12);
    expect(table.get(2, 1)).toBe(-1);
    expect(table.get(1, 1)).toBe(-1);
    expect(table.get(1, 2)).toBe(12);
  });
});
