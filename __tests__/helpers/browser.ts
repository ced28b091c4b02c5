import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {FLAGS} from './chromium.js';

/** A page in headless Chromium, driven through its debugging protocol. */
export interface Page {
  /** The value of an expression in the page, as JSON; promises are awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses a key, named as in KeyboardEvent.key. */
  press(key: string): Promise<void>;
  /** Drops a file onto the page, as from a file manager. */
  drop(path: string): Promise<void>;
  /** What the page asked for and what it wrote to its console, one line each. */
  readonly log: readonly string[];
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: {readonly message: string};
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<NonNullable<Message['result']>>;

/** @param flags besides those that every page here needs */
export async function openBrowser(chromium: string, flags: readonly string[] = []): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-browser-'));
  const args = [...FLAGS, ...flags, `--user-data-dir=${folder}`, '--remote-debugging-port=0', 'about:blank'];
  const child = spawn(chromium, args, {stdio: ['ignore', 'ignore', 'pipe']});
  const closed = new Promise<void>(resolve => child.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('close', code => reject(new Error(`${chromium} ended (${code}): ${text}`)));
  });
  const {send, listen, end} = await connect(url);
  return {
    async open(address) {
      const {targetId} = await send('Target.createTarget', {url: 'about:blank'});
      const {sessionId} = await send('Target.attachToTarget', {targetId, flatten: true});
      return openPage(send, listen, String(sessionId), address);
    },
    async close() {
      end();
      child.kill('SIGKILL');
      await closed;
      rmSync(folder, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

async function connect(url: string) {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`${url} cannot be reached`)));
  });
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((message: Message) => void)[] = [];
  socket.addEventListener('message', ({data}) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) for (const listener of listeners) listener(message);
    else waiting.get(message.id)?.(message);
  });
  let last = 0;
  const send: Send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({result, error}) => {
        waiting.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.send(JSON.stringify({id, method, params, sessionId}));
    });
  return {
    send,
    listen: (listener: (message: Message) => void) => void listeners.push(listener),
    end: () => socket.close(),
  };
}

async function openPage(
  send: Send,
  listen: (listener: (message: Message) => void) => void,
  sessionId: string,
  url: string,
): Promise<Page> {
  const log: string[] = [];
  const loaded = new Promise<void>(resolve => {
    listen(message => {
      if (message.sessionId !== sessionId) return;
      const {method, params = {}} = message;
      if (method === 'Page.loadEventFired') resolve();
      if (method === 'Network.requestWillBeSent')
        log.push(`request ${(params.request as {url: string}).url}`);
      if (method === 'Log.entryAdded') log.push(`log ${(params.entry as {text: string}).text}`);
      if (method === 'Runtime.exceptionThrown') log.push(`exception ${JSON.stringify(params)}`);
    });
  });
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`, {}, sessionId);
  await send('Page.navigate', {url}, sessionId);
  await loaded;
  return {
    log,
    async evaluate<T>(expression: string): Promise<T> {
      const answer = await send(
        'Runtime.evaluate',
        {expression, awaitPromise: true, returnByValue: true},
        sessionId,
      );
      if (answer.exceptionDetails !== undefined) throw new Error(JSON.stringify(answer.exceptionDetails));
      return (answer.result as {value: T}).value;
    },
    async drop(path) {
      const data = {items: [], files: [path], dragOperationsMask: 1};
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await send('Input.dispatchDragEvent', {type, x: 100, y: 100, data}, sessionId);
    },
    async press(key) {
      const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
      for (const type of ['keyDown', 'keyUp']) {
        await send('Input.dispatchKeyEvent', {type, key, ...(type === 'keyDown' && {text})}, sessionId);
      }
    },
  };
}
