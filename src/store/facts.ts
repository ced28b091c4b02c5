import type {CaptureErrorCode} from '../capture/damage.js';
import type {KeptHistory} from '../heap/history.js';
import type {CaptureInfo, Snapshot, View} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import type {Naming} from '../query/naming.js';
import type {LoadProgress} from '../reader/load-messages.js';
import type {SourceExcerpt} from '../source/source-excerpt.js';
import type {SafeFormat} from '../tree/node-format.js';
import type {SaveState} from './save-state.js';

/** The first part of the state: what is loaded, and what the host says about it. No key changes it. */
export interface Facts {
  readonly status: 'idle' | 'reading' | 'done' | 'failed';
  /** What the user calls the capture: a path, or "-". As given, not sanitised. */
  readonly name: string;
  /** The name under which the newest result was read; empty where there is none. */
  readonly readName: string;
  /** The names of files that held other recordings when they were read before; until they are read once more. */
  readonly replaced: readonly string[];
  readonly progress: LoadProgress | null;
  /** Of the newest result, partial or final. */
  readonly capture: CaptureInfo | null;
  readonly view: View;
  /** What could not be read when it was asked for: key v passes over it. Null once something is shown. */
  readonly failedView: View | null;
  /** Of the temporary allocations that were shown last: those that key v comes back to. */
  readonly temporaryThreshold: number;
  /** The newest result, with all the locations that were loaded; null where the tree is one of the host. */
  readonly snapshot: Snapshot | null;
  /** The whole run, which statistics are made of; null until they are asked for. */
  readonly run: Snapshot | null;
  /** What was held at some moments of the run; null where that is not known. */
  readonly history: KeptHistory | null;
  /** The course of the run; null where it is not known, or not yet. */
  readonly timeline: Timeline | null;
  /** How files are named in terms; null where there is no snapshot. */
  readonly naming: Naming | null;
  readonly moduleOf: (file: string) => string;
  /** Folders of this machine that module names are relative to, where nothing recorded holds the file. */
  readonly moduleFolders: readonly string[];
  /** The folder of this machine that the capture is in; null where it is in none, or nobody has said it. */
  readonly captureDirectory: string | null;
  readonly failure: {
    readonly code: CaptureErrorCode | 'internal' | 'aborted';
    readonly message: string;
  } | null;
  /** What becomes of the bytes of a live run; null where the capture can be read again. */
  readonly save: SaveState | null;
  /** When the host can be asked for something else: peak, leaks or temporary allocations. */
  readonly viewRequests: 'never' | 'when read' | 'always';
  /** The source cannot be read again. */
  readonly isReadOnce: boolean;
  /** Whether what is said of a key may name options of the command line. */
  readonly namesOptions: boolean;
  /** What the program has to say besides, one line each. */
  readonly remarks: readonly string[];
  /** The source of the selected frame, as it was read last; null where nothing was read for it. */
  readonly excerpt: SourceExcerpt | null;
  /** How values, shares and icons are written. */
  readonly format: SafeFormat;
}
