import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {CaptureError, deriveTree, readCapture, toText} from '../../src/headless.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {loadCapture} from '../../src/session/load-capture.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';

// What was read has a name, in results and in errors.

const path = `${fixturesDirectory}/nested.bin`;

async function readError(source: Parameters<typeof readCapture>[0]): Promise<CaptureError> {
  const error: unknown = await readCapture(source).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CaptureError)) throw new Error(`no CaptureError but ${String(error)}`);
  return error;
}

test('an error names the path that was given', async () => {
  const {code, message, path: named} = await readError('missing.bin');
  expect({code, message, named}).toEqual({
    code: 'cannot-open',
    message: 'no such file',
    named: 'missing.bin',
  });
  const url = pathToFileURL(`${fixturesDirectory}/missing.bin`);
  expect((await readError(url)).path).toBe(url.href);
});

test('an error of a source without a path names none', async () => {
  expect((await readError(new Uint8Array())).path).toBe(null);
  expect(new CaptureError('empty', 'is empty').path).toBe(null);
});

test('a result has the name of what was read, and so has its text', async () => {
  const result = await readCapture(path);
  expect(result.name).toBe(path);
  const {stdout} = await runProgram(['--text', path]);
  expect(toText(result)).toBe(stdout);
  expect(toText(result, {name: 'mine'})).toBe(stdout.replaceAll(path, 'mine'));
  const table = await deriveTree(result, 'flat');
  expect(table.name).toBe(path);
  expect(toText(table)).toContain(path);
});

test('a File has a name, bytes have none', async () => {
  const bytes = readFileSync(path);
  expect((await readCapture(new File([bytes], 'dropped.bin'))).name).toBe('dropped.bin');
  const result = await readCapture(bytes);
  expect(result.name).toBe(null);
  expect(toText(result)).toContain('of the capture');
});

test('a store calls a File by its name, and another source by its path', async () => {
  const file = new File([readFileSync(path)], 'dropped.bin');
  const names = [];
  for (const [source, options] of [[file], [file, {name: 'mine'}], [path], [readFileSync(path)]] as const) {
    const store = createTreeStore();
    await loadCapture(store, source, options);
    names.push(store.getState().name);
  }
  expect(names).toEqual(['dropped.bin', 'mine', path, '']);
});

test('a File is not taken for one that had its name', async () => {
  const store = createTreeStore();
  const replaced = [];
  const again = new File([readFileSync(`${fixturesDirectory}/threads.bin`)], 'dropped.bin');
  for (const source of [new File([readFileSync(path)], 'dropped.bin'), again, again]) {
    await loadCapture(store, source);
    replaced.push(store.getState().replaced);
  }
  expect(replaced).toEqual([[], [], []]);
});
