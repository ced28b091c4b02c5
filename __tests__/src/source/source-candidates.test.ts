import {posix, win32} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {SourceSearchOptions} from '../../../src/source/search-options.js';
import {listCandidates} from '../../../src/source/source-candidates.js';

const nowhere: SourceSearchOptions = {
  pathMap: [],
  sourceRoot: null,
  currentDirectory: '/home',
  captureDirectory: null,
  searchPaths: [],
  libdest: '',
};

function listFor(file: string, options: Partial<SourceSearchOptions> = {}, path = posix): readonly string[] {
  return listCandidates(file, {...nowhere, ...options}, path);
}

test('the order: path map, source root, as recorded', () => {
  expect(
    listFor('/app/src/x.py', {
      pathMap: [{from: '/app', to: 'checkout'}],
      sourceRoot: '/root',
      captureDirectory: '/cap',
    }),
  ).toEqual([
    '/home/checkout/src/x.py',
    '/root/app/src/x.py',
    '/root/src/x.py',
    '/root/x.py',
    '/app/src/x.py',
  ]);
});

test('the order of a relative name: current directory, capture, search paths', () => {
  const options = {captureDirectory: '/cap', searchPaths: ['/srv', '', 'lib', '/srv']};
  expect(listFor('pkg/x.py', options)).toEqual([
    '/home/pkg/x.py',
    '/cap/pkg/x.py',
    '/srv/pkg/x.py',
    '/home/lib/pkg/x.py',
  ]);
});

describe('path map', () => {
  const pathMap = [
    {from: '/app/', to: '/here'},
    {from: '/app', to: '/there'},
    {from: '/only.py', to: '/mapped.py'},
    {from: 'C:\\app', to: '/win'},
  ];
  test.each([
    ['/app/x.py', ['/here/x.py', '/there/x.py', '/app/x.py']],
    ['/apple/x.py', ['/apple/x.py']],
    ['app/x.py', ['/home/app/x.py']],
    ['/only.py', ['/mapped.py', '/only.py']],
    ['C:\\app\\pkg\\x.py', ['/win/pkg/x.py']],
    ['C:/app/x.py', ['/win/x.py']],
  ])('%s', (file, expected) => {
    expect(listFor(file, {pathMap})).toEqual(expected);
  });
});

describe('source root', () => {
  const options = {sourceRoot: 'src', searchPaths: ['/app/lib', '/usr/lib/python3.11']};
  test('an end that is shorter than the module would be another module', () => {
    expect(listFor('/app/lib/pkg/mod.py', options)).toEqual([
      '/home/src/app/lib/pkg/mod.py',
      '/home/src/lib/pkg/mod.py',
      '/home/src/pkg/mod.py',
      '/app/lib/pkg/mod.py',
    ]);
  });
  test('__init__.py alone identifies nothing', () => {
    expect(listFor('/x/pkg/__init__.py', {sourceRoot: '/r'})).not.toContain('/r/__init__.py');
    expect(listFor('__init__.py', {sourceRoot: '/r'})).toContain('/r/__init__.py');
  });
  test('a path of thousands of parts makes few candidates', () => {
    expect(listFor(`/${'a/'.repeat(5000)}x.py`, {sourceRoot: '/r'}).length).toBeLessThan(40);
    expect(
      listFor('x.py', {searchPaths: Array.from({length: 5000}, (_, i) => `/p${i}`)}).length,
    ).toBeLessThan(80);
  });
});

test('names of code that is in no file', () => {
  for (const name of ['', '<string>', '<frozen os>', '<attrs generated init a.B>', '<a\nb>']) {
    expect(listFor(name, {sourceRoot: '/r', searchPaths: ['/lib']})).toEqual([]);
  }
});

describe('frozen modules', () => {
  const libdest = '/usr/lib/python3.11';
  test.each([
    ['<frozen os>', `${libdest}/os.py`],
    ['<frozen importlib._bootstrap>', `${libdest}/importlib/_bootstrap.py`],
  ])('%s', (name, first) => {
    expect(listFor(name, {libdest})[0]).toBe(first);
  });
  test.each([
    ['<frozen ../../etc/passwd>'],
    ['<frozen os/x>'],
    ['<frozen .os>'],
    ['<frozen >'],
    ['<string>'],
  ])('%s is none', name => {
    expect(listFor(name, {libdest})).toEqual([]);
  });
});

test("on Windows the other system's paths are not looked up", () => {
  const options = {currentDirectory: 'C:\\home', pathMap: [{from: '/app', to: 'D:\\src'}]};
  expect(listFor('/app/pkg/x.py', options, win32 as typeof posix)).toEqual([
    'D:\\src\\pkg\\x.py',
    '\\app\\pkg\\x.py',
  ]);
  expect(listFor('C:\\app\\x.py', options, win32 as typeof posix)).toEqual(['C:\\app\\x.py']);
  expect(listFor('C:\\app\\x.py')).toEqual([]);
});
