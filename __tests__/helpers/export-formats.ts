import {exportView} from '../../src/export/export-view.js';
import {toExportedQuery} from '../../src/export/exported-query.js';
import {type ExportFormatName, getFormat} from '../../src/export/formats.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createNaming} from '../../src/query/naming.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../src/query/tree-query.js';
import {joinPieces} from './decode-exports.js';

/** The file that `--export FORMAT --view WRITTEN` writes of a snapshot. */
export function exportAs(format: ExportFormatName, snapshot: Snapshot, written = ''): Promise<Buffer> {
  return exportQuery(format, snapshot, parseQuery(written, {...DEFAULT_QUERY, select: snapshot.view}));
}

export async function exportQuery(
  format: ExportFormatName,
  snapshot: Snapshot,
  query: TreeQuery,
): Promise<Buffer> {
  const naming = createNaming(snapshot);
  const {view} = exportView({name: 'results.bin', snapshot, query: toExportedQuery(query), naming});
  const write = await getFormat(format).load();
  return joinPieces(write(view));
}
