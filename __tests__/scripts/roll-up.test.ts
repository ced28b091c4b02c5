import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {rollUpTypes} from '../../scripts/build/types/roll-up.js';

const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-types-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** The rolled-up texts of declaration files; `entries` are their names. */
function rollUp(files: Readonly<Record<string, string>>, entries: readonly string[]) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.d.ts`), text);
  const paths = entries.map(name => [name, join(folder, `${name}.d.ts`)]);
  return Object.fromEntries(rollUpTypes(Object.fromEntries(paths)));
}

test('an entry gets what it needs, with comments, and nothing else', () => {
  const files = {
    used: `import type {Socket} from 'node:net';
export declare const bytes = "AGFzbQ";
/** Not this one. */
/** Of a row. */
export interface Row { readonly socket: Socket; readonly parent: Row; }`,
    entry: `import {type Row} from './used.js';
/** Draws. */
export declare function draw(row: Row): void;
export declare function draw(row: Row, at: number): string;`,
  };
  expect(rollUp(files, ['entry']).entry).toBe(`import type {Socket} from 'node:net';
/** Draws. */
export declare function draw(row: Row): void;
export declare function draw(row: Row, at: number): string;
/** Of a row. */
interface Row { readonly socket: Socket; readonly parent: Row; }
export {};
`);
});

test('equal names and names of the language are told apart', () => {
  const files = {
    a: 'export interface Node { a: 1 }\nexport type Map = {own: globalThis.Date};',
    b: `export interface Node<T> { b: import('./a.js').Node; Node: T; get(Node: string): Map<T, Node<T>> }`,
    entry: `export {type Node} from './a.js';\nexport {type Node as Other} from './b.js';\nexport {type Map as Chart} from './a.js';`,
  };
  expect(rollUp(files, ['entry']).entry).toBe(`export interface Node { a: 1 }
export interface Other<T> { b: Node; Node: T; get(Node: string): Map<T, Other<T>> }
export type Chart = {own: globalThis.Date};
export {};
`);
});

test('what two entries need is in a file of its own', () => {
  const files = {
    safe: 'declare const brand: unique symbol;\nexport type Safe = string & { readonly [brand]: true };',
    one: `import {type Safe} from './safe.js';\nexport declare class One extends Map<Safe, One> {}`,
    two: `import {type Safe as Text} from './safe.js';\nexport type {Text as Shown};\nexport type Two = Text;`,
  };
  const {one, two, shared} = rollUp(files, ['one', 'two']);
  expect(one).toBe(`import type {Shown} from './shared.js';
export declare class One extends Map<Shown, One> {}
export {};
`);
  expect(two).toBe(`import type {Shown} from './shared.js';
export {Shown} from './shared.js';
export type Two = Shown;
export {};
`);
  expect(shared).toBe(`export type Shown = string & { readonly [brand]: true };
export declare const brand: unique symbol;
export {};
`);
});
