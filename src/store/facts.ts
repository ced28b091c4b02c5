import type {CaptureErrorCode} from '../capture/damage.js';
import type {CaptureInfo, Snapshot, View} from '../heap/snapshot.js';
import type {Naming} from '../query/naming.js';
import type {LoadProgress} from '../reader/load-messages.js';
import type {SourceExcerpt} from '../source/source-excerpt.js';
import type {SafeFormat} from '../tree/node-format.js';
import type {TreeData} from '../tree/tree-data.js';
import type {SaveState} from './save-state.js';

/** A snapshot, with its tree where the worker has built it. */
export interface ViewResult {
  readonly snapshot: Snapshot;
  readonly tree?: TreeData | undefined;
}

/** The peak and the leaks of a recording that was followed: one is shown, the other one waits for key v. */
export interface BothViews {
  readonly shown: ViewResult;
  readonly other: ViewResult;
}

/**
 * The first part of the state: what is loaded, and what the host says about it. Loads and the host change it;
 * a key only does where it brings another snapshot to the front (`bothViews`).
 */
export interface Facts {
  readonly status: 'idle' | 'reading' | 'done' | 'failed';
  /** What the user calls the capture: a path, or "-". As given, not sanitised. */
  readonly name: string;
  readonly progress: LoadProgress | null;
  /** Of the newest result, partial or final. */
  readonly capture: CaptureInfo | null;
  readonly view: View;
  /** Of the temporary allocations that were shown last: those that key v comes back to. */
  readonly temporaryThreshold: number;
  readonly bothViews: BothViews | null;
  /** The newest result, with all the locations that were loaded; null where the tree is one of the host. */
  readonly snapshot: Snapshot | null;
  /** How files are named in terms; null where there is no snapshot. */
  readonly naming: Naming | null;
  readonly moduleOf: (file: string) => string;
  /** Folders of this machine that module names are relative to, where nothing recorded holds the file. */
  readonly moduleFolders: readonly string[];
  readonly failure: {readonly code: CaptureErrorCode | 'internal'; readonly message: string} | null;
  /** What becomes of the bytes of a live run; null where the capture can be read again. */
  readonly save: SaveState | null;
  /** Whether the host loads a capture again for something else: peak, leaks or temporary allocations. */
  readonly canReload: boolean;
  /** What the program has to say besides, one line each. */
  readonly remarks: readonly string[];
  /** The source of the selected frame, as it was read last; null where nothing was read for it. */
  readonly excerpt: SourceExcerpt | null;
  /** How values, shares and icons are written. */
  readonly format: SafeFormat;
}
