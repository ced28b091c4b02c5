import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Rename} from '../../../src/heap/frame-renames.js';
import {findMovedFolders} from '../../../src/heap/moved-folders.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';

/** `/app/x.py: load read` a line. */
function parse(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return new Map(
    lines.map(line => {
      const [file = '', names = ''] = line.trim().split(': ');
      return [file, new Set(names.split(' '))];
    }),
  );
}

function find(base: string, compared: string, given: readonly Rename[] = []): string | null {
  const moved = findMovedFolders(parse(base), parse(compared), given);
  if (moved === null) return null;
  return `${moved.folders.map(({from, to}) => `${from}=${to}`).join(' ')} ${moved.functions}`;
}

const OLD = `
  /old/app/main.py: <module> main
  /old/app/db/load.py: <module> load parse
  /usr/lib/python3.11/json/decoder.py: decode`;
const NEW = `
  /new/app/main.py: <module> main
  /new/app/db/load.py: <module> load parse save
  /usr/lib/python3.11/json/decoder.py: decode`;

describe('a moved folder', () => {
  it('is what lies before the longest common end of paths', () => {
    expect(find(OLD, NEW)).toBe('/old=/new 5');
    expect(find(OLD, NEW.replaceAll('/app/', '/app2/'))).toBe('/old/app=/new/app2 5');
    expect(find('C:\\old\\app.py: f g', 'D:\\new\\app.py: f g')).toBe('C:\\old=D:\\new 2');
  });

  it('is not looked for where paths are the same', () => {
    expect(find(OLD, OLD)).toBe(null);
    expect(find(OLD, '')).toBe(null);
    expect(find('', '')).toBe(null);
    expect(find('<string>: main', '/x/main.py: main')).toBe(null);
  });

  it('is not one that a rename in force calls something else', () => {
    expect(find(OLD, NEW, [{from: '/old', to: '/other'}])).toBe(null);
    expect(find(OLD, NEW, [{from: '/usr', to: '/opt'}])).toBe('/old=/new 5');
  });

  it('may be that of another Python', () => {
    const base = '/usr/lib/python3.11/json/a.py: f\n/usr/lib/python3.11/site-packages/x/b.py: g h';
    expect(find(base, base.replaceAll('3.11', '3.12'))).toBe('/usr/lib/python3.11=/usr/lib/python3.12 3');
  });

  it('may be one of several', () => {
    const base = `${OLD.replaceAll('3.11', '3.12')}\n/usr/lib/python3.12/re.py: compile`;
    const compared = `${NEW}\n/usr/lib/python3.11/re.py: compile`;
    expect(find(base, compared)).toBe('/old=/new /usr/lib/python3.12=/usr/lib/python3.11 7');
  });

  it('may lie within the other one', () => {
    expect(find('/srv/main.py: main load', '/srv/v2/main.py: main load')).toBe('/srv/v2=/srv 2');
    expect(find('/srv/v2/main.py: main load', '/srv/main.py: main load')).toBe('/srv/v2=/srv 2');
    expect(find('/app/a.py: main load', '/srv/app/a.py: main load')).toBe('/app=/srv/app 2');
  });
});

describe('a relative path', () => {
  it('is one of a file, or of a folder', () => {
    expect(find('app.py: main load', '/x/app.py: main load')).toBe('app.py=/x/app.py 2');
    expect(find('/x/app.py: main load', 'app.py: main load')).toBe('app.py=/x/app.py 2');
    expect(find('src/a.py: f\nsrc/b.py: g', '/x/src/a.py: f\n/x/src/b.py: g')).toBe('src=/x/src 2');
  });
});

