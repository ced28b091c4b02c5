// Records programs with memray and reads their trees with the program of dist/.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {program} from '../bench/environment.mjs';

const here = fileURLToPath(new URL('programs/', import.meta.url));

/** Programs by name, with the options of their recordings. */
export const programs = {
  threads: [],
  records: [],
  imports: [],
  buffers: [],
  // Without pools of memory for small objects, which are booked to a place by chance.
  'records, Python allocators': ['--trace-python-allocators'],
};

/** In each of the programs the function that holds the planted bytes. */
export const plantedFunction = 'build_index';

/**
 * Records both sides in turn, so that both meet the same load of the machine.
 * @returns the roots of their trees: first those of the base, then the new ones
 */
export function recordSides({python, folder, name, series, runs, plantedBytes}) {
  const sides = [[], []];
  for (let run = 0; run < runs; run++) {
    for (const [side, roots] of sides.entries()) {
      const path = `${folder}/${name.replaceAll(/\W+/g, '-')}-${series}-${side}-${run}.bin`;
      record(python, path, name, side === 0 ? 0 : plantedBytes);
      roots.push(readTree(path));
    }
  }
  return sides.flat();
}

function record(python, path, name, plantedBytes) {
  const options = ['--quiet', '--force', ...programs[name], '--output', path];
  execFileSync(python, ['-m', 'memray', 'run', ...options, `${here}${name.split(',')[0]}.py`], {
    env: {...process.env, PYTHONHASHSEED: 'random', NOISE_PLANTED_BYTES: String(plantedBytes)},
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function readTree(path) {
  const args = [program, '--json', '--view', 'by:function all', path];
  return JSON.parse(execFileSync(process.execPath, args, {encoding: 'utf8', maxBuffer: 2 ** 30})).tree;
}
