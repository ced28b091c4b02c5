import fs from 'node:fs/promises';
import type {CaptureInfo} from '../src/heap/snapshot.js';
import type {CliOptions} from './cli-values.js';
import {chooseLiveFileName} from './live-file-name.js';
import {LiveRecording, type SaveTarget} from './live-recording.js';
import {createOutputFile} from './output-file.js';
import {checkTarget, type OutputTarget} from './output-target.js';
import {say} from './say.js';

/**
 * What keeps the bytes of a live run: a file for --save, else memory. The file is opened at once, so that a
 * run is not received for nothing; where that fails, the result says why.
 */
export async function openLiveRecording({
  save,
  force,
}: Pick<CliOptions, 'save' | 'force'>): Promise<LiveRecording> {
  const recording = new LiveRecording({target: save === null ? null : createTarget(save, force)});
  await recording.begin();
  return recording;
}

/** Only a new regular file: a run that is saved is to be there afterwards. */
function createTarget(path: string, isForced: boolean): SaveTarget {
  const target: OutputTarget = {path, isForced, inputs: [], isPartialKept: true};
  return {
    path,
    async open() {
      await checkTarget(target, fs);
      return createOutputFile(target);
    },
  };
}

/** Saves a run in the current directory. */
export async function saveLiveRun(recording: LiveRecording, capture: CaptureInfo): Promise<void> {
  await recording.saveTo(createTarget(await chooseLiveFileName(capture), false));
}

/**
 * Completes the file. Returns the exit code: `exitCode`, or 1 with a line on standard error if the run was
 * not saved.
 */
export async function closeLiveRecording(recording: LiveRecording, exitCode: number): Promise<number> {
  await recording.end();
  const {path, failure} = recording.state;
  if (failure === null) return exitCode;
  say(path ?? 'live run', failure);
  return exitCode === 0 ? 1 : exitCode;
}
