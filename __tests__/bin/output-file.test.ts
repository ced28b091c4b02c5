import {EventEmitter} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import fs from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createOutputFile, type OutputFiles} from '../../bin/output-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
  path = join(folder, 'out.json');
});
afterEach(() => rmSync(folder, {recursive: true}));

function createHost() {
  const killed: string[] = [];
  return Object.assign(new EventEmitter(), {
    pid: 7,
    killed,
    kill: (pid: number, signal: string) => {
      killed.push(`${pid} ${signal}`);
    },
  });
}

async function create({
  isForced = false,
  isPartialKept = false,
  files = {},
}: {
  isForced?: boolean;
  isPartialKept?: boolean;
  files?: Partial<OutputFiles>;
} = {}) {
  const host = createHost();
  const output = await createOutputFile({path, isForced, isPartialKept, inputs: []}, {...fs, ...files}, host);
  return {host, output};
}

const errorOf = (code: string) => Object.assign(new Error(code), {code});
const rejectWith = (code: string) => () => Promise.reject(errorOf(code));

/** Files whose handles fail at one of their methods. */
function failAt(method: 'writeFile' | 'sync' | 'close', code: string): Partial<OutputFiles> {
  return {
    open: async (...args: Parameters<typeof fs.open>) => {
      const file = await fs.open(...args);
      const original = file[method].bind(file) as () => Promise<void>;
      let isFirst = true;
      return Object.assign(file, {
        [method]: async () => {
          if (!isFirst) return original();
          isFirst = false;
          throw errorOf(code);
        },
      });
    },
  };
}

test('a file has its name only when it is complete, and only its owner may read it', async () => {
  const {output, host} = await create();
  await output.write('one ');
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder)).toHaveLength(1);
  await output.write('two');
  await output.finish();
  expect(readdirSync(folder)).toEqual(['out.json']);
  expect(readFileSync(path, 'utf8')).toBe('one two');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(host.eventNames()).toEqual([]);
});

describe('where a file cannot be written', () => {
  test.each([
    ['writeFile', 'ENOSPC', 'cannot be written: no space left on the device (ENOSPC)'],
    ['sync', 'EDQUOT', 'cannot be written: disk quota exceeded (EDQUOT)'],
    ['close', 'EIO', 'cannot be written: input/output error (EIO)'],
  ] as const)('nothing is left of it: %s says %s', async (method, code, message) => {
    const {output, host} = await create({files: failAt(method, code)});
    const writing = output.write('text').then(() => output.finish());
    await expect(writing).rejects.toThrow(message);
    await output.discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(host.eventNames()).toEqual([]);
  });

  test('the one of that name stays as it was', async () => {
    writeFileSync(path, 'old');
    const {output} = await create({isForced: true, files: failAt('sync', 'ENOSPC')});
    await output.write('new');
    await expect(output.finish()).rejects.toThrow('no space left');
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('it is not begun', async () => {
    const host = createHost();
    const creating = createOutputFile(
      {path, isForced: false, inputs: []},
      {...fs, open: rejectWith('EACCES')},
      host,
    );
    await expect(creating).rejects.toThrow('cannot be written: permission denied (EACCES)');
    expect(host.eventNames()).toEqual([]);
  });
});

describe.each([
  ['with hard links', {}],
  ['without hard links', {link: rejectWith('EPERM')}],
])('on a file system %s', (_, files: Partial<OutputFiles>) => {
  test('a new file gets its name', async () => {
    const {output} = await create({files});
    await output.write('new');
    await output.finish();
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('a file that came meanwhile is not replaced', async () => {
    const {output} = await create({
      files: {
        ...files,
        // It comes at the last moment, after the check.
        async lstat() {
          writeFileSync(path, 'came');
          throw errorOf('ENOENT');
        },
      } as Partial<OutputFiles>,
    });
    await output.write('new');
    await expect(output.finish()).rejects.toThrow('exists already; --force overwrites it');
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe('came');
  });

  test('one is replaced where that is wanted', async () => {
    writeFileSync(path, 'old');
    const {output} = await create({files, isForced: true});
    await output.write('new');
    await output.finish();
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGQUIT'])(
  '%s removes what was written and ends the process',
  async signal => {
    const {host, output} = await create();
    await output.write('half');
    host.emit(signal);
    expect(readdirSync(folder)).toEqual([]);
    expect(host.killed).toEqual([`7 ${signal}`]);
    // The signal is the system's again, so it ends the process.
    expect(host.eventNames()).toEqual([]);
    await output.discard();
  },
);

test('an exit in the middle removes what was written', async () => {
  const {host, output} = await create();
  host.emit('exit');
  expect(readdirSync(folder)).toEqual([]);
  await output.discard();
});

describe('what is kept although it is not complete', () => {
  test.each(['SIGINT', 'SIGTERM', 'exit'])('has its name after %s', async event => {
    const {host, output} = await create({isPartialKept: true});
    await output.write(Uint8Array.of(104, 105));
    host.emit(event);
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe('hi');
    await output.discard();
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  test('is no file where nothing was written', async () => {
    const {host, output} = await create({isPartialKept: true});
    host.emit('exit');
    expect(readdirSync(folder)).toEqual([]);
    await output.discard();
  });

  test.each([
    [false, 'old'],
    [true, 'new'],
  ])('replaces another file only where that is wanted (%s)', async (isForced, content) => {
    writeFileSync(path, 'old');
    const {host, output} = await create({isPartialKept: true, isForced});
    await output.write('new');
    host.emit('SIGTERM');
    expect(readdirSync(folder)).toEqual(['out.json']);
    expect(readFileSync(path, 'utf8')).toBe(content);
    await output.discard();
  });
});
