import {exportView} from '../../src/export/export-view.js';
import {toExportedQuery} from '../../src/export/exported-query.js';
import {type ExportFormatName, getFormat} from '../../src/export/formats.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createNaming} from '../../src/query/naming.js';
import {DEFAULT_QUERY} from '../../src/query/tree-query.js';
import {joinPieces} from './decode-exports.js';

/** The file that `--export FORMAT --view WRITTEN` writes of a snapshot. */
export async function exportAs(format: ExportFormatName, snapshot: Snapshot, written = ''): Promise<Buffer> {
  const query = toExportedQuery(parseQuery(written, {...DEFAULT_QUERY, select: snapshot.view}));
  const {view} = exportView({name: 'results.bin', snapshot, query, naming: createNaming(snapshot)});
  const write = await getFormat(format).load();
  return joinPieces(write(view));
}
