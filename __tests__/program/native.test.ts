import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'native-'));
const path = join(folder, 'native.bin');
afterAll(() => rmSync(folder, {recursive: true}));

/** A Python function that has called a library which is not here. */
const records: CaptureRecord[] = [
  {type: 'maps'},
  {type: 'image', path: '/nowhere/python3', address: 1 << 20, segments: [[0, 1 << 16]]},
  {type: 'image', path: '/nowhere/spam.so', address: 2 << 20, segments: [[0, 1 << 16]]},
  {type: 'code', id: 1, function: 'cook', file: 'cook.py'},
  {type: 'thread', id: 1},
  {type: 'push', code: 1, isInterpreterEntry: true},
  {type: 'native', ip: (1 << 20) + 8, parent: 0},
  {type: 'native', ip: (2 << 20) + 0x11b5, parent: 1},
  {type: 'allocate', address: 8, size: 5000, native: 2},
  {type: 'trailer'},
];
writeFileSync(path, writeCapture(records, {nativeTraces: true}));

let terminal: Terminal;
afterEach(() => terminal.dispose());

it('shows native frames, says what is missing, and folds them', async () => {
  terminal = openTerminal([path], {columns: 140, rows: 40});
  const screen = await terminal.waitFor('??? in spam.so  (not found here)');
  expect(screen).toContain('2 libraries not found; native names are incomplete. Try --symbols DIR.');
  expect(screen).toContain('a Merge native');
  expect(screen).not.toContain('native frames not shown');
  terminal.press('down', 'down');
  await terminal.waitFor('Library: /nowhere/spam.so+0x11b4');
  terminal.press('a');
  await terminal.waitFor(text => text.includes('a Show native') && !text.includes('??? in spam.so'));
  await terminal.waitFor(/^❯.*cook/mu);
  terminal.press('a');
  await terminal.waitFor('??? in spam.so  (not found here)');
});

it('leaves them out with the option', async () => {
  terminal = openTerminal(['--python-only', path], {columns: 140, rows: 40});
  const screen = await terminal.waitFor('native frames not shown');
  expect(screen).toMatch(/5\.000kB 100\.00 % .*📄 cook/u);
  expect(screen).not.toContain('spam.so');
});
