import {holdsFile} from '../format/module-namer.js';
import type {CaptureInfo, FrameColumns} from '../heap/snapshot.js';

/** What a search path is computed from: a snapshot and a call tree both have it. */
export interface RecordedFrames {
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
}

/**
 * The folders and zip files that module names are relative to, in this order: the search path of the recorded
 * interpreter, the folder of the recorded script, then `lastResort` (folders of this machine).
 * memray writes the search path down before it adds the script's folder, so the user's own modules need the
 * rest.
 */
export function getModuleSearchPath(
  capture: CaptureInfo,
  recorded: RecordedFrames,
  lastResort: readonly string[] = [],
): readonly string[] {
  const {sysPath} = capture;
  const parts = capture.parts?.flatMap(part => part.capture ?? []) ?? [capture];
  const commands = new Set(parts.map(part => part.commandLine));
  const files = listModuleFiles(recorded).filter(file => !sysPath.some(entry => holdsFile(entry, file)));
  const scripts = [...commands].flatMap(command => findScriptFolders(command, files));
  // "/" would hold every file and turn whole paths into module names.
  return [...sysPath, ...scripts, ...lastResort.filter(folder => folder !== '/')];
}

function listModuleFiles({frames, strings}: RecordedFrames): string[] {
  const isFile = new Uint8Array(strings.length);
  for (const file of frames.file) isFile[file] = 1;
  return strings.filter((name, index) => isFile[index] === 1 && name.endsWith('.py'));
}

/**
 * The folders that the recorded program added to its search path: of `run app/main.py` the folder "app", and
 * the absolute folder that it stood for; of `run -m pkg.mod` the folder that holds "pkg". Empty where none is
 * certain.
 * @param files the recorded module files that the search path does not hold
 */
export function findScriptFolders(commandLine: string, files: readonly string[]): readonly string[] {
  const {words, first} = splitCommand(commandLine);
  const known = new Set(files);
  for (let index = first; index < words.length; index++) {
    const module = words[index] === '-m' ? words[index + 1] : undefined;
    const folders =
      module === undefined ? findFolderOfScript(words, index, known) : findFolderOfModule(module, files);
    if (folders.length > 0) return folders;
  }
  return [];
}

/** `/usr/bin/memray run …`, or `…/memray/__main__.py run …`: the program starts after "run". */
function splitCommand(commandLine: string): {readonly words: readonly string[]; readonly first: number} {
  const words = commandLine.split(' ');
  return {words, first: words[1] === 'run' ? 2 : 0};
}

/** The command line does not quote: a path with blanks is several words. */
function findFolderOfScript(
  words: readonly string[],
  index: number,
  files: ReadonlySet<string>,
): readonly string[] {
  for (let end = index + 1; end <= words.length; end++) {
    if (!words[end - 1]!.endsWith('.py')) continue;
    const script = words.slice(index, end).join(' ');
    if (!files.has(script)) continue;
    const folder = getFolder(script);
    return isAbsolute(script) ? [folder] : [folder, ...findAbsoluteFolder(folder, files)];
  }
  return [];
}

/**
 * The absolute folder that a relative one stood for: modules beside the script are recorded with it. Only
 * where the recorded files leave one possibility.
 */
function findAbsoluteFolder(relative: string, files: Iterable<string>): readonly string[] {
  const tail = getTail(relative);
  if (tail === '') return [];
  const found = new Set<string>();
  for (const file of files) {
    if (!isAbsolute(file)) continue;
    const folders = `${getFolder(file)}/`;
    const start = folders.indexOf(`/${tail}/`);
    if (start >= 0) found.add(folders.slice(0, start + tail.length + 1));
  }
  return found.size === 1 ? [...found] : [];
}

/** The folder that holds the first package of a module, or the module itself. */
function findFolderOfModule(module: string, files: readonly string[]): readonly string[] {
  if (!/^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(module)) return [];
  const path = module.replaceAll('.', '/');
  const endings = [`${path}/__main__.py`, `${path}/__init__.py`, `${path}.py`];
  const found = new Set<string>();
  for (const ending of endings) {
    for (const file of files) {
      if (file === ending) found.add('.');
      else if (file.endsWith(`/${ending}`)) found.add(file.slice(0, -ending.length - 1) || '/');
    }
    if (found.size > 0) break;
  }
  return found.size === 1 ? [...found] : [];
}

// Paths are those of the recorded machine, with slashes; not of this one.

const isAbsolute = (path: string): boolean => path.startsWith('/');

/** "." of a name alone. */
function getFolder(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return path.slice(0, slash) || '/';
}

/** What is left of a relative path when the folders are known in which it begins: "app" of "../x/./../app". */
function getTail(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}
