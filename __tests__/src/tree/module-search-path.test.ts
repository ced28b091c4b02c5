import {describe, expect, it} from 'vitest';
import {createModuleNamer} from '../../../src/format/module-namer.js';
import {findScriptFolders, getModuleSearchPath} from '../../../src/tree/module-search-path.js';
import {buildSnapshot, type FrameTuple} from '../../helpers/snapshot-builder.js';

describe('findScriptFolders', () => {
  const MEMRAY = '/venv/bin/memray run -o out.bin';

  it.each<[string, readonly string[], readonly string[]]>([
    [`${MEMRAY} app/main.py`, ['app/main.py', '/srv/demo/app/helpers.py'], ['app', '/srv/demo/app']],
    [`${MEMRAY} app/main.py`, ['app/main.py', '/srv/demo/app/sub/deep.py'], ['app', '/srv/demo/app']],
    // Two folders could be meant: neither is taken.
    [`${MEMRAY} app/main.py`, ['app/main.py', '/a/app/x.py', '/b/app/y.py'], ['app']],
    [`${MEMRAY} app/main.py`, ['app/main.py', '/srv/wrapp/helpers.py', '/srv/apple/x.py'], ['app']],
    [`${MEMRAY} ../other/main.py`, ['../other/main.py', '/srv/other/x.py'], ['../other', '/srv/other']],
    [`${MEMRAY} main.py`, ['main.py', '/srv/demo/helpers.py'], ['.']],
    [`${MEMRAY} ../main.py`, ['../main.py', '/srv/demo/helpers.py'], ['..']],
    [`${MEMRAY} /srv/demo/main.py --fast`, ['/srv/demo/main.py'], ['/srv/demo']],
    [`${MEMRAY} /srv/my app/the main.py -v`, ['/srv/my app/the main.py'], ['/srv/my app']],
    // No recorded file has the name: it may be an argument like any other.
    [`${MEMRAY} tool setup.py`, ['/srv/demo/tool.py'], []],
    ['/venv/lib/memray/__main__.py run main.py', ['/venv/lib/memray/__main__.py', 'main.py'], ['.']],
    ['api.py out.bin', ['api.py'], ['.']],
    [`${MEMRAY} -m pkg one two`, ['/srv/demo/pkg/__main__.py', '/srv/demo/pkg/a.py'], ['/srv/demo']],
    [`${MEMRAY} -m pkg.mod`, ['/srv/demo/pkg/__init__.py', '/srv/demo/pkg/mod.py'], ['/srv/demo']],
    [`${MEMRAY} -m mod`, ['/mod.py'], ['/']],
    [`${MEMRAY} -m pkg`, ['/a/pkg/__main__.py', '/b/pkg/__main__.py'], []],
    [`${MEMRAY} -m ../x`, ['/srv/x.py'], []],
    // The program's own option.
    [`${MEMRAY} main.py -m pkg`, ['main.py', '/srv/pkg/__main__.py'], ['.']],
    ['', ['main.py'], []],
    ['gunicorn app:app', ['/srv/app.py'], []],
  ])('%j with %j: %j', (commandLine, files, folders) => {
    expect(findScriptFolders(commandLine, files)).toEqual(folders);
  });
});

describe('getModuleSearchPath', () => {
  const stack: FrameTuple[] = [
    ['main', 'app/main.py', 1],
    ['grow', '/srv/demo/app/helpers.py', 2],
    ['load', '/usr/lib/app/x.py', 3],
  ];
  const snapshot = buildSnapshot([{stack, bytes: 10}]);
  const capture = {...snapshot.capture, commandLine: 'memray run app/main.py', sysPath: ['/usr/lib']};

  it('has the recorded search path first, then the script, then the folders of this machine', () => {
    const searchPath = getModuleSearchPath(capture, snapshot, ['/', '/srv/demo']);
    expect(searchPath).toEqual(['/usr/lib', 'app', '/srv/demo/app', '/srv/demo']);
    const moduleOf = createModuleNamer({searchPath});
    expect(['app/main.py', '/srv/demo/app/helpers.py', '/usr/lib/app/x.py', '/x/y.py'].map(moduleOf)).toEqual(
      ['main', 'helpers', 'app.x', '/x/y.py'],
    );
  });

  it('takes the scripts of all captures that are shown together', () => {
    const part = (commandLine: string) => ({
      name: '',
      capture: {...capture, commandLine},
      failure: null,
      heldLocations: Infinity,
    });
    const parts = [part('memray run other.py'), part('memray run app/main.py')];
    expect(getModuleSearchPath({...capture, parts}, snapshot)).toEqual(['/usr/lib', 'app', '/srv/demo/app']);
  });
});
