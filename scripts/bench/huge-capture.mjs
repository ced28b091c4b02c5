// A synthetic capture of any size, for what only shows in large ones: `node huge-capture.mjs FILE [BYTES]`, 1.6 GB unless
// said otherwise. The same size gives the same records. The program that it is of has three threads, a bounded cache, a slow
// leak, and a spike in the middle; a memory record comes with every 2,000 allocation records.
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {CaptureFile} from './capture-file.mjs';

const DEFAULT_BYTES = 1.6e9;
const FUNCTIONS = 400;
const THREADS = 3;
const LEAST_DEPTH = 10;
const MOST_DEPTH = 40;
/** Two functions may be called at each of the outermost levels, one below them. */
const BRANCHING_DEPTH = 12;
const CACHE_BLOCKS = 20_000;
/** Blocks of the spike, and the bytes of each. */
const SPIKE_BLOCKS = 500;
const SPIKE_BYTES = 1e6;
const RECORDS_PER_MEMORY_RECORD = 2000;
const RECORDS_PER_LEAK = 1000;
const FIRST_ADDRESS = 0x7f00_0000_0000;
const START_MS = 1_700_000_000_000;

/** Numbers below a bound, the same at every run. */
function createRandom() {
  let state = 0x2545f491;
  return bound => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * bound);
  };
}

class Program {
  #capture;
  #random = createRandom();
  #depths = new Array(THREADS + 1).fill(0);
  #thread = 0;
  /** By the numbers of blocks, which tell their addresses. */
  #sizes = [];
  #freeBlocks = [];
  #cache = [];
  #oldest = 0;
  #heap = 0;
  #ms = 0;
  records = 0;

  constructor(capture) {
    this.#capture = capture;
    this.#enter(1);
    for (let id = 1; id <= FUNCTIONS; id++) {
      capture.addCode(id, `function_${id}`, `/srv/app/package_${id % 20}/module_${id % 90}.py`, id);
    }
  }

  /** Some calls, and what they allocate. */
  step() {
    if (this.#random(200) === 0) this.#enter(1 + this.#random(THREADS));
    this.#walk();
    for (let left = 1 + this.#random(6); left > 0; left--) {
      const block = this.#allocate(16 + this.#random(500));
      if (this.#random(4) === 0) this.#keep(64 + this.#random(2000));
      this.#free(block);
    }
    if (this.records % RECORDS_PER_LEAK < 4) this.#allocate(200);
  }

  spike() {
    const blocks = Array.from({length: SPIKE_BLOCKS}, () => this.#allocate(SPIKE_BYTES));
    for (let steps = 0; steps < 20_000; steps++) this.step();
    for (const block of blocks) this.#free(block);
  }

  #enter(thread) {
    if (thread === this.#thread) return;
    this.#thread = thread;
    this.#capture.switchThread(thread);
  }

  #walk() {
    const depth = this.#depths[this.#thread];
    const wanted = LEAST_DEPTH + this.#random(MOST_DEPTH - LEAST_DEPTH);
    const popped = Math.min(depth, 1 + this.#random(4));
    if (popped > 0) this.#capture.pop(popped);
    let left = depth - popped;
    for (let pushes = 1 + this.#random(4); pushes > 0 && left < wanted; pushes--, left++) {
      // As in a real program, there are far fewer stacks than calls: ways part at the outer frames only.
      const branch = left < BRANCHING_DEPTH ? this.#random(2) : 0;
      this.#capture.push(1 + ((left * 37 + branch) % FUNCTIONS), 2 * branch);
    }
    this.#depths[this.#thread] = left;
  }

  #allocate(size) {
    const block = this.#freeBlocks.pop() ?? this.#sizes.length;
    this.#sizes[block] = size;
    this.#capture.allocate(FIRST_ADDRESS + 64 * block, size);
    this.#heap += size;
    this.#count();
    return block;
  }

  #free(block) {
    this.#capture.free(FIRST_ADDRESS + 64 * block);
    this.#heap -= this.#sizes[block];
    this.#freeBlocks.push(block);
    this.#count();
  }

  /** The cache holds so many blocks; the oldest one goes. */
  #keep(size) {
    const block = this.#allocate(size);
    if (this.#cache.length < CACHE_BLOCKS) {
      this.#cache.push(block);
      return;
    }
    this.#free(this.#cache[this.#oldest]);
    this.#cache[this.#oldest] = block;
    this.#oldest = (this.#oldest + 1) % CACHE_BLOCKS;
  }

  #count() {
    this.records++;
    if (this.records % RECORDS_PER_MEMORY_RECORD > 0) return;
    this.#ms += 10;
    this.#capture.addMemory(60e6 + Math.max(0, this.#heap), this.#ms);
  }
}

export function writeHuge(path, bytes) {
  const capture = new CaptureFile(path, {
    commandLine: 'service.py',
    startMs: START_MS,
    endMs: START_MS + bytes / 1600,
  });
  const program = new Program(capture);
  while (capture.bytes < bytes / 2) program.step();
  program.spike();
  while (capture.bytes < bytes) program.step();
  capture.finish();
  return program.records;
}

const [, script, target, bytes] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${writeHuge(resolve(target), Number(bytes ?? DEFAULT_BYTES))} allocation records\n`);
}
