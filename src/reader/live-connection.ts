import {connect, type Socket} from 'node:net';
import type {Readable} from 'node:stream';
import {CaptureError} from '../capture/damage.js';

/** What a live load needs of the network and the clock; tests pass their own. */
export interface LiveHost {
  /**
   * Null if no program listens at the port. Throws CaptureError ("cannot-open") where no attempt can succeed.
   */
  connect(port: number): Promise<Readable | null>;
  /** Milliseconds that never decrease. */
  now(): number;
  /** Resolves after TURN_MS. */
  pause(): Promise<void>;
  /** Resolves to true as soon as there is something to read or the stream is over, to false after TURN_MS. */
  waitForNews(stream: Readable): Promise<boolean>;
}

const TURN_MS = 100;

type ConnectSocket = (address: {readonly host: string; readonly port: number}) => Socket;

/** Only this machine: nothing vouches for what comes from another one. */
const HOST = '127.0.0.1';

export const nodeLiveHost: LiveHost = {
  connect: connectTo,
  now: () => performance.now(),
  pause: () => new Promise(resolve => setTimeout(resolve, TURN_MS)),
  waitForNews,
};

/** `connectSocket`: begins a connection; tests pass their own. */
export function connectTo(port: number, connectSocket = connect as ConnectSocket): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({host: HOST, port});
    const fail = (cause: NodeJS.ErrnoException): void => {
      if (cause.code === 'ECONNREFUSED') resolve(null);
      else reject(new CaptureError('cannot-open', `cannot connect (${cause.code})`, {cause}));
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      // If no program listens, TCP can connect a socket to itself if the system has given it that very port.
      if (socket.localPort !== port) return resolve(socket);
      socket.on('error', () => {}).destroy();
      resolve(null);
    });
  });
}

function waitForNews(stream: Readable): Promise<boolean> {
  const events = ['readable', 'end', 'close'] as const;
  return new Promise(resolve => {
    const finish = (hasNews: boolean): void => {
      clearTimeout(timer);
      for (const event of events) stream.off(event, onNews);
      resolve(hasNews);
    };
    const onNews = (): void => finish(true);
    const timer = setTimeout(finish, TURN_MS, false);
    for (const event of events) stream.on(event, onNews);
  });
}
