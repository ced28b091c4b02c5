import type {ExportedPieces, ExportedView} from './exported-view.js';

/** A format that views are exported in. */
export interface ExportFormat {
  /** What the names of its files end in. */
  readonly extension: string;
  /** What reads it, in a few words. */
  readonly help: string;
  /** Not to be written to a terminal. */
  readonly isBinary?: true;
  /** It holds one number for each stack, so that it cannot say what a base has. */
  readonly isOneSided?: true;
  /** Loaded when it is needed. */
  readonly load: () => Promise<(view: ExportedView) => ExportedPieces>;
}

/** All formats, in the order of the menu. To add one takes a row here and a file that writes it. */
export const FORMATS = {
  html: {
    extension: '.html',
    help: 'a page with tree and flame graph, for any browser',
    load: async () => (await import('./html.js')).writeHtml,
  },
  speedscope: {
    extension: '.speedscope.json',
    help: 'for speedscope.app',
    isOneSided: true,
    load: async () => (await import('./speedscope.js')).writeSpeedscope,
  },
  pprof: {
    extension: '.pb.gz',
    help: 'for go tool pprof, Pyroscope, Parca',
    isBinary: true,
    load: async () => (await import('./pprof.js')).writePprof,
  },
  folded: {
    extension: '.folded.txt',
    help: 'folded stacks, for flame graph tools',
    load: async () => (await import('./folded.js')).writeFolded,
  },
  csv: {
    extension: '.csv',
    help: 'a row for each stack, for spreadsheets',
    load: async () => (await import('./csv.js')).writeCsv,
  },
  gprof2dot: {
    extension: '.gprof2dot.json',
    help: 'for gprof2dot and Graphviz',
    isOneSided: true,
    load: async () => (await import('./gprof2dot.js')).writeGprof2dot,
  },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportFormatName = keyof typeof FORMATS;

/** All formats with their names, in the order of the menu. */
export const FORMAT_ROWS = Object.entries(FORMATS) as readonly (readonly [ExportFormatName, ExportFormat])[];

export function isExportFormat(name: string): name is ExportFormatName {
  return FORMAT_ROWS.some(([known]) => known === name);
}

export function getFormat(name: ExportFormatName): ExportFormat {
  return FORMATS[name];
}

/** Why a comparison with a base cannot be exported in a format; null where it can. */
export function explainNoBase(name: ExportFormatName): string | null {
  if (getFormat(name).isOneSided !== true) return null;
  const others = FORMAT_ROWS.filter(([, {isOneSided}]) => isOneSided !== true).map(([other]) => other);
  return `no form for a comparison; use ${others.slice(0, -1).join(', ')} or ${others.at(-1)}`;
}
