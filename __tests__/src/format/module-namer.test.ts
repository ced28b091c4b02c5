import {describe, expect, it} from 'vitest';
import {createModuleNamer} from '../../../src/format/module-namer.js';

describe('createModuleNamer', () => {
  const moduleOf = createModuleNamer({
    searchPath: [
      '',
      '/srv/demo',
      '/srv/demo/inner',
      '/usr/lib/python311.zip',
      '/usr/lib/python3.11/',
      '/srv/app.zip',
      '.',
    ],
  });

  it.each([
    ['/srv/demo/app/data.py', 'app.data'],
    ['/usr/lib/python3.11/json/decoder.py', 'json.decoder'],
    ['/usr/lib/python3.11/json/__init__.py', 'json'],
    ['/srv/demo/__init__.py', '__init__'],
    // The first that holds the file, not the closest.
    ['/srv/demo/inner/x.py', 'inner.x'],
    ['/srv/app.zip/pkg/__main__.py', 'pkg.__main__'],
    ['/srv/demo//./app/x.py', 'app.x'],
    ['/srv/demo/../x.py', '...x'],
    ['/srv/demo/a.b/x.y.py', 'a.b.x.y'],
    ['/srv/demo/.py', '.py'],
    ['nested.py', 'nested'],
    ['lib/nested.py', 'lib.nested'],
    // Held by none.
    ['/srv/demonstration/x.py', '/srv/demonstration/x.py'],
    ['//srv/demo/x.py', '//srv/demo/x.py'],
    ['/srv/demo/x.pyc', '/srv/demo/x.pyc'],
    ['/srv/demo/lib.so', '/srv/demo/lib.so'],
    ['<string>', '<string>'],
    ['', ''],
    ['__proto__', '__proto__'],
  ])('%j is %j', (file, module) => {
    expect(moduleOf(file)).toBe(module);
    expect(moduleOf(file)).toBe(module);
  });

  it('leaves files alone where the capture has no search path', () => {
    expect(createModuleNamer({searchPath: []})('/srv/demo/x.py')).toBe('/srv/demo/x.py');
  });

  it('takes an empty entry for none, as memray does', () => {
    expect(createModuleNamer({searchPath: ['']})('x.py')).toBe('x.py');
  });

  it('takes the root for a folder like others', () => {
    expect(createModuleNamer({searchPath: ['/']})('/srv/x.py')).toBe('srv.x');
  });
});
