import {EventEmitter} from 'node:events';
import {createServer, type Socket} from 'node:net';
import {Readable} from 'node:stream';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {connectTo, nodeLiveHost} from '../../../src/reader/live-connection.js';

const PORT = 40_000;

/** A socket whose connection goes as the test says. */
function createSocket(localPort: number) {
  return Object.assign(new EventEmitter(), {localPort, destroy: vi.fn()});
}

const fault = (code: string) => Object.assign(new Error(code), {code});

describe('a connection', () => {
  const connectWith = (socket: EventEmitter) => connectTo(PORT, () => socket as unknown as Socket);

  test('is made to this machine only', async () => {
    const socket = createSocket(50_000);
    const connectSocket = vi.fn(() => socket as unknown as Socket);
    const connecting = connectTo(PORT, connectSocket);
    socket.emit('connect');
    expect(await connecting).toBe(socket);
    expect(connectSocket).toHaveBeenCalledExactlyOnceWith({host: '127.0.0.1', port: PORT});
    expect(socket.destroy).not.toHaveBeenCalled();
    // Errors that come later are the receiver's.
    expect(socket.listenerCount('error')).toBe(0);
  });

  test('that is refused is none yet', async () => {
    const socket = createSocket(50_000);
    const connecting = connectWith(socket);
    socket.emit('error', fault('ECONNREFUSED'));
    expect(await connecting).toBeNull();
  });

  test.each(['ECONNRESET', 'EACCES', 'EMFILE'])('that fails with %s cannot be made', async code => {
    const socket = createSocket(50_000);
    const connecting = connectWith(socket);
    socket.emit('error', fault(code));
    await expect(connecting).rejects.toMatchObject({
      code: 'cannot-open',
      message: `cannot connect (${code})`,
    });
  });

  test('of a socket to itself is none', async () => {
    const socket = createSocket(PORT);
    const connecting = connectWith(socket);
    socket.emit('connect');
    expect(await connecting).toBeNull();
    expect(socket.destroy).toHaveBeenCalledOnce();
    // An error that comes after it ends nothing.
    socket.emit('error', fault('ECONNRESET'));
  });
});

describe('real sockets', () => {
  test('somebody listens, then nobody', async () => {
    const server = createServer(socket => socket.end('memray'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const stream = await nodeLiveHost.connect(port);
    let text = '';
    for await (const piece of stream!) text += piece;
    expect(text).toBe('memray');
    await new Promise(resolve => server.close(resolve));
    expect(await nodeLiveHost.connect(port)).toBeNull();
  });
});

describe('waiting for news', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const countListeners = (stream: Readable) =>
    ['readable', 'end', 'close'].map(event => stream.listenerCount(event));

  test.each<[string, (stream: Readable) => void]>([
    ['bytes', stream => stream.push('x')],
    ['the end', stream => stream.emit('end')],
    ['a loss', stream => stream.emit('close')],
  ])('ends with %s', async (_, act) => {
    const stream = new Readable({read() {}});
    const before = countListeners(stream);
    const waiting = nodeLiveHost.waitForNews(stream);
    act(stream);
    expect(await waiting).toBe(true);
    expect(countListeners(stream)).toEqual(before);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends after a while without any', async () => {
    const stream = new Readable({read() {}});
    const waiting = nodeLiveHost.waitForNews(stream);
    await vi.advanceTimersByTimeAsync(100);
    expect(await waiting).toBe(false);
    expect(stream.listenerCount('close')).toBe(0);
  });
});
