import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {nodeImageFs} from '../../../src/symbols/image-fs.js';
import {openFile} from '../../../src/symbols/open-file.js';
import {memoryImageFs} from '../../helpers/memory-image-fs.js';

const FUSE = 0x65735546;

describe('opening what a capture names', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'images-'));
    writeFileSync(join(folder, 'plain'), 'content');
    symlinkSync(join(folder, 'plain'), join(folder, 'link'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    symlinkSync('/dev/zero', join(folder, 'zero'));
    symlinkSync('/proc/self/maps', join(folder, 'maps'));
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), 4 * 1024 ** 3 + 1);
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')]);
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  test('reads regular files by position, through links too', () => {
    for (const name of ['plain', 'link']) {
      const file = openFile(nodeImageFs, join(folder, name), false)!;
      expect(new TextDecoder().decode(file.read(3, 4))).toBe('tent');
      expect(file.size).toBe(7);
      expect(() => file.read(3, 5)).toThrow('Beyond');
      expect(() => file.read(-1, 2)).toThrow('Beyond');
      file.close();
    }
  });

  test('opens nothing that is no regular file, a door to the system, too large or not there', () => {
    const names = ['pipe', 'loop', 'zero', 'maps', 'huge', 'missing', '.', 'plain/deeper', 'pla\0in'];
    for (const name of names) expect(openFile(nodeImageFs, join(folder, name), false), name).toBeNull();
    for (const path of [
      '',
      '/dev/zero',
      '/proc/self/exe',
      '/sys/kernel/notes',
      '//host/share/x.so',
      'http://x/y',
    ])
      expect(openFile(nodeImageFs, path, false), path).toBeNull();
  });

  test('leaves file systems of users alone unless the folder was asked for', () => {
    const fs = memoryImageFs({'/far/lib.so': new Uint8Array(3)}, {'/far/lib.so': FUSE});
    expect(openFile(fs, '/far/lib.so', false)).toBeNull();
    expect(openFile(fs, '/far/lib.so', true)?.size).toBe(3);
  });

  test('reports a file that ends while it is read as bad, not as an endless one', () => {
    const fs = {...memoryImageFs({'/a': new Uint8Array(10)}), read: () => 0};
    expect(() => openFile(fs, '/a', false)!.read(0, 5)).toThrow('ends early');
  });
});
