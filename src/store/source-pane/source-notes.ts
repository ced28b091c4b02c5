import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {lacksFunction} from '../../source/lacks-function.js';
import type {PseudoFile} from '../../source/pseudo-file.js';
import {getShownLine} from '../../source/shown-line.js';
import type {SourceExcerpt} from '../../source/source-excerpt.js';
import type {RefusalReason, SourceResult} from '../../source/source-result.js';

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
  binary: 'This is a binary file.',
  'too-large': 'The file is too large: only its first 8 MiB are read, and this line is not in them.',
  'not-a-regular-file': 'This is not a regular file.',
  private: 'It may hold secrets: it is not source code by its name, and not everyone may read it.',
  'system-path': 'Devices and files of the system are never read.',
  'remote-path': 'Files on other machines are never read.',
  'user-file-system': 'It is on a FUSE file system, which may not answer.',
  'not-answering': 'The file system does not answer.',
  unreadable: 'The file cannot be read.',
};

/** Why there is no file. */
const PSEUDO_FILES: Readonly<Record<PseudoFile, string>> = {
  notebook: 'This is a cell of a notebook. Its code is not in a file.',
  interactive: 'This code was typed in, or piped to the interpreter.',
  string: 'This code was a text given to exec, eval or python -c.',
  frozen: 'This module is built into the interpreter. Its source was not found.',
  native: 'No debug information names the source file of this code.',
  unnamed: 'No file name was recorded for this code.',
  other: 'This code did not come from a file. Libraries use such names for code that they generate.',
};

/** Reasons that end when the user asks for the source. */
const REVEALABLE: readonly RefusalReason[] = ['private', 'user-file-system'];

/** Whether a source is shown as soon as the user asks for it. */
function isHeldBack(result: SourceResult): boolean {
  return result.kind === 'refused' && REVEALABLE.includes(result.reason);
}

/** The file, if its source is held back until the user asks for it. */
export function getHeldBackFile(excerpt: SourceExcerpt | null): string | null {
  return excerpt !== null && isHeldBack(excerpt.result) ? excerpt.file : null;
}

/** What the user can do about a source that is not shown, in one sentence each; nothing where left out. */
export interface SourceHints {
  readonly notFoundHint?: string | undefined;
  readonly revealHint?: string | undefined;
}

/**
 * What stands instead of a source that cannot be shown, row by row.
 * @param file the recorded name
 */
export function explainMissing(
  file: string,
  result: Exclude<SourceResult, {kind: 'text'}>,
  {notFoundHint, revealHint}: SourceHints = {},
): readonly Safe[] {
  switch (result.kind) {
    case 'no-file': {
      const sentence = trusted(PSEUDO_FILES[result.pseudo]);
      const isNameless = result.pseudo === 'native' || result.pseudo === 'unnamed';
      return isNameless ? [sentence] : [joinSafe(trusted('no source file: '), toSafeName(file)), sentence];
    }
    case 'not-found':
      return [
        joinSafe(trusted('source not found: '), toSafeName(file)),
        ...toRows(notFoundHint),
        ...(result.tried.length > 0 ? [trusted('It is not at:')] : []),
        ...result.tried.map(path => joinSafe(trusted('  '), toSafeName(path))),
      ];
    case 'refused':
      return [
        joinSafe(trusted('source not shown: '), toSafeName(result.path)),
        ...(isHeldBack(result) ? toRows(revealHint) : []),
        trusted(REASONS[result.reason]),
      ];
  }
}

const toRows = (text: string | undefined): readonly Safe[] => (text === undefined ? [] : [sanitize(text)]);

/**
 * What has to be said beside a source that is shown, or null. A file that is newer than the recording may have been
 * copied: only its text shows that it is another one.
 * @param areLines whether rows stand for lines; else they stand for all lines of a function, or of more
 */
export function getSourceNote(excerpt: SourceExcerpt, areLines = true): Safe | null {
  const {result, line, functionName = ''} = excerpt;
  if (result.kind !== 'text') return null;
  const lastLine = result.firstLine + result.lines.length - 1;
  if (line > lastLine) return trusted(`${MAY_HAVE_CHANGED}: it ends before line ${line}`);
  if (lacksFunction(result, functionName, line)) {
    const name = toSafeName(functionName);
    return joinSafe(trusted(`${MAY_HAVE_CHANGED}: `), name, trusted(` is not defined above line ${line}`));
  }
  if (line > 0 || excerpt.side !== undefined) return null;
  if (!areLines) return getShownLine(excerpt) > 0 ? trusted('all lines of this function') : null;
  return trusted(
    getShownLine(excerpt) > 0 ? 'the line is not known; this is the definition' : 'the line is not known',
  );
}

const MAY_HAVE_CHANGED = 'the source may have changed since the recording';
