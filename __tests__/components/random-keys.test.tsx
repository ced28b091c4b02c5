import {readFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import {loadRegexEngine} from '../../src/query/bounded-regex.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {createRandom} from '../helpers/fuzzing/random.js';
import {openKeyRun} from '../helpers/soak/random-keys.js';

/** `npm run soak` goes on for so many seconds, with other keys each time; tests press the same ones. */
const SOAK_SECONDS = Number(process.env.MEMRAY_TREE_SOAK_SECONDS ?? 0);
const SEED = Number(process.env.MEMRAY_TREE_SOAK_SEED ?? 1);
/** Captures that `npm run soak` is given besides, one a line. */
const GIVEN = process.env.MEMRAY_TREE_SOAK_FILES?.split('\n') ?? [];
const STEPS = 60;
const NAMES = ['nested', 'threads', 'imports', 'unicode', 'hostile', 'temps', 'empty', 'deep'];
/** Of other kinds: native, aggregated, old, killed, compared with a base. */
const MORE_NAMES = [
  ...['native-nested', 'lifetimes-native', 'aggregate-middle', 'aggregate-threads', 'mmaps', 'ties', 'crawl'],
  ...['killed-buffered', 'old-versions/v06-1.0.3-versions', 'old-versions/v10-1.10.0-aggregate'],
  ...['nested compared with threads', 'lifetimes compared with temps'],
];

beforeAll(loadRegexEngine);

const listed = SOAK_SECONDS === 0 ? NAMES : [...NAMES, ...MORE_NAMES, ...GIVEN];

const read = (name: string): Uint8Array =>
  readFileSync(name.endsWith('.bin') ? name : `${fixturesDirectory}/${name}.bin`);

test.each(listed)(
  '%s: whatever is pressed, the screen is that of a fresh render of the same state',
  async name => {
    const run = await openKeyRun(name.split(' compared with ').map(read));
    const random = createRandom(SEED, listed.indexOf(name));
    const endMs = performance.now() + (1000 * SOAK_SECONDS) / listed.length;
    let steps = 0;
    for (; steps < STEPS || performance.now() < endMs; steps++) {
      await run.step(random).catch((cause: unknown) => {
        throw new Error(`step ${steps} of seed ${SEED}: ${String(cause)}`, {cause});
      });
    }
    run.close();
    if (SOAK_SECONDS > 0) process.stdout.write(`${name}: ${steps} steps with seed ${SEED}\n`);
    expect(steps).toBeGreaterThanOrEqual(STEPS);
  },
  120_000 + 2000 * SOAK_SECONDS,
);
