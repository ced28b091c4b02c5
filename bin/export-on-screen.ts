import {lstat} from 'node:fs/promises';
import {describeMedians} from '../src/export/describe-sides.js';
import {exportView} from '../src/export/export-view.js';
import {toExportedQuery} from '../src/export/exported-query.js';
import {type ExportFormatName, getFormat} from '../src/export/formats.js';
import type {Snapshot} from '../src/heap/snapshot.js';
import {withoutParts} from '../src/query/edit-query.js';
import {createNaming} from '../src/query/naming.js';
import {listFilters} from '../src/query/show-snapshot.js';
import {isTable, type TreeQuery} from '../src/query/tree-query.js';
import {explainUnexportable} from '../src/store/export-menu.js';
import type {TreeState} from '../src/store/state.js';
import {createOutputFile} from './output-file.js';
import {OutputError} from './write-failure.js';
import {writePieces} from './write-pieces.js';

type ExportedState = Pick<TreeState, 'name' | 'snapshot' | 'status' | 'query' | 'shown' | 'filters'>;

/**
 * Writes the view of the screen to a new file of the current directory, and says so. Where there is a file of that name,
 * the new one gets a number.
 */
export async function exportOnScreen(
  state: ExportedState,
  {format, file}: {readonly format: ExportFormatName; readonly file: string},
  moduleFolders: readonly string[],
): Promise<string> {
  // It may have come to wait for another reading since the menu was opened.
  const reason = explainUnexportable(state);
  if (reason !== null) return reason;
  const {name} = state;
  const snapshot = state.snapshot!;
  const path = await chooseFreeName(file, format);
  const query = toExportedQuery(withoutParts(state.query, state.shown?.skipped ?? []));
  // Frames without interest stay.
  const filters = listFilters(query, {...state.filters, hideUninteresting: false});
  const naming = createNaming(snapshot, moduleFolders);
  try {
    const {view} = exportView({name, snapshot, query, naming}, filters);
    const write = await getFormat(format).load();
    await writePieces(await createOutputFile({path, isForced: false, inputs: []}), write(view));
  } catch (error) {
    if (error instanceof OutputError) return `${path} ${error.message}`;
    throw error;
  }
  const medians = describeMedians(snapshot);
  const exported = describeExported(snapshot, path, format, query);
  return medians === null ? exported : `${exported}; ${medians}`;
}

/** What is in the file, and what is not. */
function describeExported(
  {locations, elided, runs}: Snapshot,
  path: string,
  format: ExportFormatName,
  {shape}: TreeQuery,
): string {
  // A file has no rows of a table: whoever looks for them in it should know.
  const what = isTable(shape) ? 'Exported the stacks of this table' : 'Exported';
  if (elided.locations === 0) return `${what} to ${path}`;
  const total = locations.length + elided.locations;
  const count =
    runs === undefined ? `${locations.length} of ${total} locations` : 'locations of each capture';
  return `Exported the biggest ${count} to ${path}; --export ${format} writes all`;
}

async function chooseFreeName(file: string, format: ExportFormatName): Promise<string> {
  const {extension} = getFormat(format);
  const isUsual = file.endsWith(extension);
  const stem = isUsual ? file.slice(0, -extension.length) : file;
  let name = file;
  for (let number = 2; await isPresent(name); number++) name = `${stem}-${number}${isUsual ? extension : ''}`;
  return name;
}

function isPresent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
