import {expect, test} from 'vitest';
import {openTerminal} from './terminal.js';

test('what a program does not read keeps nobody waiting', async () => {
  const command = ['/bin/sh', '-c', 'stty raw -echo; echo ready; exec sleep 60'];
  const terminal = openTerminal([], {command});
  await terminal.waitFor('ready');
  terminal.type('x'.repeat(1_000_000));
  terminal.press('ctrl-c');
  await new Promise(resolve => setImmediate(resolve));
  terminal.dispose();
  expect((await terminal.exited).signal).toBe(9);
});

test('all that is typed arrives, in order', async () => {
  const command = ['/bin/sh', '-c', 'stty raw -echo; echo ready; head -c 300001 | tail -c 6; sleep 60'];
  const terminal = openTerminal([], {command});
  await terminal.waitFor('ready');
  terminal.type('x'.repeat(299_995));
  terminal.type('at ');
  terminal.type('end');
  await terminal.waitFor('at end');
  terminal.dispose();
});
