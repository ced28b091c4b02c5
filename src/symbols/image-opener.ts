import {resolve} from 'node:path';
import {getEnvironment} from '../platform/environment.js';
import {type DebugFolders, getDebugFolders} from './debug-folders.js';
import {type ImageFs, nodeImageFs} from './image-fs.js';
import type {ImageTables} from './image-tables.js';
import {type OpenedImage, openSymbolImage} from './symbol-image.js';

/** Where the files of programs and libraries are looked for. */
export interface ImageFiles {
  /** A folder that holds the image files of another machine: as in its root, or all in one folder. */
  readonly symbolsDirectory?: string | null;
  readonly fs?: ImageFs;
  readonly debugFolders?: DebugFolders;
}

/** Opens the file of an image and makes sure that it is the recorded one. Never throws. */
export type OpenImage = (tables: ImageTables, image: number) => OpenedImage;

export function createImageOpener({
  symbolsDirectory,
  fs = nodeImageFs,
  debugFolders = getDebugFolders(getEnvironment()),
}: ImageFiles): OpenImage {
  const around = {fs, debugFolders, symbolsDirectory: symbolsDirectory ? resolve(symbolsDirectory) : null};
  return (tables, image) => openSymbolImage(around, tables, image);
}
