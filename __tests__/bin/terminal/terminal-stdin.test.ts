import {PassThrough} from 'node:stream';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {ESCAPE_KEY} from '../../../bin/terminal/terminal-input.js';
import type {TerminalEvent} from '../../../bin/terminal/terminal-reports.js';
import {type TerminalInput, TerminalStdin} from '../../../bin/terminal/terminal-stdin.js';

class FakeTerminal extends PassThrough {
  readonly isTTY = true;
  readonly calls: string[] = [];
  setRawMode(isRaw: boolean): this {
    this.calls.push(isRaw ? 'raw' : 'cooked');
    return this;
  }
  ref(): this {
    this.calls.push('ref');
    return this;
  }
  unref(): this {
    this.calls.push('unref');
    return this;
  }
}

function open() {
  const terminal = new FakeTerminal();
  const events: TerminalEvent[] = [];
  let lostCount = 0;
  const stdin = new TerminalStdin(terminal as unknown as TerminalInput, {
    onEvent: event => events.push(event),
    onLost: () => lostCount++,
  });
  stdin.setEncoding('utf8');
  const typed: string[] = [];
  // As Ink reads: on "readable" until there is nothing left.
  stdin.on('readable', () => {
    for (let chunk: unknown = stdin.read(); chunk !== null; chunk = stdin.read()) typed.push(String(chunk));
  });
  return {terminal, stdin, events, typed, getLostCount: () => lostCount};
}

/**
 * Lets the streams pass on what they have, some batches of it; timers are faked, so this takes no time of the
 * clock.
 */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(resolve => process.nextTick(() => setImmediate(resolve)));
  }
}

