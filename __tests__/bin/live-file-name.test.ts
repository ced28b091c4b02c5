import {expect, test} from 'vitest';
import {chooseLiveFileName} from '../../bin/live-file-name.js';

const choose = (commandLine: string, present: readonly string[] = []) =>
  chooseLiveFileName({commandLine, pid: 12}, async name => present.includes(name));

test.each([
  ['/usr/bin/memray run --live-remote --live-port 4000 src/app.py 1', 'memray-app.py.12.bin'],
  ['memray run --live-remote -m http.server', 'memray-http.server.12.bin'],
  ['memray run --live-remote "a b/../\u001b[2J;rm.py', 'memray-_2J_rm.py.12.bin'],
  [`memray run ${'x'.repeat(500)}.py`, `memray-${'x'.repeat(60)}.12.bin`],
  ['', 'memray-live.12.bin'],
])('is that of memray for %s', async (commandLine, name) => {
  expect(await choose(commandLine)).toBe(name);
});

test('is one that no file has', async () => {
  expect(await choose('app.py', ['memray-app.py.12.bin'])).toBe('memray-app.py.12-2.bin');
  const present = ['memray-app.py.12.bin', 'memray-app.py.12-2.bin'];
  expect(await choose('app.py', present)).toBe('memray-app.py.12-3.bin');
});
