import {type ExportFormatName, explainNoBase, FORMAT_ROWS, isExportFormat} from '../src/export/formats.js';
import type {OptionValues} from './cli-values.js';
import {UsageError} from './usage-error.js';

export function toExportFormat(values: OptionValues): ExportFormatName | null {
  const format = values.texts.get('export')?.at(-1) ?? null;
  if (format === null || isExportFormat(format)) return format;
  const known = FORMAT_ROWS.map(([name]) => name).join(', ');
  throw new UsageError(`--export takes one of ${known}, not "${format}"`);
}

/** Throws UsageError where a format cannot hold what is compared. */
export function checkExport(format: ExportFormatName | null, {texts, switches}: OptionValues): void {
  if (format === null) return;
  const reason = texts.has('diff') ? explainNoBase(format) : null;
  if (reason !== null) throw new UsageError(`--export ${format}: ${reason}`);
  const isCompared = texts.has('diff') || switches.has('compare');
  if (isCompared && switches.has('with-source')) {
    throw new UsageError('--with-source shows lines, but captures are compared by functions');
  }
}

export function toWithSource({switches}: OptionValues, format: ExportFormatName | null): boolean {
  const isGiven = switches.has('with-source');
  if (isGiven && format !== 'html')
    throw new UsageError('--with-source is for pages; use it together with --export html');
  return isGiven;
}
