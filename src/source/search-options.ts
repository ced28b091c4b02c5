// Types of the library that other programs compile against: no type of Node here.

/** `--path-map FROM=TO`: a recorded folder and where it lies on this machine. */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/** Where source files may be. Relative folders are taken from `currentDirectory`. */
export interface SourceSearchOptions {
  readonly pathMap: readonly PathMapping[];
  readonly sourceRoot: string | null;
  readonly currentDirectory: string;
  /** The capture's own folder; null where it came by standard input. */
  readonly captureDirectory: string | null;
  /** Search paths of the recorded interpreter. */
  readonly searchPaths: readonly string[];
  /** The recorded interpreter's standard library, '' where unknown. */
  readonly libdest: string;
}
