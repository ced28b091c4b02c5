import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {floods, packFlood} from '../helpers/floods.js';
import {runProgram} from '../helpers/run-program.js';

// What the program promises of its memory: so much, and 60 bytes more for each live allocation.
const MOST_BYTES = 512e6;

const folder = mkdtempSync(join(tmpdir(), 'floods-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Loaded before the program: writes down, when it ends, how much memory it had at most. */
const PROBE = `import {writeFileSync} from 'node:fs';
process.on('exit', () => writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS * 1024)));`;

/** Runs the program with a small heap. */
async function runSmall(args: readonly string[]) {
  const memoryFile = join(folder, 'memory');
  const result = await runProgram(args, {
    nodeOptions: ['--max-old-space-size=64', `--import=data:text/javascript,${encodeURIComponent(PROBE)}`],
    env: {MEMORY_FILE: memoryFile},
  });
  return {...result, bytes: Number(readFileSync(memoryFile, 'utf8'))};
}

describe('a flood ends as one clear line, with what was read before it', () => {
  test.each(Object.keys(floods))('of %s', {timeout: 300_000}, async kind => {
    const path = join(folder, 'flood.bin.gz');
    writeFileSync(path, packFlood(floods[kind]!));
    const {code, stdout, stderr, bytes} = await runSmall(['--json', path]);
    expect(code).toBe(3);
    const [line, ...others] = stderr.trimEnd().split('\n');
    expect(line).toMatch(
      /^memray-tree-ink: \S+: The capture is too large to be kept in memory.*; reading stopped at byte \d+ \(record \d+\)\. Shown: everything before it\.$/,
    );
    // Some of them refer to what is not there, which is said as well.
    for (const other of others) expect(other).toMatch(/refers? to nothing\.$/);
    expect(JSON.parse(stdout).capture.damage.code).toBe('too-large');
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});

test.each(['--json', '--text'])(
  'more locations than the heap has room for: the biggest are shown (%s)',
  async form => {
    const path = join(folder, 'many.bin');
    const count = 200_000;
    const one = (i: number) => [
      {type: 'code', id: i, function: `function_${i}_${'x'.repeat(200)}`, file: `file_${i}.py`} as const,
      {type: 'push', code: i} as const,
      {type: 'allocate', address: 8 * (i + 1), size: 10 * count - i} as const,
      {type: 'pop'} as const,
    ];
    writeFileSync(
      path,
      writeCapture([
        {type: 'thread', id: 1},
        ...Array.from({length: count}, (_, i) => one(i)).flat(),
        {type: 'trailer'},
      ]),
    );
    const {code, stdout, stderr} = await runSmall([form, '-b', String(count), path]);
    expect(code).toBe(0);
    const [, shown] =
      /^memray-tree-ink: \S+: There is not enough memory for more than the (\d+) biggest locations\.\n$/.exec(
        stderr,
      )!;
    expect(Number(shown)).toBeGreaterThan(1000);
    expect(Number(shown)).toBeLessThan(count);
    expect(stdout).toContain('function_0_');
    expect(stdout).not.toContain(`function_${count - 1}_`);
  },
  120_000,
);