/** Until all that waits was passed on. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 2000; turn++) await new Promise(setImmediate);
}

beforeEach(() => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});
afterEach(() => {
  vi.useRealTimers();
});

test('keys pass, mouse reports go to the callback', async () => {
  const {terminal, stdin, events, typed} = open();
  stdin.setRawMode(true);
  terminal.write('j\u001b[<0;3;4Mk\u001b[A');
  await flush();
  expect(typed.join('')).toBe('jk\u001b[A');
  expect(events).toEqual([{kind: 'press', button: 'left', column: 2, row: 3}]);
});

test('what the mouse did after a key comes after it', async () => {
  const {terminal} = open();
  const order: string[] = [];
  const listening = new TerminalStdin(terminal as unknown as TerminalInput, {
    onEvent: () => order.push('mouse'),
    onLost: () => {},
  });
  listening.on('readable', () => {
    if (listening.read() !== null) order.push('key');
  });
  listening.setRawMode(true);
  terminal.write('E\u001b[<65;11;6M');
  await flush();
  await flush();
  expect(order).toEqual(['key', 'mouse']);
});

test('nothing is read before raw mode and after it', async () => {
  const {terminal, stdin, typed} = open();
  terminal.write('a');
  await flush();
  expect(typed).toEqual([]);
  stdin.setRawMode(true);
  await flush();
  expect(typed).toEqual(['a']);
  stdin.setRawMode(false);
  terminal.write('b');
  await flush();
  expect(typed).toEqual(['a']);
  expect(terminal.calls).toEqual(['raw', 'cooked']);
});

test('the Esc key comes after a moment, in a form that Ink reads at once', async () => {
  const {terminal, stdin, typed} = open();
  stdin.setRawMode(true);
  terminal.write('\u001b');
  await flush();
  expect(typed).toEqual([]);
  vi.advanceTimersByTime(20);
  await flush();
  expect(typed).toEqual([ESCAPE_KEY]);
});

test('an Esc key that is read together with the next key is a key as well', async () => {
  const {terminal, stdin, typed} = open();
  stdin.setRawMode(true);
  terminal.write('\u001bq');
  await flush();
  expect(typed.join('')).toBe(`${ESCAPE_KEY}q`);
});

test('a report may come in pieces for a while', async () => {
  const {terminal, stdin, events, typed} = open();
  stdin.setRawMode(true);
  terminal.write('\u001b[<65;');
  await flush();
  vi.advanceTimersByTime(499);
  terminal.write('1;1Mx');
  await flush();
  expect(typed).toEqual(['x']);
  expect(events).toEqual([{kind: 'wheel', direction: 1, column: 0, row: 0}]);
});

test('a report that does not end is dropped in time, even if pieces of it keep coming', async () => {
  const {terminal, stdin, events, typed} = open();
  stdin.setRawMode(true);
  terminal.write('\u001b]11;rgb:');
  await flush();
  vi.advanceTimersByTime(300);
  terminal.write('00');
  await flush();
  vi.advanceTimersByTime(200);
  terminal.write('/j');
  await flush();
  expect(typed.join('')).toBe('/j');
  expect(events).toEqual([]);
});

test.each(['\u001b]11;rgb:00', '\u001b[200', '\u001b[<0;1', '\u001bP', '\u001b'])(
  'q and Ctrl+C come at once after %j',
  async start => {
    const {terminal, stdin, typed} = open();
    stdin.setRawMode(true);
    terminal.write(start);
    await flush();
    terminal.write('q');
    await flush();
    expect(typed.at(-1)?.at(-1)).toBe('q');
    terminal.write(start);
    await flush();
    terminal.write('\u0003');
    await flush();
    expect(typed.at(-1)).toBe('\u0003');
  },
);

describe('pasted text', () => {
  const START = '\u001b[200~';
  const END = '\u001b[201~';

  test('is one event, between the keys, wherever it is cut', async () => {
    const input = `/${START}q\r\u0003\u001b[A名\u001b[20${END}j\u001b${START}${END}${END}k`;
    for (let cut = 0; cut <= input.length; cut++) {
      const {terminal, stdin, events, typed} = open();
      stdin.setRawMode(true);
      terminal.write(input.slice(0, cut));
      await flush();
      terminal.write(input.slice(cut));
      await flush();
      await flush();
      expect(typed.join('')).toBe(`/j${ESCAPE_KEY}k`);
      expect(events).toEqual([
        {kind: 'paste', text: 'q\r\u0003\u001b[A名\u001b[20'},
        {kind: 'paste', text: ''},
      ]);
    }
  });

  test('may come slowly, and is kept as far as a line may be long', async () => {
    const {terminal, stdin, events, typed} = open();
    stdin.setRawMode(true);
    terminal.write(START);
    for (let piece = 0; piece < 100; piece++) {
      vi.advanceTimersByTime(900);
      terminal.write('x'.repeat(1000));
      await flush();
    }
    terminal.write(`${END}j`);
    await flush();
    await flush();
    expect(events).toEqual([{kind: 'paste', text: 'x'.repeat(4096)}]);
    expect(typed.join('')).toBe('j');
  });

  /** What comes of pieces between which a second passes. */
  async function writeSlowly(...pieces: readonly string[]) {
    const {terminal, stdin, events, typed} = open();
    stdin.setRawMode(true);
    for (const piece of pieces) {
      terminal.write(piece);
      await flush();
      vi.advanceTimersByTime(1000);
      await flush();
    }
    return {typed: typed.join(''), events};
  }

  test('that stalls stays pasted text', async () => {
    expect(await writeSlowly(`${START}some pas`, 'ted\rq ', `x${END}j`)).toEqual({
      typed: 'j',
      events: ['some pas', 'ted\rq ', 'x'].map(text => ({kind: 'paste', text})),
    });
    expect(await writeSlowly(`${START}some\u001b[20`, '1~j')).toEqual({
      typed: 'j',
      events: [{kind: 'paste', text: 'some'}],
    });
  });

  test('that stalls is left by a key', async () => {
    for (const key of ['q', '名', '\u001b[A']) {
      expect(await writeSlowly(`${START}some`, key, 'ab')).toEqual({
        typed: `${key}ab`,
        events: [{kind: 'paste', text: 'some'}],
      });
    }
    expect((await writeSlowly(`${START}some`, '\u001b')).typed).toBe(ESCAPE_KEY);
  });

  test('without an end is taken for keys after a while where it may have been typed', async () => {
    const {terminal, stdin, events, typed} = open();
    stdin.setRawMode(true);
    terminal.write(`${START}a`);
    await flush();
    terminal.write('q');
    await flush();
    expect(typed).toEqual([]);
    vi.advanceTimersByTime(1000);
    await flush();
    expect({typed: typed.join(''), events}).toEqual({typed: 'aq', events: []});
  });

  test('is recognized where its mark is cut after the bracket', async () => {
    const {terminal, stdin, events, typed} = open();
    stdin.setRawMode(true);
    terminal.write(START.slice(0, 2));
    vi.advanceTimersByTime(90);
    await flush();
    terminal.write(`${START.slice(2)}q${END}`);
    await flush();
    expect({typed, events}).toEqual({typed: [], events: [{kind: 'paste', text: 'q'}]});
  });

  test('without an end is left at once by Ctrl+C', async () => {
    const {terminal, stdin, typed} = open();
    stdin.setRawMode(true);
    terminal.write(`${START}a`);
    await flush();
    terminal.write('\u0003');
    await flush();
    expect(typed).toEqual(['\u0003']);
  });
});

