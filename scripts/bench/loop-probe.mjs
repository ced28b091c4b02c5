// Loaded before the program with `--import loop-probe.mjs?FILE`: writes down for how long its event loop was
// busy at a time, in CPU time, as other work on the machine holds up the clock as well. One stretch a line:
// its end (ms since 1970), its CPU time (ms).
import {writeFileSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';

/** Shorter ones are of no interest. */
const MIN_MS = 4;

if (isMainThread) {
  const stretches = [];
  const readCpuMs = () => {
    const {user, system} = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let lastMs = readCpuMs();
  const timer = setInterval(() => {
    const nowMs = readCpuMs();
    if (nowMs - lastMs >= MIN_MS) stretches.push(`${Date.now()} ${nowMs - lastMs}`);
    lastMs = nowMs;
  }, 1);
  timer.unref();
  const file = decodeURIComponent(new URL(import.meta.url).search.slice(1));
  process.on('exit', () => writeFileSync(file, stretches.join('\n')));
}
