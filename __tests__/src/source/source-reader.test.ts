import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {getPlatform} from '../../../src/platform/platform.js';
import {nodeSourceFs, type SourceFs} from '../../../src/source/source-fs.js';
import {createSourceReader, type SourceReaderOptions} from '../../../src/source/source-reader.js';
import type {SourceResult} from '../../../src/source/source-result.js';

let folder = '';
const END_MS = Date.UTC(2026, 0, 1);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'source-reader-')));
  write('old.py', 'a\nb\nc\n');
  write('new.py', 'a\n', END_MS + 1000);
});
afterAll(() => {
  rmSync(folder, {recursive: true, force: true});
});

function write(name: string, content: string | Uint8Array, timeMs = END_MS): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), {recursive: true});
  writeFileSync(path, content);
  utimesSync(path, timeMs / 1000, timeMs / 1000);
  return path;
}

function createReader(options: Partial<SourceReaderOptions> = {}) {
  return createSourceReader({
    pathMap: [],
    sourceRoot: null,
    currentDirectory: folder,
    captureDirectory: null,
    searchPaths: [],
    libdest: '',
    ...options,
  });
}

const read = (file: string, reveal = false): Promise<SourceResult> => createReader().read(file, {reveal});

describe('what is shown', () => {
  test('a file: all its lines', async () => {
    expect(await read('old.py')).toEqual({
      kind: 'text',
      path: join(folder, 'old.py'),
      lines: ['a', 'b', 'c'],
      firstLine: 1,
      totalLines: 3,
      language: 'python',
    });
  });

  test('the first folder that has it', async () => {
    write('one/pkg/x.py', 'one');
    write('two/pkg/x.py', 'two');
    const reader = createReader({
      sourceRoot: 'nowhere',
      searchPaths: [join(folder, 'one'), join(folder, 'two')],
    });
    expect(await reader.read('pkg/x.py')).toMatchObject({lines: ['one']});
  });

  test('a directory of that name does not hide the file in another folder', async () => {
    mkdirSync(join(folder, 'x.py'));
    write('three/x.py', 'three');
    const reader = createReader({captureDirectory: join(folder, 'three')});
    expect(await reader.read('x.py')).toMatchObject({lines: ['three']});
  });

  test('a very long file: the part around the line', async () => {
    write('long.py', Array.from({length: 60_001}, (_, index) => `${index + 1}`).join('\n'));
    const reader = createReader();
    const end = await reader.read('long.py', {line: 60_001});
    expect(end).toMatchObject({firstLine: 25_001, totalLines: 60_001});
    expect(end.kind === 'text' && end.lines.at(-1)).toBe('60001');
    expect(await reader.read('long.py', {line: 3})).toMatchObject({firstLine: 1});
  });

  test('of a huge file no more than 8 MiB are read', async () => {
    const path = write('huge.py', 'x = 1\n'.repeat(10_000));
    const descriptor = openSync(path, 'r+');
    ftruncateSync(descriptor, 10 * 1024 ** 3);
    closeSync(descriptor);
    const reader = createReader();
    expect(await reader.read('huge.py', {line: 5})).toMatchObject({kind: 'text', totalLines: null});
    expect(await reader.read('huge.py', {line: 1_000_000})).toMatchObject({
      kind: 'refused',
      reason: 'too-large',
    });
  });

  test('a file whose first line is too long is too large, wherever the line is', async () => {
    write('minified.py', `x = "${'y'.repeat(9 * 1024 * 1024)}"\n`);
    for (const line of [0, 1, 2]) {
      const result = await createReader().read('minified.py', {line});
      expect(result).toMatchObject({kind: 'refused', reason: 'too-large'});
    }
  });

  test('an empty file', async () => {
    write('empty.py', '');
    expect(await read('empty.py')).toMatchObject({kind: 'text', lines: [], totalLines: 0});
  });
});

