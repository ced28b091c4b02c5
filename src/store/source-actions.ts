import type {Change} from './apply-change.js';
import type {TreeState} from './state.js';

export function scrollSource({source}: TreeState, rows: number, columns = 0): Change {
  return {source: {row: source.row + rows, column: Math.max(0, source.column + columns)}};
}

export function revealSource({heldBackFile, revealedFiles}: TreeState): Change {
  return heldBackFile === null ? {} : {revealedFiles: new Set([...revealedFiles, heldBackFile])};
}
