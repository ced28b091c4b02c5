// Synthetic captures of unusual shapes. `node shape-captures.mjs NAME FILE` writes one; the same name gives
// the same records, whatever the machine.
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {CaptureFile, MMAP, MUNMAP} from './capture-file.mjs';
import {buildInterpreter, buildNativeLibrary} from './native-library.mjs';

const FIRST_ADDRESS = 0x7f00_0000_0000;
const BASE = 0x5500_0000_0000;
const INTERPRETER_BASE = 0x5400_0000_0000;
/** A step that brings about everything there is, if the number of all is a power of ten. */
const PRIME = 7919;
/** Eight entries of a Python 3.11 line table: one code unit each, one line further each. */
const TABLE = Buffer.from(Array.from({length: 8}, () => [0x80 | (11 << 3), 0, 4]).flat());

/** Where the functions of `writeCalls` are. */
const CALL_FILES = [
  '/srv/app/orders/module_%.py',
  '/srv/app/orders/module_%.py',
  '/usr/lib/python3.11/json/module_%.py',
  '/usr/lib/python3.11/site-packages/numpy/module_%.py',
  '/usr/lib/python3.11/site-packages/pandas/core/module_%.py',
  '/srv/app/web/module_%.py',
  '<frozen runpy>',
  '/srv/app/web/views/module_%.py',
  '/usr/lib/python3.11/site-packages/django/db/module_%.py',
  '<frozen importlib._bootstrap>',
  '/srv/app/models/module_%.py',
];

/** By name: what writes the records. */
const shapes = {
  'codes-100k': path => writeCodes(path, 100_000),
  'codes-1m': path => writeCodes(path, 1_000_000),
  'codes-1.1m': path => writeCodes(path, 1_100_000),
  'native-100k': path => writeNativeStacks(path, 100_000, false),
  'native-paired-100k': path => writeNativeStacks(path, 100_000, true),
  'aggregated-100k': path => writeAggregated(path, 100_000),
  'aggregated-1m': path => writeAggregated(path, 1_000_000),
  'labels-1m': path => writeLabels(path, 1_000_000),
  'calls-100k': path => writeCalls(path, 100_000),
  'live-5m': path => writeLive(path, 5_000_000),
  'nodes-11m': path => writeNodes(path, 1_000_000, 11),
  'threads-200k': path => writeThreads(path, 200_000),
  'maps-overlapping': writeOverlappingMaps,
  'maps-with-holes': writeMapsWithHoles,
  'maps-1m': writeMaps,
};

const [, script, name, target] = process.argv;
if (script === fileURLToPath(import.meta.url)) shapes[name](resolve(target));

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

function startStreaming(path, options) {
  const capture = new CaptureFile(path, options);
  capture.switchThread(1);
  addCode(capture, 1, 'main');
  capture.push(1);
  return capture;
}

function addCode(capture, id, name = `function_${String(id).padStart(7, '0')}`) {
  capture.addCode(id, name, `/srv/app/package/module_${id % 500}.py`, 1 + (id % 900), TABLE);
}

/** Code objects with one location each, all below one caller. */
function writeCodes(path, count) {
  const capture = startStreaming(path);
  for (let i = 0; i < count; i++) {
    addCode(capture, i + 2);
    capture.push(i + 2, 2 * (i % 8));
    capture.allocate(FIRST_ADDRESS + 16 * i, 1 + (i % 1000));
    capture.pop();
  }
  capture.finish();
}

/**
 * `count` native stacks of 30 entries; six of them have addresses of their own. If they are paired, the
 * outermost entry is the interpreter's loop: then native frames make nodes of the tree; else all that a
 * viewer does with them is naming.
 */
function writeNativeStacks(path, count, isPaired) {
  const library = buildNativeLibrary(`${path}.library`);
  const interpreter = isPaired ? buildInterpreter(`${path}.library`) : null;
  const [textStart, textBytes] = library.text;
  const capture = startStreaming(path, {hasNative: true});
  capture.startMaps();
  if (isPaired) capture.addImage(interpreter.path, INTERPRETER_BASE, interpreter.segments);
  capture.addImage(library.path, BASE, library.segments);
  const random = createRandom();
  const addEntry = (parent, address = BASE + textStart + random(textBytes)) => {
    capture.addNative(address, parent);
    return ++entries;
  };
  let entries = 0;
  let shared = isPaired ? addEntry(0, INTERPRETER_BASE + interpreter.loop) : addEntry(0);
  for (let depth = 1; depth < 24; depth++) shared = addEntry(shared);
  for (let i = 0; i < count; i++) {
    let native = shared;
    for (let depth = 0; depth < 6; depth++) native = addEntry(native);
    capture.allocate(FIRST_ADDRESS + 16 * i, 1 + (i % 1000), {native});
  }
  capture.finish();
}

/** One stack of two frames for each location. */
function writeAggregated(path, count) {
  const capture = new CaptureFile(path, {isAggregated: true});
  capture.addSnapshot(Date.now(), 1e9, 1e9);
  capture.switchThread(1);
  capture.nameThread('MainThread');
  addCode(capture, 1, 'main');
  for (let i = 0; i < count; i++) addCode(capture, i + 2);
  for (let i = 0; i <= count; i++) capture.addFrame(i, i + 1, 2 * (i % 8));
  capture.addTrace(0, 0);
  for (let i = 0; i < count; i++) capture.addTrace(i + 1, 1);
  for (let i = 0; i < count; i++) capture.addAggregated(1, i + 2, 1 + (i % 3), 1 + (i % 1000));
  capture.finish(15);
}

