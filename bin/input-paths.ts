import type {InputSpec} from '../src/reader/input-spec.js';

/** The paths of an input, `-` for standard input. */
export function listPaths(input: InputSpec): readonly string[] {
  switch (input.kind) {
    case 'file':
    case 'follow':
      return [input.path];
    case 'files':
      return input.paths;
    case 'runs':
      return [...input.paths, ...input.bases];
    case 'live':
      return [];
  }
}

/** The paths of both sides; without a comparison all are on one. */
export function listSides(input: InputSpec): {
  readonly captures: readonly string[];
  readonly bases: readonly string[];
} {
  return input.kind === 'runs'
    ? {captures: input.paths, bases: input.bases}
    : {captures: listPaths(input), bases: []};
}

/** Whether something is compared with a base. */
export function hasBases(input: InputSpec): boolean {
  return input.kind === 'runs' && input.bases.length > 0;
}

/** Whether a side of a comparison has several runs, and not the processes of one. */
export function hasSeveralRuns(input: InputSpec): boolean {
  return input.kind === 'runs' && !input.isMerged && Math.max(input.paths.length, input.bases.length) > 1;
}

/** The same input with other paths; standard input stays what it is. */
export function mapPaths(input: InputSpec, toPath: (path: string) => string): InputSpec {
  const map = (path: string): string => (path === '-' ? path : toPath(path));
  switch (input.kind) {
    case 'file':
    case 'follow':
      return {...input, path: map(input.path)};
    case 'files':
      return {...input, paths: input.paths.map(map)};
    case 'runs':
      return {...input, paths: input.paths.map(map), bases: input.bases.map(map)};
    case 'live':
      return input;
  }
}

/** Whether a capture comes by standard input, which then cannot be the keyboard. */
export function isStandardInput(input: InputSpec): boolean {
  return listPaths(input).includes('-');
}
