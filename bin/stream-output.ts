import {breakCommands} from '../src/format/break-commands.js';
import {escapeJsonLines, sanitizeLines} from '../src/format/sanitize-lines.js';
import type {Output} from './output-file.js';
import type {OutputForm} from './output-form.js';
import {type OutputStream, print} from './standard-streams.js';
import {OutputError} from './write-failure.js';

/** A stream that a result is written to. */
export interface StreamTarget {
  readonly stream: OutputStream;
  readonly isTerminal: boolean;
  readonly form: OutputForm;
}

/**
 * The one way of a result to a stream: files and pipes get it as it is, a terminal without anything that it would obey, and
 * a log without commands but ours. What was written to a stream cannot be taken back.
 */
export function createStreamOutput({stream, isTerminal, form}: StreamTarget): Output {
  const write: Output['write'] = data => print(stream, data);
  const clean = chooseCleaner(form, isTerminal);
  if (clean === null) return {write, finish: async () => {}, discard: async () => {}};
  // A piece may end within a character.
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  return {
    write: data => write(clean(typeof data === 'string' ? data : decoder.decode(data, {stream: true}))),
    finish: () => write(clean(decoder.decode())),
    discard: async () => {},
  };
}

/** What is done to the result, piece by piece; null where it stays as it is. Pieces of text are whole lines. */
function chooseCleaner(form: OutputForm, isTerminal: boolean): ((text: string) => string) | null {
  if (form.kind === 'text') return form.isBesideAnnotations ? breakCommands : null;
  if (!isTerminal) return null;
  return form.kind === 'json' ? escapeJsonLines : sanitizeLines;
}

/** To be asked before anything is read. @throws OutputError */
export function checkForm({isTerminal, form}: Pick<StreamTarget, 'isTerminal' | 'form'>): void {
  if (isTerminal && form.kind === 'binary')
    throw new OutputError(`${form.name} is binary, which no terminal can show; add -o FILE`);
}
