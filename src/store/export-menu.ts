import {type ExportFormatName, explainNoBase, FORMAT_ROWS, getFormat} from '../export/formats.js';
import {sanitize} from '../format/sanitize.js';
import {hasBase} from '../heap/compared-sides.js';
import {listCaptures} from '../heap/snapshot.js';
import {isComparing} from './comparison.js';
import type {Menu, MenuItem} from './menu.js';
import type {TreeState} from './state.js';

/** The formats of an export that hold what is typed. */
export function listFormats(
  {name, snapshot}: Pick<TreeState, 'name' | 'snapshot'>,
  {text}: Menu,
): readonly MenuItem[] {
  const wanted = text.toLowerCase();
  const isDifference = hasBase(snapshot?.runs ?? []);
  const {capture, suffix} = nameExported(name, snapshot);
  return FORMAT_ROWS.filter(([format, {help}]) => `${format} ${help}`.toLowerCase().includes(wanted)).map(
    ([format, {help}]) => {
      const reason = isDifference ? explainNoBase(format) : null;
      const offered = offerFileName(capture, format, suffix);
      return {
        ...PLAIN_ITEM,
        text: sanitize(format),
        detail: sanitize(reason ?? help),
        action: reason === null ? {kind: 'ask file', format, offered} : null,
        reason: reason && `${format}: ${reason}`,
      };
    },
  );
}

interface ExportedName {
  readonly capture: string;
  readonly suffix: string;
}

/** A comparison has the name of the first capture that is compared. */
function nameExported(name: string, snapshot: TreeState['snapshot']): ExportedName {
  if (snapshot?.runs === undefined || !isComparing({snapshot})) return {capture: name, suffix: ''};
  const [first] = listCaptures(snapshot.capture.parts ?? []);
  return {capture: first?.name ?? name, suffix: hasBase(snapshot.runs) ? '-diff' : '-compared'};
}

/** The one thing to do about the name of the file that is typed. */
export function listFile({text, format}: Menu): readonly MenuItem[] {
  const name = text.trim();
  if (format === null || name === '') return [];
  const isPossible = !/[/\\\0]/.test(name) && name !== '.' && name !== '..';
  return [
    {
      ...PLAIN_ITEM,
      text: sanitize(`write ${name}`),
      detail: sanitize(isPossible ? 'in the current directory' : 'a name without a folder is needed'),
      action: isPossible ? {kind: 'effect', effect: {kind: 'export', format, file: name}} : null,
      reason: isPossible
        ? null
        : 'The file is written in the current directory: type a name without a folder',
    },
  ];
}

const PLAIN_ITEM = {label: null, isMarked: false} as const;

const MAX_STEM = 60;

/** `results.html` for `/tmp/results.bin`, `results-diff.html` where it is compared with a base, else `results-compared.html`. */
function offerFileName(capture: string, format: ExportFormatName, suffix: string): string {
  const stem = capture
    .replace(/^.*[/\\]/, '')
    .replace(/\.bin(\.(gz|zst))?$/, '')
    .replaceAll(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(0, MAX_STEM);
  return `${stem === '' ? 'memray' : stem}${suffix}${getFormat(format).extension}`;
}

/** Why nothing can be exported now, in one line; null where something can. */
export function explainUnexportable({
  snapshot,
  status,
  query,
  shown,
}: Pick<TreeState, 'snapshot' | 'status' | 'query' | 'shown'>): string | null {
  if (snapshot === null && status !== 'reading') return 'Only views of a capture are exported';
  if (query.shape.kind === 'stats') return 'Statistics have no export; --stats --json prints them';
  if (status === 'reading') return 'A view is exported when its capture is read';
  return shown?.isAwaited ? 'There is nothing to export yet' : null;
}
