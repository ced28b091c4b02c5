import {appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {openSource} from '../../../src/reader/open-source.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

const folder = mkdtempSync(join(tmpdir(), 'changing-file-'));
afterAll(() => rmSync(folder, {recursive: true}));

const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
const CHANGED = 'The file changed while it was being read; read it again.';

/** Reads a file that is opened before something happens to it: what was read, and the remarks. */
async function readWhile(happen: (path: string) => void) {
  const path = join(folder, 'results.bin');
  writeFileSync(path, nested);
  const source = await openSource(path);
  happen(path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const notes = await source.getNotes(parseSnapshot(bytes).capture);
  await source.close();
  return {bytes, notes};
}

test('a file that grows meanwhile is said to have changed', async () => {
  const {notes} = await readWhile(path => appendFileSync(path, 'more'));
  expect(notes).toContain(CHANGED);
});

test('a file that is replaced meanwhile is read as it was', async () => {
  const {bytes, notes} = await readWhile(path => {
    writeFileSync(`${path}.new`, 'another');
    renameSync(`${path}.new`, path);
  });
  expect(bytes.equals(nested)).toBe(true);
  expect(notes).not.toContain(CHANGED);
});
