import {dirname, resolve} from 'node:path';
import * as zlib from 'node:zlib';
import type {DebugFolders} from '../debug-folders.js';
import {orElse} from '../errors.js';
import type {ImageFs} from '../image-fs.js';
import {type ByteFile, openFile} from '../open-file.js';
import {type ElfSection, getElfKind, readElfHeader, readElfSections} from './elf-file.js';
import {readAlternateLink, readBuildId, readDebugLink} from './links.js';

/** An open ELF file with its sections. */
export interface ElfFile {
  readonly file: ByteFile;
  readonly sections: readonly ElfSection[];
}

export interface Surroundings {
  readonly fs: ImageFs;
  readonly debugFolders: DebugFolders;
  /** A folder given by the user that stands for the root of another machine. */
  readonly symbolsDirectory: string | null;
}

const MAX_CHECKED_BYTES = 1024 ** 3;
const CHECK_STEP_BYTES = 1024 * 1024;

/**
 * The file that holds the image's debug information, if it was split off and is here. The caller closes it.
 * Throws InvalidSymbolFileError.
 */
export function findDebugFile(around: Surroundings, image: ElfFile, recordedPath: string): ElfFile | null {
  return (
    findByBuildId(around, readBuildId(image.file, image.sections)) ?? findByLink(around, image, recordedPath)
  );
}

function findByBuildId(around: Surroundings, buildId: string | null): ElfFile | null {
  if (buildId === null) return null;
  const {debugFolders, symbolsDirectory} = around;
  const name = `${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
  const candidates = debugFolders.buildIdFolders.map(folder => `${folder}/${name}`);
  if (debugFolders.debuginfodCache !== null)
    candidates.push(`${debugFolders.debuginfodCache}/${buildId}/debuginfo`);
  if (symbolsDirectory !== null) {
    candidates.unshift(...debugFolders.buildIdFolders.map(folder => `${symbolsDirectory}${folder}/${name}`));
    candidates.unshift(`${symbolsDirectory}/.build-id/${name}`);
  }
  for (const path of candidates) {
    const found = openElf(around, path, elf => readBuildId(elf.file, elf.sections) === buildId);
    if (found !== null) return found;
  }
  return null;
}

function findByLink(around: Surroundings, image: ElfFile, recordedPath: string): ElfFile | null {
  const link = readDebugLink(image.file, image.sections);
  // The name of a file, never a way to somewhere else.
  if (link === null || link.name === '' || link.name.includes('/')) return null;
  const {debugRoot} = around.debugFolders;
  const folder = dirname(image.file.path);
  const folders = [folder, `${folder}/.debug`, `${debugRoot}${folder}`];
  if (around.symbolsDirectory !== null)
    folders.push(`${around.symbolsDirectory}${debugRoot}${dirname(resolve(recordedPath))}`);
  for (const each of folders) {
    const path = `${each}/${link.name}`;
    const found = openElf(around, path, elf => hasChecksum(elf.file, link.checksum));
    if (found !== null) return found;
  }
  return null;
}

/**
 * The file of what several debug files have in common. The caller closes it. Throws InvalidSymbolFileError.
 */
export function findAlternateFile(around: Surroundings, debug: ElfFile): ElfFile | null {
  const link = readAlternateLink(debug.file, debug.sections);
  if (link === null || link.name === '' || link.buildId.length < 4) return null;
  const path = resolve(dirname(debug.file.path), link.name);
  const isIt = (elf: ElfFile) => readBuildId(elf.file, elf.sections) === link.buildId;
  return openElf(around, path, isIt) ?? findByBuildId(around, link.buildId);
}

function openElf(around: Surroundings, path: string, isIt: (elf: ElfFile) => boolean): ElfFile | null {
  const file = openFile(around.fs, path, isWithin(path, around.symbolsDirectory));
  if (file === null) return null;
  const found = orElse(null, () => {
    if (getElfKind(file) !== 'elf') return null;
    const elf = {file, sections: readElfSections(file, readElfHeader(file))};
    return isIt(elf) ? elf : null;
  });
  if (found === null) file.close();
  return found;
}

export function isWithin(path: string, folder: string | null): boolean {
  return folder !== null && path.startsWith(`${folder}/`);
}

/** Without `crc32` (Node before 22.2) nothing is taken for checked. */
function hasChecksum(file: ByteFile, checksum: number): boolean {
  if (!('crc32' in zlib) || file.size > MAX_CHECKED_BYTES) return false;
  let value = 0;
  for (let position = 0; position < file.size; position += CHECK_STEP_BYTES)
    value = zlib.crc32(file.read(position, Math.min(CHECK_STEP_BYTES, file.size - position)), value);
  return value === checksum;
}
