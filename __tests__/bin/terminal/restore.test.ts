import {EventEmitter} from 'node:events';
import {constants} from 'node:os';
import {describe, expect, test} from 'vitest';
import {FATAL_SIGNALS, isProfiled} from '../../../bin/fatal-signals.js';
import {startTerminalSession} from '../../../bin/terminal/restore.js';

const RESTORED = '\u001b[?2004l\u001b[?1006l\u001b[?1000l\u001b[?1049l\u001b[?25h\u001b[0m';

function open({
  hasMouse = true,
  isAlternateScreen = true,
  env = {},
  isClosed = false,
}: Partial<Options> = {}) {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {
    env,
    exit: (code: number) => {
      log.push(`exit ${code}`);
      host.emit('exit', code);
    },
  });
  const stdout = {write: (text: string) => log.push(text)};
  const stderr = {write: (text: string) => log.push(`stderr ${text}`)};
  const stdin = {setRawMode: (isRaw: boolean) => log.push(`raw ${isRaw}`)};
  const session = startTerminalSession({
    host,
    stdout,
    stderr,
    stdin,
    hasMouse,
    isAlternateScreen,
    isClosed: () => isClosed,
  });
  return {host, session, log, stdout};
}

interface Options {
  hasMouse: boolean;
  isAlternateScreen: boolean;
  env: Record<string, string>;
  isClosed: boolean;
}

test.each([...FATAL_SIGNALS])('%s restores the terminal and ends with 128 + %i', (signal, number) => {
  const {host, log} = open();
  host.emit(signal, signal);
  expect(log).toEqual(['raw false', RESTORED, `exit ${128 + number}`]);
});

test('the signals that end a process are all there', () => {
  expect([...FATAL_SIGNALS.keys()]).toEqual(
    expect.arrayContaining([
      ...[
        'SIGHUP',
        'SIGINT',
        'SIGQUIT',
        'SIGABRT',
        'SIGUSR1',
        'SIGUSR2',
        'SIGALRM',
        'SIGTERM',
        'SIGXCPU',
        'SIGVTALRM',
        'SIGPROF',
      ],
    ]),
  );
  expect(FATAL_SIGNALS.get('SIGTERM')).toBe(15);
});

test.each<[boolean, readonly string[], string | undefined]>([
  [false, [], undefined],
  [false, ['--import', './profile.js'], '--max-old-space-size=512'],
  [true, ['--cpu-prof'], undefined],
  [true, ['--cpu-prof-dir=x', '--prof'], undefined],
  [true, [], '--enable-source-maps --cpu-prof'],
])('%s: Node profiles itself by SIGPROF (%j, NODE_OPTIONS %j)', (isTrue, nodeOptions, environment) => {
  expect(isProfiled(nodeOptions, {NODE_OPTIONS: environment})).toBe(isTrue);
});

test('the signals that a library of Ink handles are there under all their names', async () => {
  // Its own listener ends the user interface, unless there is another one for that name.
  // @ts-expect-error: plain JavaScript
  const {default: names} = await import('signal-exit/signals.js');
  const present = (names as NodeJS.Signals[]).filter(name => constants.signals[name] !== undefined);
  expect(present.length).toBeGreaterThan(10);
  // Node ignores it, and the session listens to it for that reason.
  expect(present.filter(name => !FATAL_SIGNALS.has(name))).toEqual(['SIGXFSZ']);
});

test('a terminal that was closed ends the program quietly', () => {
  const {host, log} = open({isClosed: true});
  host.emit('SIGHUP', 'SIGHUP');
  expect(log.at(-1)).toBe('exit 0');
});

test('a terminal that was given away is left alone', () => {
  const {host, session, log} = open();
  session.setAway(() => true);
  host.emit('SIGTERM', 'SIGTERM');
  expect(log).toEqual(['exit 143']);
});

test('a library that listens to signals is called after the terminal was restored', () => {
  const log: string[] = [];
  const host = Object.assign(new EventEmitter(), {env: {}, exit: () => log.push('exit')});
  host.on('uncaughtException', () => log.push('library'));
  const stream = {write: () => log.push('write')};
  const guarded = {host, stdout: stream, stderr: stream, stdin: {}, hasMouse: true, isAlternateScreen: true};
  startTerminalSession({...guarded, isClosed: () => false});
  host.emit('uncaughtException', new Error('broken'));
  expect(log).toEqual(['write', 'write', 'exit', 'library']);
});

test.each(['uncaughtException', 'unhandledRejection'])('%s ends in one line', event => {
  const {host, log} = open();
  host.emit(event, new Error('no \u001b[31mway\nout'));
  expect(log).toEqual([
    'raw false',
    RESTORED,
    'stderr memray-tree-ink: unexpected error: no ␛[31mway␊out (this is a bug in memray-tree-ink, the README says how to report it; MEMRAY_TREE_DEBUG=1 shows the stack trace)\n',
    'exit 1',
  ]);
});

describe('the user interface', () => {
  test('leaves the alternate screen itself', () => {
    const {session, log} = open();
    session.onExit(() => log.push('left'));
    session.restore();
    expect(log).toEqual(['left', 'raw false', '\u001b[?2004l\u001b[?1006l\u001b[?1000l\u001b[?25h\u001b[0m']);
  });

  test('may fail at it', () => {
    const {session, log} = open({hasMouse: false});
    session.onExit(() => {
      throw new Error('broken');
    });
    session.restore();
    expect(log).toEqual(['raw false', '\u001b[?2004l\u001b[?1049l\u001b[?25h\u001b[0m']);
  });
});

test('a mouse that was not switched on is not switched off, and the prompt gets a row of its own', () => {
  const {session, log} = open({hasMouse: false, isAlternateScreen: false});
  session.restore();
  expect(log).toEqual(['raw false', '\u001b[?2004l\u001b[?25h\u001b[0m\r\n']);
});

test('restores once, and not after it was disposed of', () => {
  const {session, host, log} = open();
  session.dispose();
  expect(log).toHaveLength(2);
  session.restore();
  host.emit('exit', 0);
  for (const event of ['SIGTERM', 'SIGHUP', 'SIGINT', 'uncaughtException', 'exit']) {
    expect(host.listenerCount(event)).toBe(0);
  }
  expect(log).toHaveLength(2);
});

test('a terminal that is gone cannot be restored, and that is no error', () => {
  const {host, log, stdout} = open();
  stdout.write = () => {
    throw new Error('EIO');
  };
  host.emit('SIGHUP', 'SIGHUP');
  expect(log).toEqual(['raw false', 'exit 129']);
});
