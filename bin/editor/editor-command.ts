import {basename} from 'node:path';
import type {Environment} from '../../src/platform/environment.js';
import type {Platform} from '../../src/platform/platform.js';
import {splitWords} from '../split-words.js';

/** A program and its arguments; or why there is none, in one line. */
export type EditorCommand =
  | {readonly kind: 'editor'; readonly program: string; readonly args: readonly string[]}
  | {readonly kind: 'none'; readonly reason: string};

/** The user's editor: the first of VISUAL and EDITOR that is set. */
export function readEditor(env: Environment, {hasBackslashEscapes}: Platform): EditorCommand {
  const name = ['VISUAL', 'EDITOR'].find(variable => (env[variable] ?? '').trim() !== '');
  if (name === undefined) return {kind: 'none', reason: 'No editor is known: set VISUAL or EDITOR'};
  const words = splitWords(env[name]!, hasBackslashEscapes);
  if (words === null) return {kind: 'none', reason: `A quote in ${name} is not closed`};
  const [program = '', ...args] = words;
  if (program === '') return {kind: 'none', reason: `${name} names no program`};
  return {kind: 'editor', program, args};
}

/** How an editor takes a file and a line. */
type LineForm = (file: string, line: number) => readonly string[];

const plusLine: LineForm = (file, line) => [`+${line}`, file];
const plusLineEndOfOptions: LineForm = (file, line) => [`+${line}`, '--', file];
const lineOption: LineForm = (file, line) => ['--line', String(line), file];
const fileAndLine: LineForm = (file, line) => [`${file}:${line}`];
const gotoFileAndLine: LineForm = (file, line) => ['--goto', `${file}:${line}`];

/** Editors by the names of their programs. All others get the file only. */
const LINE_FORMS: ReadonlyMap<string, LineForm> = new Map([
  ...listForms('vim nvim gvim mvim', plusLineEndOfOptions),
  ...listForms('vi view nano pico emacs emacsclient micro hx helix kak joe jed mg gedit', plusLine),
  ...listForms('code code-insiders codium vscodium cursor windsurf', gotoFileAndLine),
  ...listForms('subl sublime_text zed zeditor', fileAndLine),
  ...listForms('idea pycharm charm clion goland webstorm phpstorm rubymine rider rustrover', lineOption),
  ...listForms('kate mate', lineOption),
]);

function listForms(names: string, form: LineForm): readonly (readonly [string, LineForm])[] {
  return names.split(' ').map(name => [name, form]);
}

/**
 * The arguments that make an editor show a line of a file.
 * @param file its absolute path, which no program takes for an option
 * @param line from 1, 0 where it is not known
 */
export function listFileArguments(program: string, file: string, line: number): readonly string[] {
  const form = LINE_FORMS.get(getProgramName(program));
  if (form === undefined || !Number.isSafeInteger(line) || line < 1) return [file];
  // An editor would take the number in `a:3.py:12` or `a:3:12` for the line.
  const isAmbiguous = (form === fileAndLine || form === gotoFileAndLine) && /:\d+(?::|$)/.test(file);
  return isAmbiguous ? [file] : form(file, line);
}

/** `/usr/bin/vim.basic` → "vim", `C:\Tools\Code.exe` → "code". */
function getProgramName(program: string): string {
  const name = basename(program.replaceAll('\\', '/')).toLowerCase();
  return name.replace(/\.(?:exe|cmd|bat|com|sh|basic|tiny|gtk3|nox)$/, '').replace(/(?:64)$/, '');
}