describe('evidence', () => {
  it('is most of the functions of the side that has fewer', () => {
    const others = '/lib/one.py: a b\n/lib/two.py: c d';
    expect(find(`${OLD}\n${others}`, NEW)).toBe('/old=/new 5');
    expect(find(`/old/x.py: f g\n${others}`, `/new/x.py: f g\n${others.replaceAll('lib/', 'opt/n')}`)).toBe(
      null,
    );
  });

  it('is not the body of a module alone', () => {
    const module = (name: string): string => `/site/${name}/__init__.py: <module>`;
    expect(find(module('foo'), module('bar'))).toBe(null);
    expect(find(`${module('a')}\n${module('b')}`, `${module('c')}\n${module('d')}`)).toBe(null);
  });

  it('of a further folder is more than a chance beside that of the first', () => {
    const names = Array.from({length: 30}, (_, index) => `f${index}`).join(' ');
    const base = `/old/app.py: ${names}\n/lib/url/parse.py: <module> split\n/lib/url/fetch.py: get`;
    const compared = `/new/app.py: ${names}\n/opt/http/parse.py: <module> split\n/opt/http/send.py: put`;
    expect(find(base, compared)).toBe('/old=/new 30');
    // It is found once the first one is mapped.
    expect(find(base.replace('/old', '/new'), compared)).toBe('/lib/url=/opt/http 2');
  });

  it('is no end of a path that several files have', () => {
    expect(find('/old/x.py: f g', '/a/x.py: f g\n/b/x.py: f g')).toBe(null);
  });
});

it('renaming any folder is found, or nothing is', () => {
  const part = fc.constantFrom('a', 'b', 'c', 'lib');
  const file = fc.array(part, {minLength: 1, maxLength: 4}).map(parts => `/old/${parts.join('/')}/m.py`);
  fc.assert(
    fc.property(fc.uniqueArray(file, {minLength: 1, maxLength: 8}), files => {
      const base = new Map(files.map(each => [each, new Set(['f', 'g'])]));
      const compared = new Map(files.map(each => [each.replace('/old', '/new'), new Set(['f', 'g'])]));
      expect(findMovedFolders(base, compared, [])).toEqual({
        folders: [{from: '/old', to: '/new'}],
        functions: 2 * files.length,
      });
    }),
  );
});

describe('the note', () => {
  const open = (folder: string) =>
    buildSnapshot([
      {
        stack: [
          ['main', `${folder}/app.py`, 1],
          ['load', `${folder}/app.py`, 2],
        ],
        bytes: 10,
      },
      {
        stack: [
          ['main', `${folder}/app.py`, 1],
          ['save', '/lib/io.py', 2],
        ],
        bytes: 5,
      },
    ]);
  const [before, after] = [open('/old'), open('/my code')];

  it('names the options', () => {
    expect(compareSnapshots([after], [before]).capture.notes).toEqual([
      "2 functions of both sides lie in other folders: --path-map '/old=/my code' would pair them",
    ]);
  });

  describe('where the callers differ', () => {
    const start = (folder: string, caller: string) =>
      buildSnapshot([
        {
          stack: [
            ['<module>', caller, 1],
            ['main', `${folder}/app.py`, 1],
            ['load', `${folder}/app.py`, 2],
            ['dumps', '/lib/json.py', 2],
          ],
          bytes: 10,
        },
      ]);
    const [script, command] = [start('/new', '/new/app.py'), start('/old', '<string>')];
    const list = (...folders: readonly {from: string; to: string}[]) =>
      compareSnapshots([script], [command], {folders, functions: []}).capture.notes;

    it('promises nothing for a tree from the root', () => {
      expect(list()).toEqual([
        '2 functions of both sides lie in other folders: --path-map /old=/new would pair them, but only in a table (flat) or a tree of one of them (root:fn:=main)',
      ]);
    });

    it('says so once the options are given', () => {
      expect(list({from: '/old', to: '/new'})).toEqual([
        'most functions of both sides have other callers: a tree pairs rows from the root down; a table (flat) or a tree of one of them (root:fn:=main) pairs them',
      ]);
    });
  });

  it('is not there once they are given, for the same folders, and without a base', () => {
    const renames = {folders: [{from: '/old', to: '/my code'}], functions: []};
    expect(compareSnapshots([after], [before], renames).capture.notes).toEqual([]);
    expect(compareSnapshots([before], [before]).capture.notes).toEqual([]);
    expect(compareSnapshots([after, before], []).capture.notes).toEqual([]);
  });
});