describe('what is not found', () => {
  test('lists the paths that were tried', async () => {
    const reader = createReader({sourceRoot: '/root', searchPaths: ['/lib']});
    expect(await reader.read('no.py')).toEqual({
      kind: 'not-found',
      tried: ['/root/no.py', join(folder, 'no.py'), '/lib/no.py'],
    });
  });

  test.each([
    ['<string>', 'string'],
    ['', 'unnamed'],
    ['<frozen nothing>', 'frozen'],
    ['/tmp/ipykernel_123/456.py', 'notebook'],
    ['Cell In[3]', 'notebook'],
  ])('%j is no file', async (name, pseudo) => {
    expect(await read(name)).toEqual({kind: 'no-file', pseudo});
  });

  test('a cell that a debugger has written to a file is shown', async () => {
    const path = write('ipykernel_123/456.py', 'x = 1');
    expect(await read(path)).toMatchObject({kind: 'text', lines: ['x = 1']});
  });

  test('odd names', async () => {
    for (const name of [
      'a\0b.py',
      'x'.repeat(5000),
      '__proto__',
      'constructor',
      '\ud800.py',
      'old.py/',
      'old.py/x',
    ]) {
      expect((await read(name)).kind, name).toMatch(name === 'old.py/' ? /text|not-found/ : /not-found/);
    }
  });

  test('dangling and looping links', async () => {
    symlinkSync('nothing', join(folder, 'dangling.py'));
    symlinkSync('loop.py', join(folder, 'loop.py'));
    expect(await read('dangling.py')).toMatchObject({kind: 'not-found'});
    expect(await read('loop.py')).toMatchObject({kind: 'not-found'});
  });
});

describe('what is refused', () => {
  const refusal = async (file: string, reveal = false) => {
    const result = await read(file, reveal);
    return result.kind === 'refused' ? result.reason : result.kind;
  };

  test('pipes, folders, sockets: at once, without waiting for a writer', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.py')]);
    mkdirSync(join(folder, 'folder.py'));
    expect(await refusal('pipe.py')).toBe('not-a-regular-file');
    expect(await refusal('folder.py')).toBe('not-a-regular-file');
  });

  test.each([['/dev/zero'], ['/proc/self/environ'], ['/sys/kernel'], ['/dev'], ['/usr/../proc/self/mem']])(
    '%s',
    async file => {
      expect(await refusal(file)).toBe('system-path');
      expect(await refusal(file, true)).toBe('system-path');
    },
  );

  test('links to them', async () => {
    symlinkSync('/proc/self/status', join(folder, 'status.py'));
    expect(await refusal('status.py')).toBe('system-path');
  });

  test.each([['\\\\host\\share\\x.py'], ['//host/share/x.py'], ['http://host/x.py'], ['file:///etc/passwd']])(
    '%s',
    async file => {
      expect(await refusal(file)).toBe('remote-path');
    },
  );

  test('binary files', async () => {
    write('binary.py', Buffer.from([0x61, 0, 0x62]));
    write('late.py', `${'x'.repeat(9000)}\0`);
    expect(await refusal('binary.py')).toBe('binary');
    expect(await refusal('late.py')).toBe('text');
  });

  test('secrets, until they are asked for', async () => {
    chmodSync(write('id_rsa', 'secret'), 0o600);
    chmodSync(write('mine.py', 'x'), 0o600);
    chmodSync(folder, 0o755);
    chmodSync(write('notes', 'x'), 0o644);
    mkdirSync(join(folder, 'mine'), {mode: 0o700});
    chmodSync(write('mine/notes', 'x'), 0o644);
    chmodSync(write('mine/app.py', 'x'), 0o644);
    symlinkSync('id_rsa', join(folder, 'harmless.py'));
    expect(await refusal('id_rsa')).toBe('private');
    expect(await refusal('harmless.py')).toBe('private');
    expect(await refusal('id_rsa', true)).toBe('text');
    expect(await refusal('mine.py')).toBe('text');
    expect(await refusal('notes')).toBe('text');
    expect(await refusal('mine/notes')).toBe('private');
    expect(await refusal('mine/notes', true)).toBe('text');
    expect(await refusal('mine/app.py')).toBe('text');
  });
});

describe('on Windows', () => {
  const fs: SourceFs = {...nodeSourceFs, platform: getPlatform('win32')};

  test('only sources are shown unasked: modes say nothing there', async () => {
    chmodSync(write('notes', 'x'), 0o644);
    const reader = createReader({fs});
    expect(await reader.read('notes')).toMatchObject({kind: 'refused', reason: 'private'});
    expect(await reader.read('notes', {reveal: true})).toMatchObject({kind: 'text'});
    expect(await reader.read('old.py')).toMatchObject({kind: 'text'});
  });

  test('names of devices are never opened', async () => {
    write('aux.py', 'x');
    const open = vi.fn(nodeSourceFs.open);
    const reader = createReader({fs: {...fs, open}});
    expect(await reader.read('aux.py', {reveal: true})).toMatchObject({reason: 'system-path'});
    expect(open).not.toHaveBeenCalled();
  });
});

