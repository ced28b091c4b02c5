import {expect, test} from 'vitest';
import {openTerminal, type Terminal} from './terminal.js';

/** A program of the shell in a terminal that hands over each byte as it is typed. */
async function openRaw(script: string): Promise<Terminal> {
  const terminal = openTerminal([], {command: ['/bin/sh', '-c', `stty raw -echo; echo ready; ${script}`]});
  await terminal.waitFor('ready');
  return terminal;
}

test('what a program does not read keeps nobody waiting', async () => {
  const terminal = await openRaw('exec sleep 60');
  terminal.type('x'.repeat(1_000_000));
  terminal.press('ctrl-c');
  await new Promise(resolve => setImmediate(resolve));
  terminal.dispose();
  expect((await terminal.exited).signal).toBe(9);
});

test('all that is typed arrives, in order', async () => {
  const terminal = await openRaw('head -c 300001 | tail -c 6; sleep 60');
  terminal.type('x'.repeat(299_995));
  terminal.type('at ');
  terminal.type('end');
  await terminal.waitFor('at end');
  terminal.dispose();
});
