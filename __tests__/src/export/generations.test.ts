import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import type {ExportFormatName} from '../../../src/export/formats.js';
import {decodeTree} from '../../../src/export/page/decode-tree.js';
import {readCapture} from '../../../src/headless.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {openSource} from '../../../src/reader/open-source.js';
import {readSource} from '../../../src/reader/run-load.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {
  decodeFolded,
  decodeGprof2dot,
  decodePprof,
  decodeSpeedscope,
  parseCsv,
} from '../../helpers/decode-exports.js';
import {exportAs} from '../../helpers/export-formats.js';

const path = `${fixturesDirectory}/nested.bin`;
const VIEW = 'gen:0%,@300,@400,100%';
const {select} = parseQuery(VIEW);

async function readGenerations(): Promise<Snapshot> {
  const read = await readSource(
    () => openSource(path),
    {view: select, biggestAllocs: Infinity},
    () => {},
  );
  return read.getSnapshot({select, limit: Infinity}, () => {});
}

const generations = await readGenerations();
const {of} = await readCapture(path, {view: 'leaks'});

const addUp = (numbers: Iterable<number>): number => [...numbers].reduce((sum, each) => sum + each, 0);

test.each<[ExportFormatName, (file: Buffer) => Iterable<number>]>([
  ['folded', file => decodeFolded(file).values()],
  ['speedscope', file => Array.from(decodeSpeedscope(file).values(), ({bytes}) => bytes)],
  ['gprof2dot', file => Array.from(decodeGprof2dot(file).values(), ({bytes}) => bytes)],
  ['pprof', file => decodePprof(file).samples.map(({bytes}) => bytes)],
])('%s has what generations hold together', async (format, listBytes) => {
  expect(addUp(listBytes(await exportAs(format, generations, VIEW)))).toBe(of.bytes);
});

test('comma-separated values have columns of each', async () => {
  const [headings, ...rows] = parseCsv((await exportAs('csv', generations, VIEW)).toString());
  const sumColumn = (name: string) =>
    rows.reduce((sum, row) => sum + Number(row[headings!.indexOf(name)]), 0);
  expect([sumColumn('size'), sumColumn('num_allocations')]).toEqual([of.bytes, of.allocations]);
  const parts = ['0%..@300', '@300..@400', '@400..100%'].map(name => sumColumn(`size of ${name}`));
  expect(addUp(parts)).toBe(of.bytes);
  expect(parts.every(bytes => bytes > 0)).toBe(true);
});

test('the script of a page shows what generations hold together, and no spread', async () => {
  const html = (await exportAs('html', generations, VIEW)).toString();
  const [, data] = /<script type="text\/plain" id="data">([^<]*)</.exec(html)!;
  const {head, tree} = decodeTree(gunzipSync(Buffer.from(data!, 'base64')));
  expect(head.captures).toEqual([]);
  expect(tree.compared).toBeUndefined();
  expect(tree.bytes[0]).toBe(of.bytes);
});
