import {connect, type Socket} from 'node:net';
import {CaptureError} from '../capture/damage.js';
import type {CaptureSource} from './capture-source.js';

/** Only this machine: what comes from a socket is nobody's signed word. */
const HOST = '127.0.0.1';
/** A recorder sends its header at once. */
const FIRST_BYTE_MS = 10_000;
/** After so long without anything new it is called quiet, and what came last is shown. */
const TURN_MS = 100;
const QUIET_TURNS = 1000 / TURN_MS;
const NOTHING = new Uint8Array(0);

/**
 * A process that was started with `memray run --live-remote --live-port PORT`: it waits there until somebody connects,
 * then runs and sends its records, in the form of a raw capture whose totals are 0. There is one connection only: who
 * leaves does not come back.
 * Throws CaptureError ("cannot-open").
 */
export async function openLive(port: number): Promise<CaptureSource> {
  const socket = await openConnection(port);
  let quietTurns = 0;
  return {
    totalBytes: null,
    chunks: receive(socket, turns => {
      quietTurns = turns;
    }),
    getStreamState: () => (quietTurns > QUIET_TURNS ? 'quiet' : 'growing'),
    getNotes: async ({finished, damage}) =>
      finished || damage !== null
        ? []
        : ['No end mark: the connection was closed before the recording ended.'],
    close: async () => void socket.destroy(),
  };
}

function openConnection(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({host: HOST, port});
    const fail = (cause: NodeJS.ErrnoException): void => {
      const reason =
        cause.code === 'ECONNREFUSED' ? 'nobody listens there' : `cannot connect (${cause.code})`;
      const advice = `start the program first: memray run --live-remote --live-port ${port} …`;
      reject(new CaptureError('cannot-open', `${reason}; ${advice}`, {cause}));
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** The bytes as they come, with an empty piece whenever there is none for a turn. */
async function* receive(socket: Socket, setQuietTurns: (turns: number) => void): AsyncGenerator<Uint8Array> {
  // A connection that breaks ends as one that is closed does: what came before is shown.
  socket.on('error', () => {});
  let hasBytes = false;
  for (let quietTurns = 0; ; ) {
    const piece: Uint8Array | null = socket.read();
    if (piece !== null) {
      hasBytes = true;
      quietTurns = 0;
      setQuietTurns(quietTurns);
      yield piece;
    } else if (socket.readableEnded || socket.destroyed) {
      if (!hasBytes) throw new CaptureError('empty', 'closed the connection without having sent anything');
      return;
    } else if (!(await waitForTurn(socket))) {
      setQuietTurns(++quietTurns);
      if (!hasBytes && quietTurns * TURN_MS >= FIRST_BYTE_MS) {
        throw new CaptureError('not-a-capture', 'has sent nothing for ten seconds, so it is no recording');
      }
      yield NOTHING;
    }
  }
}

/** Resolves to true when there is something to read, or nothing will ever be; to false after a turn. */
function waitForTurn(socket: Socket): Promise<boolean> {
  const events = ['readable', 'end', 'close'] as const;
  return new Promise(resolve => {
    const goOn = (hasNews: boolean): void => {
      clearTimeout(timer);
      for (const event of events) socket.off(event, onNews);
      resolve(hasNews);
    };
    const onNews = (): void => goOn(true);
    const timer = setTimeout(goOn, TURN_MS, false);
    for (const event of events) socket.on(event, onNews);
  });
}
