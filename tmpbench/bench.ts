import {openSync, readSync} from 'node:fs';
import {createCore} from '../src/core/core.js';
import {createHistoryCore} from '../src/core/history-core.js';
import {createCaptureParser} from '../src/heap/capture-parser.js';
const file = process.argv[2]!;
const mode = process.argv[3]!;
const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 200, ...(mode !== 'plain' && {blocks: {startCore: () => {
  const core = createHistoryCore() as any;
  if (mode !== 'off') { core.keepTimeline(); if (mode === 'on') core.keepStates(); }
  (globalThis as any).core = core; return {...core, finishBlocks: () => 1};
  (globalThis as any).core = core;
  return core;
}}})} as any);
const fd = openSync(file, 'r');
const buf = new Uint8Array(1 << 20);
const cpu0 = process.cpuUsage();
for (;;) { const n = readSync(fd, buf, 0, buf.length, null); if (n === 0) break; for (let i = 0; i < n; i += 131072) parser.push(buf.subarray(i, Math.min(n, i + 131072))); }
parser.end();
const cpu = process.cpuUsage(cpu0);
const core = (globalThis as any).core;
console.log(mode, ((cpu.user + cpu.system) / 1e3).toFixed(0), 'ms', 'rss', Math.round(process.memoryUsage().rss / 1e6), 'records', parser.allocationRecords, mode === 'on' ? `cells ${core.cellCount()} log ${(core.logBytes() / 1e6).toFixed(2)} MB points ${core.pointCount()} cut ${core.isHistoryCut()}` : '');
