import type {OutputAsset, OutputChunk} from 'rolldown';
import {BuildError} from './build-error.js';

/** Throws if a page would load what it cannot have: Node's modules, and the packages of a host. */
export function checkPageChunks(output: readonly (OutputAsset | OutputChunk)[]): void {
  const chunks = new Map(output.filter(isChunk).map(chunk => [chunk.fileName, chunk]));
  const reached = [...chunks.keys()].filter(name => name === 'headless.js' || name.startsWith('browser/'));
  for (const name of reached) {
    for (const imported of listImports(chunks.get(name)!)) {
      if (imported.startsWith('node:')) throw new BuildError(`pages load ${name}, which imports ${imported}`);
      if (chunks.has(imported) && !reached.includes(imported)) reached.push(imported);
    }
  }
}

const isChunk = (item: OutputAsset | OutputChunk): item is OutputChunk => item.type === 'chunk';

const listImports = (chunk: OutputChunk): readonly string[] => [...chunk.imports, ...chunk.dynamicImports];
