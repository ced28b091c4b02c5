import {holdsFile} from '../../format/module-namer.js';
import {type CaptureInfo, countProcesses} from '../../heap/snapshot.js';
import {NATIVE} from '../../tree/call-tree.js';
import type {StackSet} from '../stack-set.js';

/** Where no frame is of a module outside of the standard library, or the innermost such one is memray's own. */
const ROOT = '<root>';

/**
 * For each node of stacks the module that memray's statistics charge: the first part of the module of the innermost frame
 * that is not of the standard library. It differs from `package:` in files that no search path holds. Frames of native code
 * and of processes are of no module.
 */
export function createModuleLookup(stacks: StackSet): (end: number) => string {
  const {prefix, frame, frames, flags, strings, snapshot} = stacks;
  const processes = countProcesses(snapshot.capture);
  const nameFile = createFileNamer(snapshot.capture);
  const names = new Map<number, string | null>();
  const nameOf = (node: number): string | null => {
    const own = frame[node]!;
    if (own < processes || (flags[own]! & NATIVE) !== 0) return null;
    const file = frames.file[own]!;
    let name = names.get(file);
    if (name === undefined) {
      name = nameFile(strings[file]!);
      names.set(file, name);
    }
    return name;
  };
  return end => {
    let node = end;
    while (node >= 0 && nameOf(node) === null) node = prefix[node]!;
    return node < 0 ? ROOT : nameOf(node)!;
  };
}

/** The module that a file charges, null for the standard library. As memray's `module_tools.py` names them. */
function createFileNamer(capture: CaptureInfo): (file: string) => string | null {
  const captures = capture.parts?.flatMap(part => part.capture ?? []) ?? [capture];
  const libraries = captures.map(({libdest}) => libdest).filter(folder => folder !== '');
  const [sitePackages, sysPath] = [
    captures.flatMap(one => one.sitePackages),
    captures.flatMap(one => one.sysPath),
  ];
  // An empty entry of Python's search path is the current folder.
  const folders = {sites: sitePackages.map(toFolder), others: sysPath.map(toFolder)};
  return file => {
    if (file === '') return 'unknown';
    if (file.startsWith('<frozen ')) return null;
    const site = folders.sites.find(folder => holdsFile(folder, file));
    if (site !== undefined) return nameBelow(site, file);
    if (libraries.some(folder => holdsFile(folder, file))) return null;
    const other = folders.others.find(folder => holdsFile(folder, file));
    return nameBelow(other ?? null, file);
  };
}

function toFolder(entry: string): string {
  return entry === '' ? '.' : entry;
}

/** The first part of the module of a file in a folder; of one in no folder its own name. */
function nameBelow(folder: string | null, file: string): string {
  const all = listParts(file);
  const parts = folder === null ? all.slice(-1) : all.slice(listParts(folder).length);
  const last = parts.at(-1) ?? '';
  const module = last === '__init__.py' ? parts.slice(0, -1) : [...parts.slice(0, -1), stripSuffix(last)];
  const name = module.join('.').split('.', 1)[0]!;
  return name === 'memray' ? ROOT : name;
}

function listParts(path: string): readonly string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}

function stripSuffix(name: string): string {
  return name.endsWith('.py') && name !== '.py' ? name.slice(0, -'.py'.length) : name;
}
