import {stat} from 'node:fs/promises';
import {CaptureError} from '../capture/damage.js';
import type {Renames} from '../heap/frame-renames.js';
import type {CaptureSource} from './capture-source.js';
import {followFile} from './follow-source.js';
import {checkReadOnce, isReadOnce} from './is-read-once.js';
import {openLive} from './live-source.js';
import {readCaptures} from './load-captures.js';
import type {LoadMessage} from './load-messages.js';
import {openSource} from './open-source.js';
import type {ReadCapture} from './read-capture.js';
import {readRuns} from './read-runs.js';
import {type EmitProgress, type LoadOptions, readSource, reportEnd} from './run-load.js';
import {openStandardInput} from './standard-input.js';

/** What is loaded. Plain data: it crosses threads as it is. A path "-" is standard input. */
export type InputSpec =
  | {readonly kind: 'file'; readonly path: string}
  /** Several processes, in one tree if `isMerged`. */
  | {readonly kind: 'files'; readonly paths: readonly string[]; readonly isMerged: boolean}
  /**
   * Captures that are compared: with one another where there are no bases, else with those. `isMerged`: those of each
   * side are added up.
   */
  | {
      readonly kind: 'runs';
      readonly paths: readonly string[];
      readonly bases: readonly string[];
      readonly renames: Renames;
      readonly isMerged: boolean;
    }
  /** A file that is still being written. */
  | {readonly kind: 'follow'; readonly path: string}
  /** A process of this machine that waits at a port for somebody to send its records to. */
  | {readonly kind: 'live'; readonly port: number};

/** Loads an input and reports like `runLoad`. */
export function loadInput(
  input: InputSpec,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<void> {
  return reportEnd(readInput(input, options, emit), options, emit);
}

/**
 * Reads an input to its end and reports progress.
 * @throws CaptureError if there is nothing to show, or the reason of an aborted signal
 */
export async function readInput(
  input: InputSpec,
  options: LoadOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  if (isReadOnce(input)) checkReadOnce(options);
  checkGenerations(input, options);
  switch (input.kind) {
    case 'file':
      return readSource(() => openPath(input.path), options, emit);
    case 'files': {
      const {paths, isMerged} = input;
      const sources = paths.map(path => ({name: path, open: () => openPath(path)}));
      const facts = {isMerged, isReadOnce: isReadOnce(input), totalBytes: await sumSizes(paths)};
      return readCaptures(sources, {...options, ...facts}, emit);
    }
    case 'runs': {
      const {paths, bases, renames, isMerged} = input;
      const toSource = (isBase: boolean) => (path: string) => ({
        name: path,
        isBase,
        open: () => openPath(path),
      });
      const sources = [...paths.map(toSource(false)), ...bases.map(toSource(true))];
      const totalBytes = await sumSizes([...paths, ...bases]);
      const facts = {renames, isMerged, totalBytes, isReadOnce: isReadOnce(input)};
      return readRuns(sources, {...options, ...facts}, emit);
    }
    case 'follow':
      return readSource(async () => followFile(input.path), options, emit);
    case 'live':
      return readSource(async () => openLive(input.port, options.onReceived), options, emit);
  }
}

/** @throws CaptureError where generations, which are columns already, would be those of several captures */
function checkGenerations({kind}: InputSpec, {view}: Pick<LoadOptions, 'view'>): void {
  if (view.kind !== 'generations' || (kind !== 'files' && kind !== 'runs')) return;
  throw new CaptureError('no-moments', 'gen: takes one capture, and no comparison');
}

function openPath(path: string): Promise<CaptureSource> {
  return path === '-' ? openStandardInput() : openSource(path);
}

/** Null if one of them has no size; files that are not there have none of the sum. */
async function sumSizes(paths: readonly string[]): Promise<number | null> {
  if (paths.includes('-')) return null;
  const sizes = paths.map(path =>
    stat(path).then(
      ({size}) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