test('Ctrl+C comes before all that waits', async () => {
  const {terminal, stdin, typed} = open();
  stdin.setRawMode(true);
  terminal.write('a'.repeat(4000));
  await new Promise(setImmediate);
  terminal.write('\u0003');
  await drain();
  expect(typed.join('').replace('\u0003', '␃')).toMatch(/^a{1,3999}␃$/);
});

test('what waits comes in order, and events between the keys', async () => {
  const {terminal} = open();
  const order: string[] = [];
  const listening = new TerminalStdin(terminal as unknown as TerminalInput, {
    onEvent: () => order.push('.'),
    onLost: () => {},
  });
  listening.on('readable', () => {
    for (let chunk: unknown = listening.read(); chunk !== null; chunk = listening.read())
      order.push(`${chunk}`);
  });
  listening.setRawMode(true);
  terminal.write(`${'ab🎉'.repeat(100)}\u001b[<65;1;1M\u001b[<65;1;1Mc\u001b[<65;1;1Mq`);
  await drain();
  expect(order.join('')).toBe(`${'ab🎉'.repeat(100)}..c.q`);
});

test('of more than can wait the newest keys stay', async () => {
  const {terminal, stdin, typed} = open();
  stdin.setRawMode(true);
  terminal.write(`${'a'.repeat(9000)}${'\u001b[A'.repeat(9000)}q`);
  await drain();
  const keys = typed.join('').replaceAll('\u001b[A', '^');
  expect(keys).toMatch(/^\^{1000,1400}q$/);
});

test('characters of several bytes may be cut', async () => {
  const {terminal, stdin, typed} = open();
  stdin.setRawMode(true);
  for (const byte of Buffer.from('名🎉')) {
    terminal.write(Buffer.from([byte]));
    await flush();
  }
  expect(typed.join('')).toBe('名🎉');
});

test('ref and unref are handed on', () => {
  const {terminal, stdin} = open();
  stdin.setRawMode(true);
  stdin.ref();
  stdin.unref();
  expect(terminal.calls).toEqual(['raw', 'ref', 'unref']);
});

test.each<[string, (terminal: FakeTerminal) => unknown]>([
  ['ends', terminal => terminal.end()],
  ['fails', terminal => terminal.destroy(Object.assign(new Error('read EIO'), {code: 'EIO'}))],
])('a terminal that %s is lost, which is no error', async (_, lose) => {
  const {terminal, stdin, getLostCount} = open();
  stdin.setRawMode(true);
  const errors: unknown[] = [];
  stdin.on('error', error => errors.push(error));
  lose(terminal);
  await flush();
  expect(getLostCount()).toBe(1);
  expect(errors).toEqual([]);
});
