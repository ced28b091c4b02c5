import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {afterAll, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
const folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
afterAll(() => rmSync(folder, {recursive: true}));

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

it('opens a capture in gzip or zstd: as a file, through a pipe, redirected', async () => {
  const plain = await runProgram(['--json', nested]);
  for (const pack of [gzipSync, zstdCompressSync]) {
    const packed = pack(readFileSync(nested));
    const path = write('nested.packed', packed);
    expect(await runProgram(['--json', path])).toEqual(plain);
    expect(await runProgram(['--json', '-'], {input: packed})).toEqual(plain);
    const file = openSync(path, 'r');
    expect(await runProgram(['--json', '-'], {input: file})).toEqual(plain);
    closeSync(file);
  }
});

it('opens several of them', async () => {
  const path = write('nested.gz', gzipSync(readFileSync(nested)));
  const {code, stdout} = await runProgram(['--json', path, nested]);
  const {captures} = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(captures[0].peakBytes).toBe(captures[1].peakBytes);
});

it('shows what comes before the end of one that is cut off', async () => {
  const packed = gzipSync(readFileSync(`${fixturesDirectory}/imports.bin`));
  const path = write('cut.gz', packed.subarray(0, packed.length - 1000));
  const {code, stdout, stderr} = await runProgram([path]);
  expect(code).toBe(3);
  expect(stdout).toContain('<ROOT>');
  expect(stderr).toMatch(
    /^memray-tree-ink: .*cut\.gz: Capture is cut off at byte \d+ \(record \d+\)\. Shown: .*\n$/,
  );
});

it('names what it cannot open, with the command that unpacks it', async () => {
  const path = write('my results.xz', Buffer.from('\xfd7zXZ\0 and so on', 'latin1'));
  const file = await runProgram([path]);
  expect(file).toEqual({
    code: 1,
    stdout: '',
    stderr: `memray-tree-ink: ${path}: is compressed with xz; unpack it first: xz -dk '${path}'\n`,
  });
  const pipe = await runProgram(['-'], {input: readFileSync(path)});
  expect(pipe.stderr).toBe(
    'memray-tree-ink: standard input: is compressed with xz; unpack it on the way: xz -dc FILE | memray-tree-ink -\n',
  );
});

it('reads it again on the screen', async () => {
  const path = write('again.gz', gzipSync(readFileSync(nested)));
  const terminal = openTerminal([path], {columns: 100, rows: 30});
  await terminal.waitFor('3.664MB');
  writeFileSync(path, gzipSync(readFileSync(`${fixturesDirectory}/threads.bin`)));
  terminal.press('R');
  await terminal.waitFor(screen => !screen.includes('3.664MB') && /peak \d/.test(screen));
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  terminal.dispose();
});
