import type {ImageFiles, OpenImage} from './image-opener.js';

/** A page sees no files of the machine: native frames keep their library and address. */
export function createImageOpener(_files: ImageFiles): OpenImage {
  return () => ({kind: 'not-found', close() {}});
}