describe('file systems', () => {
  const on = (type: number): SourceFs => ({...nodeSourceFs, statfs: () => Promise.resolve({type})});

  test('those of the kernel are refused, those of users are shown when asked for', async () => {
    expect(await createReader({fs: on(0x9fa0)}).read('old.py', {reveal: true})).toMatchObject({
      reason: 'system-path',
    });
    const fuse = createReader({fs: on(0x65735546)});
    expect(await fuse.read('old.py')).toMatchObject({reason: 'user-file-system'});
    expect(await fuse.read('old.py', {reveal: true})).toMatchObject({kind: 'text'});
  });

  test('read errors are reported, and nothing stays open', async () => {
    const close = vi.fn(() => Promise.resolve());
    const fail = () => Promise.reject(Object.assign(new Error('EIO'), {code: 'EIO'}));
    const stat = () => Promise.resolve({size: 5, mode: 0o644, mtimeMs: 0, isFile: () => true});
    for (const handle of [
      {stat, read: fail, close},
      {stat: fail, read: fail, close},
    ]) {
      const fs = {...nodeSourceFs, open: () => Promise.resolve(handle)};
      expect(await createReader({fs}).read('old.py')).toMatchObject({kind: 'refused', reason: 'unreadable'});
    }
    expect(close).toHaveBeenCalledTimes(2);
    const denied = () => Promise.reject(Object.assign(new Error('EACCES'), {code: 'EACCES'}));
    expect(await createReader({fs: {...nodeSourceFs, open: denied}}).read('old.py')).toMatchObject({
      reason: 'unreadable',
    });
  });

  test('one that does not answer: reported after a while, asked no second time until it answers', async () => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    try {
      let answer = (_path: string): void => {};
      const realpath = vi.fn(() => new Promise<string>(resolve => (answer = resolve)));
      const reader = createReader({fs: {...nodeSourceFs, realpath}, timeoutMs: 2000});
      const first = reader.read('old.py');
      await vi.waitFor(() => expect(realpath).toHaveBeenCalledTimes(1));
      const second = reader.read('new.py');
      vi.advanceTimersByTime(2000);
      const notAnswering = {kind: 'refused', path: 'old.py', reason: 'not-answering'};
      expect(await first).toEqual(notAnswering);
      expect(await second).toEqual(notAnswering);
      expect(realpath).toHaveBeenCalledTimes(1);
      answer(join(folder, 'old.py'));
      realpath.mockImplementation(() => Promise.resolve(join(folder, 'new.py')));
      await vi.waitFor(async () => expect(await reader.read('new.py')).toMatchObject({kind: 'text'}));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the cache', () => {
  test('asks the file system once', async () => {
    const open = vi.fn(nodeSourceFs.open);
    const reader = createReader({fs: {...nodeSourceFs, open}});
    expect(reader.get('old.py')).toBeNull();
    const result = await reader.read('old.py');
    expect(reader.get('old.py')).toBe(result);
    expect(await reader.read('old.py', {line: 2})).toBe(result);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('forgets what was not asked for longest', async () => {
    const reader = createReader();
    await reader.read('old.py');
    for (let index = 0; index < 15; index++) await reader.read(`no-${index}.py`);
    expect(reader.get('old.py')).not.toBeNull();
    await reader.read('no-15.py');
    expect(reader.get('old.py')).not.toBeNull();
    expect(reader.get('no-0.py')).toBeNull();
  });
});

test('reads run one after another', async () => {
  let under = 0;
  let most = 0;
  const fs: SourceFs = {
    ...nodeSourceFs,
    async realpath(path) {
      most = Math.max(most, ++under);
      await new Promise(resolve => setImmediate(resolve));
      under--;
      return path;
    },
  };
  const reader = createReader({fs});
  await Promise.all(['a.py', 'b.py', 'old.py', 'c.py'].map(file => reader.read(file)));
  expect(most).toBe(1);
});
