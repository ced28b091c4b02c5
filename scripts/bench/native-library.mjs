// A shared library with debug information, built by gcc, for captures with native stacks that a viewer has to
// name.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';

const FILES = 20;
const FUNCTIONS_PER_FILE = 100;

/**
 * Builds the library in `folder` and returns {path, segments, text}: what its program headers say, [address,
 * bytes] each. `text` is the executable one.
 */
export function buildNativeLibrary(folder) {
  mkdirSync(folder, {recursive: true});
  const objects = Array.from({length: FILES}, (_, file) => {
    writeFileSync(`${folder}/part_${file}.c`, writeSource(file));
    execFileSync('gcc', ['-g', '-O1', '-fPIC', '-c', `part_${file}.c`], {cwd: folder, stdio: 'inherit'});
    return `part_${file}.o`;
  });
  const path = `${folder}/libshape.so`;
  execFileSync('gcc', ['-shared', '-o', 'libshape.so', ...objects], {cwd: folder, stdio: 'inherit'});
  return {path, ...readSegments(path)};
}

/** The same of a library with nothing but the interpreter's loop; `loop` is an address in it. */
export function buildInterpreter(folder) {
  mkdirSync(`${folder}/Python`, {recursive: true});
  writeFileSync(`${folder}/Python/ceval.c`, INTERPRETER);
  const path = `${folder}/libpython3.11.so`;
  const options = ['-g', '-O1', '-fPIC', '-shared', '-o', 'libpython3.11.so', 'Python/ceval.c'];
  execFileSync('gcc', options, {cwd: folder, stdio: 'inherit'});
  const symbols = execFileSync('nm', [path], {encoding: 'utf8'});
  const [, start] = /^([0-9a-f]+) T _PyEval_EvalFrameDefault$/m.exec(symbols);
  return {path, ...readSegments(path), loop: Number.parseInt(start, 16) + 8};
}

const INTERPRETER = `long call(long n)
{
    return n + 1;
}

long _PyEval_EvalFrameDefault(long n)
{
    long sum = 0;
    for (long i = 0; i < n; i++)
        sum += call(i) * 3;
    return sum;
}
`;

function writeSource(file) {
  const functions = Array.from({length: FUNCTIONS_PER_FILE}, (_, i) => {
    const name = `compute_${file}_${i}`;
    const called = i === 0 ? 'values[n]' : `step_${i - 1}(values, n)`;
    return `static inline long step_${i}(volatile long *values, long n)
{
    values[n] += ${i + 1};
    if (values[n] > ${100 + i})
        values[n] ^= ${3 * i + 1};
    return values[n] * ${i + 2};
}

long ${name}(volatile long *values, long n)
{
    long sum = ${called};
    for (long i = 0; i < n; i++) {
        sum += values[i] * ${i + 3};
        values[i] = sum - ${file + 1};
        sum ^= step_${i}(values, i);
    }
    return sum;
}
`;
  });
  return functions.join('\n');
}

const PT_LOAD = 1;
const EXECUTABLE = 1;

/** The PT_LOAD headers of a 64-bit little-endian ELF file. */
function readSegments(path) {
  const bytes = readFileSync(path);
  const table = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  const headers = Array.from({length: bytes.readUInt16LE(56)}, (_, i) => table + i * size);
  const toSegment = at => [Number(bytes.readBigUInt64LE(at + 16)), Number(bytes.readBigUInt64LE(at + 40))];
  const loaded = headers.filter(at => bytes.readUInt32LE(at) === PT_LOAD);
  const text = loaded.find(at => (bytes.readUInt32LE(at + 4) & EXECUTABLE) !== 0);
  return {segments: loaded.map(toSegment), text: toSegment(text)};
}
