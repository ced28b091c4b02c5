import type {SourceLanguage} from './source-result.js';

const LANGUAGES: ReadonlyMap<string, Exclude<SourceLanguage, null>> = new Map([
  ['py', 'python'],
  ['pyw', 'python'],
  ['pyi', 'python'],
  ['pyx', 'python'],
  ['pxd', 'python'],
  ['pxi', 'python'],
  ['c', 'c'],
  ['h', 'cpp'],
  ['cc', 'cpp'],
  ['cp', 'cpp'],
  ['cpp', 'cpp'],
  ['cxx', 'cpp'],
  ['c++', 'cpp'],
  ['hh', 'cpp'],
  ['hpp', 'cpp'],
  ['hxx', 'cpp'],
  ['inl', 'cpp'],
  ['ipp', 'cpp'],
  ['tcc', 'cpp'],
  ['cu', 'cpp'],
  ['cuh', 'cpp'],
]);

/** Extensions of source files that have no highlighting here but may be shown like all others. */
const OTHER_SOURCES: ReadonlySet<string> = new Set([
  'rs',
  'go',
  's',
  'asm',
  'f',
  'f90',
  'zig',
  'm',
  'mm',
  'jl',
]);

function getExtension(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** The language of a file by its name. */
export function getLanguage(path: string): SourceLanguage {
  return LANGUAGES.get(getExtension(path)) ?? null;
}

/** Is this by its name a source file, in which no secrets are expected? */
export function isSourceName(path: string): boolean {
  const extension = getExtension(path);
  return LANGUAGES.has(extension) || OTHER_SOURCES.has(extension);
}
