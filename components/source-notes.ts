import {joinSafe, type Safe, sanitize} from '../src/format/sanitize.js';
import type {RefusalReason, SourceResult} from '../src/source/source-result.js';

const ours = (text: string): Safe => text as Safe;

/** Names may be 64 KiB long. More than this is on no screen. */
const MAX_NAME_LENGTH = 1000;

/** A name from a capture, as much of it as could be shown. */
export function toSafeName(name: string): Safe {
  return sanitize(name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name);
}

/** A file with a line, as much of its end as could be shown: the file's name and the line are there. */
export function toSafePlace(place: string): Safe {
  return sanitize(place.length > MAX_NAME_LENGTH ? `…${place.slice(-MAX_NAME_LENGTH)}` : place);
}

/** Why an existing file is not shown. */
const REASONS: Readonly<Record<RefusalReason, string>> = {
  binary: 'a binary file',
  'too-large': 'too large: this line is not in the part that is read',
  'not-a-regular-file': 'not a regular file',
  private: 'neither a source file by its name nor readable by everyone; press . to show it',
  'system-path': 'a path of the system, never read',
  'remote-path': 'on another machine, never read',
  'user-file-system': "on a user's file system (FUSE); press . to show it",
  'not-answering': 'not answering',
  unreadable: 'not readable',
};

/** What stands in the place of a source that cannot be shown, row by row. `file` is the recorded name. */
export function explainMissing(file: string, result: Exclude<SourceResult, {kind: 'text'}>): readonly Safe[] {
  switch (result.kind) {
    case 'no-file':
      if (file === '<unknown>') return [ours('no debug information tells the file of this code')];
      return [joinSafe(ours('this code came from no file: '), toSafeName(file === '' ? 'no name' : file))];
    case 'not-found':
      return [
        joinSafe(ours('source not found: '), toSafeName(file)),
        ...(result.tried.length > 0 ? [ours('tried:')] : []),
        ...result.tried.map(path => joinSafe(ours('  '), toSafeName(path))),
      ];
    case 'refused':
      return [joinSafe(ours('source not shown: '), toSafeName(result.path)), ours(REASONS[result.reason])];
  }
}

/** What has to be said beside a source that is shown, or null. `line` is 1-based, 0 where unknown. */
export function getSourceNote(result: SourceResult, line: number): Safe | null {
  if (result.kind !== 'text') return null;
  const lastLine = result.firstLine + result.lines.length - 1;
  if (line > lastLine) return ours(`source changed: line ${line} is behind its end (line ${lastLine})`);
  if (result.isNewerThanCapture) return ours('source changed since the recording');
  if (line === 0) return ours('the line is not known');
  return null;
}
