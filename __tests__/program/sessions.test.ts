import {execFileSync} from 'node:child_process';
import {
  copyFileSync,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  type WriteStream,
  writeFileSync,
} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {decodeLz4} from '../helpers/decode-lz4.js';
import {nodeBinary, openTerminal, programPath, type Terminal} from '../helpers/terminal.js';

let folder: string;
let terminals: Terminal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'session-'));
});
afterEach(() => {
  for (const terminal of terminals) terminal.dispose();
  terminals = [];
  rmSync(folder, {recursive: true});
});

const SIZE = {columns: 140, rows: 30};
const start = (args: readonly string[], command?: readonly string[]): Terminal => {
  const terminal = openTerminal(args, {...SIZE, ...(command && {command})});
  terminals.push(terminal);
  return terminal;
};
const fixture = (name: string): string => `${fixturesDirectory}/${name}.bin`;
const type = (terminal: Terminal, text: string): void => terminal.press(...Array.from(text), 'enter');

describe('one reading', () => {
  it('of a file serves peak and leaks; for temporary allocations the file is read again', async () => {
    const path = join(folder, 'results.bin');
    copyFileSync(fixture('nested'), path);
    const terminal = start([path]);
    await terminal.waitFor(/^peak ·/m);
    rmSync(path);
    terminal.press('v');
    await terminal.waitFor(/^leaks ·/m);
    terminal.press('v');
    await terminal.waitFor(`${path}: no such file`);
    // What was read can still be asked for.
    expect(terminal.screen()).toMatch(/^leaks ·/m);
    type(terminal, ':peak');
    await terminal.waitFor(/^peak ·/m);
    copyFileSync(fixture('nested'), path);
    terminal.press('v');
    await terminal.waitFor(/^leaks ·/m);
    terminal.press('v');
    await terminal.waitFor(/^temporary \(within 1\) ·/m);
    terminal.press('v');
    await terminal.waitFor(/^peak ·/m);
  });

  it('of standard input serves peak and leaks, and says that it is the only one', async () => {
    const script = '"$0" "$1" - < <(cat "$2")';
    const terminal = start([], ['bash', '-c', script, nodeBinary, programPath, fixture('nested')]);
    await terminal.waitFor(/^peak ·/m);
    for (const view of ['leaks', 'peak', 'leaks']) {
      terminal.press('v');
      await terminal.waitFor(new RegExp(`^${view} ·`, 'm'));
    }
    type(terminal, ':temporary:1');
    await terminal.waitFor('Standard input cannot be read again; start with --view temporary:1');
    terminal.press('down');
    await terminal.waitFor(/^❯ .*_run_tracker/m);
  });

  it('of a native capture serves more names as well', async () => {
    const path = join(folder, 'results.bin');
    copyFileSync(fixture('native-nested'), path);
    const terminal = start(['-b', '2', path]);
    await terminal.waitFor(/^peak ·.*hidden/m);
    rmSync(path);
    terminal.press('v');
    await terminal.waitFor(/^leaks ·/m);
    terminal.press('f', ...'main', 'enter');
    await terminal.waitFor(
      screen => /^leaks › through main/m.test(screen) && !/not loaded|resolving/.test(screen),
    );
    expect(terminal.screen()).not.toContain('no such file');
  });

  it('of a live run serves both views while it runs and when it is over', async () => {
    const raw = decodeLz4(readFileSync(fixture('nested')));
    let sendRest = (): void => {};
    const server = createServer((socket: Socket) => {
      server.close();
      socket.on('error', () => {});
      socket.write(raw.subarray(0, raw.length / 2));
      sendRest = () => socket.end(raw.subarray(raw.length / 2));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const terminal = start(['--live', String(typeof address === 'object' ? address?.port : '')]);
    await terminal.waitFor(/recording .*heap/);
    terminal.press('v');
    await terminal.waitFor(/ allocated now /);
    sendRest();
    await terminal.waitFor(/^leaks ·/m);
    terminal.press('v');
    await terminal.waitFor(/^peak ·/m);
    terminal.press('v');
    await terminal.waitFor(/^leaks ·/m);
  });

  it('of a followed file serves both views when it is over', async () => {
    const path = join(folder, 'results.bin');
    writeFileSync(path, readFileSync(fixture('nested')));
    const terminal = start(['--follow', path]);
    await terminal.waitFor(/^peak ·/m);
    rmSync(path);
    for (const view of ['leaks', 'peak', 'leaks']) {
      terminal.press('v');
      await terminal.waitFor(new RegExp(`^${view} ·`, 'm'));
    }
  });
});

/** The program that reads standard input from a pipe into which the test writes. */
function openPiped(): {terminal: Terminal; pipe: WriteStream} {
  const path = join(folder, `pipe-${terminals.length}`);
  execFileSync('mkfifo', [path]);
  const terminal = start([], ['bash', '-c', '"$0" "$1" - < "$2"', nodeBinary, programPath, path]);
  return {terminal, pipe: createWriteStream(path)};
}

const DRIP_BYTES = 16;
const DRIP_MS = 20;

/** Whether more of the capture is to come, as the status line says. */
const isReading = (screen: string): boolean => / MB\/s/.test(screen);

describe('keys that come while a capture is read lead to the same screen as afterwards', () => {
  const raw = decodeLz4(readFileSync(fixture('imports')));

  // The last key shows that all others were handled.
  it.each<[string, readonly string[], RegExp]>([
    ['inverted, by function, by own size', ['2', 'L', 's'], /^peak › by function › inverted › sort own /m],
    ['a filter', ['f', ...'work', 'enter', 'L'], /^peak › through work (\(not yet\) )?› by function /m],
    ['a table of leaks', ['3', 'v'], /^leaks › flat /m],
    [
      'a step that is taken back, and again',
      ['2', '3', 'backspace', 'backspace', 'ctrl-r', 'L'],
      /^peak › by function › inverted /m,
    ],
    [
      'a root that comes late',
      [':', ...'root:work', 'enter', 'L'],
      /^peak › root work (\(not yet\) )?› by function /m,
    ],
    ['leaks, before anything is there', ['v', 'r'], /^leaks › recursion /m],
  ])('%s', async (_, keys, shown) => {
    const after = openPiped();
    after.pipe.end(raw);
    await after.terminal.waitFor(screen => screen.includes('<ROOT>') && !isReading(screen));
    after.terminal.press(...keys);
    const expected = await after.terminal.waitFor(screen => shown.test(screen) && !isReading(screen));

    for (const share of [0, 0.2, 0.6]) {
      const during = openPiped();
      let at = Math.floor(share * raw.length);
      during.pipe.write(raw.subarray(0, at));
      // What comes bit by bit is far from its end when all keys are pressed.
      const drip = setInterval(() => {
        if (share === 0) return;
        during.pipe.write(raw.subarray(at, at + DRIP_BYTES));
        at += DRIP_BYTES;
      }, DRIP_MS);
      if (share > 0) await during.terminal.waitFor(screen => screen.includes('<ROOT>') && isReading(screen));
      else await during.terminal.waitFor(/reading|waiting/i);
      during.terminal.press(...keys);
      if (share > 0) await during.terminal.waitFor(screen => shown.test(screen) && isReading(screen));
      clearInterval(drip);
      during.pipe.end(raw.subarray(at));
      await during.terminal.waitFor(screen => screen === expected);
    }
  });
});
