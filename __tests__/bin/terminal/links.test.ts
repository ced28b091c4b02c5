import {hostname} from 'node:os';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {getLinkTo} from '../../../bin/terminal/links.js';
import {getPlatform} from '../../../src/platform/platform.js';
import {hostileText} from '../../helpers/hostile-text.js';

const linux = getPlatform('linux');
const MODERN = {TERM: 'xterm-256color', COLORTERM: 'truecolor'};

test.each([
  {TERM: 'dumb', COLORTERM: 'truecolor'},
  {TERM: 'linux'},
  {TERM: 'xterm'},
  {TERM: 'screen-256color'},
  {},
])('there are no links in %j', env => {
  expect(getLinkTo(env, linux)).toBeNull();
});

describe('the address of a file', () => {
  it('names the host, and has the line where terminals take it', () => {
    const path = '/srv/a b/app.py';
    const address = `file://${hostname().toLowerCase()}/srv/a%20b/app.py`;
    expect(getLinkTo(MODERN, linux)!(path, 4)).toBe(address);
    expect(getLinkTo({...MODERN, NO_COLOR: '1'}, linux)!(path, 4)).toBe(address);
    expect(getLinkTo({TERM: 'xterm-kitty'}, linux)!(path, 4)).toBe(`${address}#4`);
    expect(getLinkTo({...MODERN, TERM_PROGRAM: 'iTerm.app'}, linux)!(path, 4)).toBe(`${address}#4`);
    expect(getLinkTo({TERM: 'xterm-kitty'}, linux)!(path, 0)).toBe(address);
  });

  it('is printable ASCII that leads to the same file, whatever its name', () => {
    const linkTo = getLinkTo({TERM: 'xterm-kitty'}, linux)!;
    for (const text of [
      ...fc.sample(hostileText, {numRuns: 300, seed: 11}),
      '#?;%41\\',
      'end ',
      'a:3',
      '\u001b]8;;x\u001b\\',
      'é 中 ‮',
    ]) {
      const name = text.replaceAll(/[\0/]/g, '').toWellFormed();
      if (/^\.{0,2}$/.test(name)) continue;
      const address = linkTo(`/srv/${name}`, 4);
      expect(address).toMatch(/^file:\/\/[!-~]+#4$/);
      const url = new URL(address);
      url.hostname = '';
      expect(fileURLToPath(url)).toBe(`/srv/${name}`);
    }
  });
});
