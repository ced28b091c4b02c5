import {join, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {listModuleFolders} from '../../bin/folders.js';

describe('the folders of the own modules', () => {
  const input = {kind: 'file', path: join('captures', 'today', 'results.bin')} as const;
  const here = [process.cwd(), resolve('captures', 'today')];

  it('are the current folder and that of the capture', () => {
    expect(listModuleFolders(input)).toEqual(here);
  });

  it('are also what --path-map says that they were called where the program was recorded', () => {
    const list = (from: string, to: string) => listModuleFolders(input, [{from, to}]).slice(2);
    expect(list('/srv/newsroom', join('captures', 'today'))).toEqual(['/srv/newsroom']);
    expect(list('/srv/', 'captures')).toEqual(['/srv/today']);
    expect(list('/srv', '.')).toEqual(['/srv', '/srv/captures/today']);
    expect(list('/srv', 'elsewhere')).toEqual([]);
    expect(list('/srv', join('captures', 'today', 'src'))).toEqual([]);
  });
});
