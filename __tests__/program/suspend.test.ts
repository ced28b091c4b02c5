import {readFileSync} from 'node:fs';
import {afterEach, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {openShell, type Shell} from '../helpers/shell.js';

const nested = `${fixturesDirectory}/nested.bin`;
let shell: Shell;
afterEach(() => shell.dispose());

/** The state of a process: R, S, T for stopped (proc(5)). */
function getState(pid: number): string {
  return / ([A-Za-z]) \d+ /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/s, ''))![1]!;
}

/** Marks of pasted text, which the shell may switch on for itself, and the mouse. */
const REPORTS_ON = '\u001b[?2004h\u001b[?1000h';
const REPORTS_OFF = '\u001b[?2004l\u001b[?1006l\u001b[?1000l';

it('stops on Ctrl+Z with the terminal given back, and goes on where it was on fg', async () => {
  shell = await openShell({columns: 100, rows: 30});
  const before = await shell.ask('stty -a | cksum');
  shell.run(`program '${nested}'`);
  await shell.waitFor('3.664MB');
  shell.press('down', 'down');
  // Its source is looked for, too: the screen is complete.
  const frame = await shell.waitFor(
    screen => /^❯ .*nested:47/m.test(screen) && screen.includes('source not found: nested.py'),
  );
  const pid = shell.getChildPid();

  for (let round = 0; round < 2; round++) {
    shell.press('ctrl-z');
    await shell.prompted();
    expect(getState(pid)).toBe('T');
    expect(shell.isAlternateScreen()).toBe(false);
    expect(shell.isCursorHidden()).toBe(false);
    expect(shell.output().lastIndexOf(REPORTS_OFF)).toBeGreaterThan(shell.output().lastIndexOf(REPORTS_ON));
    expect(await shell.ask('stty -a | cksum')).toBe(before);
    expect(shell.screen()).toMatch(/Stopped/);

    shell.run('fg');
    await shell.waitFor(screen => screen === frame);
    expect(shell.isAlternateScreen()).toBe(true);
    expect(shell.isCursorHidden()).toBe(true);
    await shell.waitFor(
      () => shell.output().lastIndexOf(REPORTS_ON) > shell.output().lastIndexOf(REPORTS_OFF),
    );
  }

  shell.press('down');
  await shell.waitFor(/^❯ .*nested:43/m);
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('stty -a | cksum')).toBe(before);
});

it('draws itself in the size that the terminal got while it was stopped', async () => {
  shell = await openShell({columns: 100, rows: 30});
  shell.run(`program '${nested}'`);
  await shell.waitFor('3.664MB');
  shell.press('ctrl-z');
  await shell.prompted();
  shell.resize(70, 20);
  shell.run('fg');
  // The frame may be drawn in the old size first: the hints have to get to the last row with the root in the
  // first.
  await shell.waitFor(screen => {
    const rows = screen.split('\n');
    const isWhole = /^❯ +3\.664MB .*<ROOT>/.test(rows[0] ?? '') && /^q Quit/.test(rows[19] ?? '');
    return shell.isAlternateScreen() && isWhole;
  });
  shell.press('q');
  await shell.prompted();
});

it('goes on by itself where nothing stops it', async () => {
  shell = await openShell({columns: 100, rows: 30});
  // Without job control nobody would continue a stopped program: the terminal's own group is orphaned.
  shell.run(`setsid -w script -qec '"$NODE" "$PROGRAM" "${nested}"' /dev/null`);
  await shell.waitFor('3.664MB');
  shell.press('ctrl-z');
  shell.press('down');
  await shell.waitFor(/^❯ .*_run_tracker/m);
  shell.press('q');
  // A key that arrives while the terminal is given back is echoed there, so the prompt may have something
  // before it.
  await shell.waitFor(/ready>\s*$/);
});

/** Starts the program in a shell and returns its complete screen. */
async function start(args = ''): Promise<string> {
  shell = await openShell({columns: 100, rows: 30});
  shell.run(`program ${args} '${nested}'`);
  await shell.waitFor('3.664MB');
  shell.press('down', 'down');
  return shell.waitFor(
    screen => /^❯ .*nested:47/m.test(screen) && screen.includes('source not found: nested.py'),
  );
}

it('stops on SIGTSTP from outside as on Ctrl+Z', async () => {
  const frame = await start();
  const pid = shell.getChildPid();
  for (let round = 0; round < 2; round++) {
    process.kill(pid, 'SIGTSTP');
    await shell.prompted();
    expect(getState(pid)).toBe('T');
    expect(shell.isAlternateScreen()).toBe(false);
    expect(shell.output().lastIndexOf(REPORTS_OFF)).toBeGreaterThan(shell.output().lastIndexOf(REPORTS_ON));
    shell.run('fg');
    await shell.waitFor(screen => screen === frame);
    await shell.waitFor(
      () => shell.output().lastIndexOf(REPORTS_ON) > shell.output().lastIndexOf(REPORTS_OFF),
    );
  }
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
});

it('takes the terminal back after SIGSTOP, which cannot be handled', async () => {
  const frame = await start();
  const pid = shell.getChildPid();
  process.kill(pid, 'SIGSTOP');
  // The shell writes over the screen, and gives the terminal modes of its own.
  await shell.waitFor('Stopped');
  await shell.prompted();
  expect(getState(pid)).toBe('T');
  const written = shell.output().length;
  shell.run('fg');
  await shell.waitFor(screen => screen === frame);
  await shell.waitFor(() => shell.output().indexOf(REPORTS_ON, written) > 0);
  expect(shell.isAlternateScreen()).toBe(true);
  expect(shell.isCursorHidden()).toBe(true);
  // A key that works says that the terminal is in raw mode again.
  shell.press('down');
  await shell.waitFor(/^❯ .*nested:43/m);
  shell.press('q');
  await shell.prompted();
  expect(shell.isAlternateScreen()).toBe(false);
});

it('leaves the terminal to the shell when it is ended while it is stopped', async () => {
  await start();
  shell.press('ctrl-z');
  await shell.prompted();
  const written = shell.output().length;
  const pid = shell.getChildPid();
  const wait = `while kill -0 ${pid} 2>/dev/null; do :; done`;
  expect(await shell.ask(`kill %1; ${wait}; wait ${pid}; echo "code $?"`)).toBe('code 143');
  expect(shell.output().slice(written)).not.toMatch(/\[\?(?:1049|1000|1006)[hl]/);
});

it.each(['', '--inline'])('draws everything again on Ctrl+L %s', async args => {
  const frame = await start(args);
  const other = '\u001b[5;1Hsomething else\r\nfrom somewhere\u001b[J\u001b[31;1H\u001b[?25h';
  await new Promise<void>(resolve => shell.emulator.write(other, resolve));
  expect(shell.screen()).toContain('from somewhere');
  shell.press('ctrl-l');
  const rows = frame.split('\n').filter(row => row !== '');
  await shell.waitFor(
    screen =>
      rows.slice(args === '' ? 0 : 4).every(row => screen.includes(row)) &&
      !screen.includes('from somewhere'),
  );
  if (args === '') expect(shell.screen()).toBe(frame);
  expect(shell.isCursorHidden()).toBe(true);
  shell.press('q');
  await shell.prompted();
});
