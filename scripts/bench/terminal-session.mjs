// Programs in a real pseudo-terminal, for timing: what comes back is only taken down, with the time of its
// arrival. Nothing is emulated while the time runs; what the screen showed is found out afterwards, as a
// frame holds only what differs.
import {readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {root} from './environment.mjs';

/** No output for so long: the answer to a key is complete, late second frames included. */
const QUIET_MS = 120;
/** A key without any answer for so long changed nothing. */
const NO_ANSWER_MS = 500;
const FRAME_END = '\u001b[?2026l';
/** A question that terminals answer: do you hold back half-drawn frames (mode 2026)? Here: yes. */
const ASKS_FOR_FRAMES = '\u001b[?2026$p';
const HOLDS_FRAMES_BACK = '\u001b[?2026;2$y';

export const keys = {down: '\u001b[B', up: '\u001b[A', pageDown: '\u001b[6~', pageUp: '\u001b[5~'};

/** Down, some up, down again: rows scroll in a part of it. */
export function getWalkKey(index) {
  return index % 10 < 7 ? keys.down : keys.up;
}

/** Starts a program in a pseudo-terminal. Times are those of `performance.now()`. */
export function openSession(command, {columns = 120, rows = 40} = {}) {
  const [file, ...args] = command;
  const {CI, NO_COLOR, FORCE_COLOR, ...inherited} = process.env;
  const startedMs = performance.now();
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: root,
    env: {...inherited, COLORTERM: 'truecolor'},
  });
  /** All that came: {ms, text}. */
  const chunks = [];
  let watch = null;
  let hasExited = false;
  pty.onData(text => {
    chunks.push({ms: performance.now(), text});
    if (text.includes(ASKS_FOR_FRAMES)) pty.write(HOLDS_FRAMES_BACK);
    watch?.();
  });
  const exited = new Promise(resolve => {
    pty.onExit(() => {
      hasExited = true;
      resolve();
    });
  });

  /**
   * Resolves with the time of arrival of the first chunk, from chunk `from` on, that fulfils the condition.
   */
  function waitForChunk(isMet, from = 0, timeoutMs = 120_000) {
    return new Promise((resolve, reject) => {
      let next = from;
      const timer = setTimeout(() => reject(new Error(`no answer of ${command.join(' ')}`)), timeoutMs);
      watch = () => {
        for (; next < chunks.length; next++) {
          if (!isMet(chunks[next].text)) continue;
          watch = null;
          clearTimeout(timer);
          resolve(chunks[next].ms);
          return;
        }
      };
      watch();
    });
  }

  /** Resolves when nothing came for a while. */
  async function settle(quietMs = QUIET_MS, limitMs = 60_000) {
    const endMs = performance.now() + limitMs;
    let lastMs = performance.now();
    let length = chunks.length;
    while (performance.now() < endMs && performance.now() - lastMs < quietMs) {
      await wait(Math.min(20, quietMs));
      if (chunks.length > length) {
        length = chunks.length;
        lastMs = chunks[length - 1].ms;
      }
    }
  }

  /**
   * Sends a key and waits for all that it causes. Resolves with the time to the last byte of the first frame
   * that shows something and to the last byte of all frames, their number and bytes; null if nothing came.
   */
  async function press(key, noAnswerMs = NO_ANSWER_MS) {
    const first = chunks.length;
    const sentMs = performance.now();
    pty.write(key);
    while (chunks.length === first && performance.now() - sentMs < noAnswerMs) await wait(2);
    if (chunks.length === first) return null;
    await settle();
    const answer = chunks.slice(first);
    const frames = splitFrames(answer);
    return {
      frameMs: (frames[0] ?? answer.at(-1)).ms - sentMs,
      lastMs: answer.at(-1).ms - sentMs,
      bytes: answer.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.text), 0),
      frames: frames.length,
    };
  }

  return {
    pid: pty.pid,
    startedMs,
    chunks,
    columns,
    rows,
    waitForChunk,
    settle,
    press,
    write: text => pty.write(text),
    /** Resident bytes now and at the most; null where the system does not say (only Linux does). */
    readMemory() {
      try {
        const status = readFileSync(`/proc/${pty.pid}/status`, 'utf8');
        const read = name => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
        return {residentBytes: read('VmRSS'), peakBytes: read('VmHWM')};
      } catch {
        return null;
      }
    },
    /** CPU time of the process so far; null where the system does not say. Exact to 10 ms. */
    readCpuMs() {
      try {
        // The fields after the name in parentheses; user and system time are the 14th and 15th of all, in
        // ticks of 10 ms.
        const fields = readFileSync(`/proc/${pty.pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
        return 10 * (Number(fields[11]) + Number(fields[12]));
      } catch {
        return null;
      }
    },
    async close() {
      if (!hasExited) pty.write('q');
      await Promise.race([exited, wait(2000)]);
      if (!hasExited) pty.kill('SIGKILL');
      await exited;
    },
  };
}

/** The frames of some chunks that show something, each with the time of its last byte. */
function splitFrames(chunks) {
  return cutFrames(chunks).filter(frame => hasText(frame.text));
}

/** Cuts chunks into frames: by the marks of mode 2026, else each chunk is one. */
function cutFrames(chunks) {
  const isMarked = chunks.some(chunk => chunk.text.includes(FRAME_END));
  const frames = [];
  let text = '';
  for (const chunk of chunks) {
    const pieces = isMarked ? chunk.text.split(FRAME_END) : [chunk.text, ''];
    for (const piece of pieces.slice(0, -1)) {
      frames.push({ms: chunk.ms, text: text + piece});
      text = '';
    }
    text += pieces.at(-1);
  }
  return frames;
}

/**
 * The screens of a session, one for each frame, with the time of its last byte. For after the measuring: it
 * is slow.
 */
export async function replayScreens({chunks, columns, rows}) {
  const terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
  const screens = [];
  for (const {ms, text} of cutFrames(chunks)) {
    await new Promise(resolve => terminal.write(text, resolve));
    const {active} = terminal.buffer;
    const lines = Array.from({length: rows}, (_, y) =>
      active.getLine(active.baseY + y).translateToString(true),
    );
    screens.push({ms, text: lines.join('\n')});
  }
  terminal.dispose();
  return screens;
}

/** Whether there is anything but escape sequences. */
function hasText(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return /[^\s]/.test(text.replace(/\u001b\[[0-9;:?]*[a-zA-Z]|\u001b./g, ''));
}
