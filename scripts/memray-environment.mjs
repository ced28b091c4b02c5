// A virtual environment with a release of memray, made once and kept below node_modules/.cache.
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

/** Returns the path of a Python that has memray. The variable PYTHON names the one that it is made with. */
export function ensureMemray(release) {
  const environment = `${cache}/memray-${release}-venv`;
  const python = `${environment}/bin/python`;
  if (existsSync(`${environment}/bin/memray`)) return python;
  execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', '--clear', environment], {stdio: 'inherit'});
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', `memray==${release}`], {stdio: 'inherit'});
  return python;
}
