import type {PseudoFile} from './pseudo-file.js';

/** The languages that frames come in; null where the file's name does not say. */
export type SourceLanguage = 'python' | 'c' | 'cpp' | null;

/** Why a file that exists is not shown. */
export type RefusalReason =
  | 'binary'
  /** The wanted line is beyond the part that is read at most. */
  | 'too-large'
  /** A folder, a pipe, a device. */
  | 'not-a-regular-file'
  /** Not a source file by its name and not readable by everyone; shown when revealed. */
  | 'private'
  /** Below /proc, /sys, /dev, or on a file system of that kind. */
  | 'system-path'
  /** A network share or an URL. */
  | 'remote-path'
  /** On a file system that a user's program serves (FUSE); shown when revealed. */
  | 'user-file-system'
  | 'not-answering'
  | 'unreadable';

/** Lines of a file as they are in it: without line ends, not sanitised. */
export interface SourceText {
  readonly kind: 'text';
  /** The real path that was read; for an entry of a zip file: the zip file's path, `/` and the entry. */
  readonly path: string;
  /** All lines, or in a very long file those around the wanted line. */
  readonly lines: readonly string[];
  /** Number of `lines[0]`, 1-based. */
  readonly firstLine: number;
  /** Null where only the beginning of the file was read. */
  readonly totalLines: number | null;
  readonly language: SourceLanguage;
}

export type SourceResult =
  | SourceText
  | {readonly kind: 'not-found' /** Paths, in the order of trial. */; readonly tried: readonly string[]}
  /** The name is not one of a file: `<string>`, `<frozen …>`, a notebook cell, empty. */
  | {readonly kind: 'no-file'; readonly pseudo: PseudoFile}
  | {readonly kind: 'refused'; readonly path: string; readonly reason: RefusalReason};