/** Threads with a name and an allocation each. */
function writeLabels(path, count) {
  const capture = startStreaming(path);
  for (let i = 0; i < count; i++) {
    capture.switchThread(i + 2);
    capture.nameThread(`Worker thread number ${i}`);
    capture.push(1);
    capture.allocate(FIRST_ADDRESS + 16 * i, 1 + (i % 1000));
  }
  capture.finish();
}

/** Allocations that all stay, each on one of 90,000 stacks at random. */
function writeLive(path, count) {
  const capture = startStreaming(path);
  for (let id = 2; id < 302; id++) addCode(capture, id);
  const random = createRandom();
  for (let i = 0; i < count; i++) {
    if (i % 16 === 0) {
      if (i > 0) capture.pop();
      capture.push(2 + random(300));
    }
    capture.push(2 + random(300), 2);
    capture.allocate(FIRST_ADDRESS + 16 * i, 1 + random(2000));
    capture.pop();
  }
  capture.finish();
}

/**
 * Stacks 20 to 40 deep with about so many different callers and callees in all, one location each: a function calls a
 * few others, some often, and a program goes up and down by several of them. Some frames are of packages, of the
 * import system and of runpy.
 */
function writeCalls(path, nodes) {
  const capture = startStreaming(path);
  const random = createRandom();
  const count = 2000;
  for (let id = 2; id < count; id++) {
    const file = CALL_FILES[id % CALL_FILES.length].replace('%', String(id % 97));
    capture.addCode(id, `function_${id % 700}`, file, 1 + (id % 900), TABLE);
  }
  let depth = 0;
  let address = FIRST_ADDRESS;
  for (let added = 0; added < nodes; ) {
    const kept = depth === 0 ? 0 : Math.max(1, depth - 1 - random(random(3) === 0 ? 30 : 5));
    capture.pop(depth - kept);
    const wanted = 20 + random(21);
    for (depth = kept; depth < wanted; depth++, added++) {
      // Near the outermost frame few functions are called, further in many.
      const choices = depth < 6 ? 2 : 40;
      capture.push(2 + ((depth * PRIME + random(choices) * 31) % (count - 2)), 2 * random(3));
    }
    capture.allocate(address, 1 + random(4000));
    address += 16;
  }
  capture.finish();
}

/** The same code objects, in an order of its own, below each of so many callers, with a location each. */
function writeNodes(path, codes, callers) {
  const capture = startStreaming(path);
  for (let id = 2; id < codes + 2; id++) addCode(capture, id);
  for (let caller = 0; caller < callers; caller++) {
    capture.push(1, caller);
    for (let i = 0; i < codes; i++) {
      capture.push(2 + ((i * (PRIME + 10 * caller)) % codes));
      capture.allocate(FIRST_ADDRESS + 16 * (caller * codes + i), 1 + (i % 1000));
      capture.pop();
    }
    capture.pop();
  }
  capture.finish();
}

/** 60 stack nodes in each thread, and 100 allocations in ten visits. */
function writeThreads(path, count) {
  const capture = startStreaming(path);
  for (let id = 2; id < 62; id++) addCode(capture, id);
  const random = createRandom();
  let allocations = 0;
  for (let visit = 0; visit < 10; visit++) {
    for (let thread = 0; thread < count; thread++) {
      capture.switchThread(2 + ((thread * PRIME) % count));
      for (let i = 0; i < 10; i++) {
        const outer = 2 + random(6);
        capture.push(outer);
        capture.push(8 + 9 * (outer - 2) + random(9));
        capture.allocate(FIRST_ADDRESS + 16 * allocations++, 1 + random(1000));
        capture.pop(2);
      }
    }
  }
  capture.finish();
}

/** Equal ranges above each other, and a small hole in all of them at a time. */
function writeOverlappingMaps(path) {
  const capture = startStreaming(path);
  for (let i = 0; i < 20_000; i++) capture.allocate(FIRST_ADDRESS, 2 ** 30, {allocator: MMAP});
  for (let i = 0; i < 20_000; i++) {
    capture.allocate(FIRST_ADDRESS + 8192 * i, 4096, {allocator: MUNMAP});
  }
  capture.finish();
}

/** Ranges that begin and end at addresses of their own, with holes in all of them. */
function writeMapsWithHoles(path) {
  const capture = startStreaming(path);
  for (let i = 0; i < 3000; i++) {
    capture.allocate(FIRST_ADDRESS + 8 * i, 2 ** 30 - 16 * i, {allocator: MMAP});
  }
  for (let i = 0; i < 3000; i++) {
    capture.allocate(FIRST_ADDRESS + 65_536 * (i + 1), 4096, {allocator: MUNMAP});
  }
  capture.finish();
}

/** A million ranges side by side, unmapped one by one at random. */
function writeMaps(path) {
  const count = 1_000_000;
  const capture = startStreaming(path);
  for (let i = 0; i < count; i++) capture.allocate(FIRST_ADDRESS + 8192 * i, 4096, {allocator: MMAP});
  const order = Uint32Array.from({length: count}, (_, i) => i);
  const random = createRandom();
  for (let left = count; left > 0; left--) {
    const at = random(left);
    capture.allocate(FIRST_ADDRESS + 8192 * order[at], 4096, {allocator: MUNMAP});
    order[at] = order[left - 1];
  }
  capture.finish();
}
