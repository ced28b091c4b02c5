import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Where more captures than the fixtures lie, if they are there: tests then run over them too. */
const besideTheProject = fileURLToPath(new URL('../../../shared/captures', import.meta.url));
const {MEMRAY_TREE_CAPTURES: candidate = besideTheProject} = process.env;

/** The folder of all captures, null where there is none. */
export const capturesDirectory: string | null = existsSync(candidate) ? candidate : null;

/** The folder of the captures that belong to the project. */
export const fixturesDirectory: string = fileURLToPath(new URL('../fixtures/captures', import.meta.url));
