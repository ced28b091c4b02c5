import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';

/** Where more captures than the fixtures lie, if they are there: tests then run over them too. */
const besideTheProject = fileURLToPath(new URL('../../../shared/captures', import.meta.url));
const {MEMRAY_TREE_CAPTURES: candidate = besideTheProject} = process.env;

/** The folder of all captures, null where there is none. */
export const capturesDirectory: string | null = existsSync(candidate) ? candidate : null;

/** The folder of the captures that belong to the project. */
export const fixturesDirectory: string = fileURLToPath(new URL('../fixtures/captures', import.meta.url));

export interface CaptureFile {
  /** Path without ".bin", relative to its folder of captures: "nested", "bad/header-cut". */
  readonly name: string;
  readonly path: string;
  /** Kinds of goldens beside it: "tree", "b10", "records" … */
  readonly goldens: readonly string[];
}

/** All captures of a folder, with those in the folders below it. */
export function listCaptures(directory: string = capturesDirectory ?? fixturesDirectory): CaptureFile[] {
  const files = readdirSync(directory, {recursive: true, encoding: 'utf8'}).sort();
  return files
    .filter(file => file.endsWith('.bin'))
    .map(file => {
      const name = file.slice(0, -'.bin'.length);
      const goldens = files
        .filter(other => other.startsWith(`${name}.`))
        .flatMap(other => /^([^.]+)\.json(?:\.gz)?$/.exec(other.slice(name.length + 1))?.[1] ?? []);
      return {name, path: join(directory, file), goldens};
    });
}

/** A golden of a capture, as parsed JSON. */
export function readGoldenOf(capture: CaptureFile, kind: string): unknown {
  const path = `${capture.path.slice(0, -'.bin'.length)}.${kind}.json`;
  const text = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  return JSON.parse(text.toString('utf8'));
}
