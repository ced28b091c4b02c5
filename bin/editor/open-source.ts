import {stat} from 'node:fs/promises';
import type {Environment} from '../../src/platform/environment.js';
import {getPlatform} from '../../src/platform/platform.js';
import {getShownLine} from '../../src/source/shown-line.js';
import {type SourceRequest, toReadOptions} from '../../src/source/source-excerpt.js';
import type {SourceReader} from '../../src/source/source-reader.js';
import {explainMissing} from '../../src/store/source-pane/source-notes.js';
import {listFileArguments, readEditor} from './editor-command.js';
import {describeEnd, type EditorEnd} from './run-editor.js';

export interface EditorHost {
  readonly env: Environment;
  readonly reader: SourceReader;
  /** Runs a program in the terminal; null where that is not free. */
  run(program: string, args: readonly string[]): Promise<EditorEnd | null>;
}

/** The file that a source is in, and its line (0 where it is not known); or why no editor gets it. */
type SourceTarget =
  | {readonly kind: 'file'; readonly path: string; readonly line: number}
  | {readonly kind: 'none'; readonly reason: string};

/** Opens the user's editor at a source line. Resolves to what is to be said about it, null where that is nothing. */
export async function openSource(request: SourceRequest, host: EditorHost): Promise<string | null> {
  const editor = readEditor(host.env, getPlatform());
  if (editor.kind === 'none') return editor.reason;
  const target = await findTarget(request, host.reader);
  if (target.kind === 'none') return target.reason;
  const {program, args} = editor;
  const end = await host.run(program, [...args, ...listFileArguments(program, target.path, target.line)]);
  return end === null ? null : describeEnd(program, end);
}

/** Only what the source panel shows is opened, by the same rules, and they are applied at this moment. */
async function findTarget(request: SourceRequest, reader: SourceReader): Promise<SourceTarget> {
  const {file} = request;
  const result = await reader.read(file, toReadOptions(request));
  if (result.kind !== 'text') {
    const rows = explainMissing(file, result);
    // Not the list of all paths that were tried.
    return {kind: 'none', reason: rows.slice(0, result.kind === 'not-found' ? 1 : undefined).join('. ')};
  }
  const {path} = result;
  if (/\p{Cc}/u.test(path)) return {kind: 'none', reason: 'No editor gets a path with control characters'};
  const isFile = await stat(path).then(
    stats => stats.isFile(),
    () => false,
  );
  // The entry of a zip file is no file of its own.
  if (!isFile) return {kind: 'none', reason: `No editor can open a part of a zip file: ${path}`};
  return {kind: 'file', path, line: getShownLine({...request, result})};
}
