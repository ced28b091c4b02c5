import {gather} from '../src/base/gather.js';
import type {ExportedPieces} from '../src/export/exported-view.js';
import {getFormat} from '../src/export/formats.js';
import {describeNoBlocks} from '../src/heap/check-aggregated.js';
import {listCaptures, type Snapshot} from '../src/heap/snapshot.js';
import {createNaming} from '../src/query/naming.js';
import {lacksReading} from '../src/query/needs.js';
import {listTargetRemarks, showSnapshot} from '../src/query/show-snapshot.js';
import {getBiggest} from '../src/query/tree-query.js';
import {loadInput} from '../src/reader/input-spec.js';
import type {LoadMessage, LoadProgress} from '../src/reader/load-messages.js';
import {formatJson} from '../src/report/json.js';
import {limitLevels} from '../src/report/printed-levels.js';
import {countRows, describeLeftOut} from '../src/report/row-limit.js';
import type {SourceReader} from '../src/source/source-reader.js';
import {getRecordedSearch} from '../src/store/source-pane/recorded-search.js';
import {NO_FILTERS} from '../src/tree/filter.js';
import type {CliOptions} from './cli-values.js';
import {getSourcePlaces, listModuleFolders} from './folders.js';
import {listPaths} from './input-paths.js';
import {judgeView, listBudgets, sayVerdicts} from './judge-view.js';
import type {LiveRecording} from './live-recording.js';
import {describeEnd, describeFailure} from './messages.js';
import {findMissingFolders} from './missing-folders.js';
import {listOptionFiles} from './option-file.js';
import type {Output} from './output-file.js';
import {getOutputForm} from './output-form.js';
import {createProgressLine} from './progress-line.js';
import {toRequest} from './query-request.js';
import {annotate, prepareJunit, reportUnread, settleExitCode, writeJunit} from './report-verdicts.js';
import {say} from './say.js';
import {checkForm, createStreamOutput} from './stream-output.js';
import {OutputError} from './write-failure.js';
import {writePieces} from './write-pieces.js';

/**
 * Reads the capture in this thread, which has nothing else to do, and prints its tree. Resolves to the exit
 * code.
 */
export async function runReport(options: CliOptions, recording: LiveRecording | null): Promise<number> {
  try {
    // First of all: a long load is not to end with an output that could never be written.
    const openOutput = await prepareOutput(options);
    const openJunit = await prepareJunit(options);
    const progressLine = createProgressLine(options);
    const ending = await read(options, progressLine.show, recording);
    progressLine.clear();
    recording?.noteEnd(ending);
    const snapshot = takeSnapshot(ending, options);
    if (typeof snapshot === 'string') {
      await reportUnread(listBudgets(options), snapshot, options, openJunit);
      return fail(options.results, snapshot);
    }
    const noTimeline = options.timeline ? (await loadTimelineReport()).explainNoTimeline(snapshot) : null;
    if (noTimeline !== null) return fail(options.results, noTimeline);
    const verdicts = judgeView(options, snapshot);
    const exitCode = settleExitCode(getReadCode(snapshot), verdicts);
    const pieces = await formatResult(options, snapshot);
    await writeJunit(verdicts, options, openJunit, snapshot.capture.startTimeMs);
    await writePieces(await openOutput(), pieces);
    await annotate(verdicts, options);
    await reportEnd(options, snapshot);
    sayVerdicts(verdicts, options.results);
    return exitCode;
  } catch (error) {
    if (error instanceof OutputError) return fail(nameOutput(error, options), error.message);
    throw error;
  }
}

/** What could not be written. */
export function nameOutput({file}: OutputError, {output}: Pick<CliOptions, 'output'>): string {
  return file ?? (output === null || output === '-' ? 'standard output' : output);
}

export async function prepareOutput(options: CliOptions): Promise<() => Promise<Output>> {
  const {output: path, force, input} = options;
  const form = getOutputForm(options);
  if (path !== null) {
    const {prepareOutput: prepare} = await import('./output.js');
    const optionFiles = listOptionFiles(options);
    return prepare({path, isForced: force, inputs: listPaths(input), optionFiles}, form);
  }
  const target = {stream: process.stdout, isTerminal: process.stdout.isTTY === true, form};
  checkForm(target);
  return async () => createStreamOutput(target);
}

type Ending = Exclude<LoadMessage, {type: 'progress'}>;

/** What was read, or why there is nothing to show. */
function takeSnapshot(ending: Ending, {query}: CliOptions): Snapshot | string {
  if (ending.type === 'failed') return describeFailure(ending);
  const {snapshot} = ending;
  return lacksReading(snapshot, query) ? describeNoBlocks(snapshot.capture) : snapshot;
}

function read(
  {input, query, pythonOnly, symbolsDirectory, save, timeline}: CliOptions,
  onProgress: (progress: LoadProgress) => void,
  recording: LiveRecording | null,
): Promise<Ending> {
  const onReceived = recording === null ? undefined : (bytes: Uint8Array) => recording.add(bytes);
  const request = {
    ...toRequest(query),
    history: timeline,
    pythonOnly,
    symbolsDirectory,
    onReceived,
    receivesAll: save !== null,
  };
  return new Promise((resolve, reject) => {
    loadInput(input, {...request, getWantedPartial: () => null}, message => {
      if (message.type === 'progress') onProgress(message.progress);
      else resolve(message);
    }).catch(reject);
  });
}

/** Says what has to be said beside the result. */
export async function reportEnd(options: CliOptions, snapshot: Snapshot): Promise<void> {
  for (const note of [...options.notes, ...options.overridden, ...options.unused]) warn(note);
  for (const {where, message} of [
    ...describeEnd(snapshot, options),
    ...(await findMissingFolders(options)),
  ]) {
    say(where, message);
  }
}

/** The exit code of captures: 0 where they could be read as a whole. */
export function getReadCode({capture: {damage, parts = []}}: Snapshot): number {
  if (listCaptures(parts).some(part => part.failure !== null)) return 1;
  return damage ? 3 : 0;
}

async function formatResult(options: CliOptions, snapshot: Snapshot): Promise<ExportedPieces> {
  const {exportFormat, results, query, input, pathMap, withSource} = options;
  if (options.timeline && snapshot.timeline !== undefined) {
    return (await loadTimelineReport()).formatTimelineReport(options, snapshot.timeline);
  }
  if (exportFormat === null) return formatReport(options, snapshot);
  const name = results === '-' ? 'standard input' : results;
  const naming = createNaming(snapshot, listModuleFolders(input, pathMap));
  const sourceReader = withSource ? await openSources(options, snapshot) : undefined;
  const {exportView} = await import('../src/export/export-view.js');
  const {view, remarks} = exportView({name, snapshot, query, naming, sourceReader});
  for (const remark of remarks) warn(remark);
  const write = await getFormat(exportFormat).load();
  return write(view);
}

/** Only where it is asked for. */
const loadTimelineReport = () => import('./timeline-report.js');

async function openSources(options: CliOptions, {capture}: Snapshot): Promise<SourceReader> {
  const {createSourceReader} = await import('../src/source/source-reader.js');
  return createSourceReader({...getSourcePlaces(options), ...getRecordedSearch(capture)});
}

function warn(remark: string): void {
  say('', remark);
}

/**
 * The text is loaded only if it is asked for: what cuts it into cells takes longer to load than a small file
 * to read.
 */
async function formatReport(options: CliOptions, snapshot: Snapshot): Promise<Iterable<string>> {
  const {wholePeak, pythonOnly, input, pathMap, query, json, csv, depth, limit} = options;
  const {hideImportSystem, hideUninteresting} = options;
  // JSON and CSV hide nothing unless a step says so.
  const filters = json || csv ? NO_FILTERS : {hideImportSystem, hideUninteresting};
  const naming = createNaming(snapshot, listModuleFolders(input, pathMap));
  const shown = showSnapshot(snapshot, {
    query,
    filters,
    wholePeak,
    naming,
    levels: limitLevels({depth, hideUninteresting: filters.hideUninteresting}),
  });
  for (const remark of [...listTargetRemarks(shown), ...shown.remarks]) warn(remark);
  const {capture, view, moments} = snapshot;
  const reported = {biggestAllocs: getBiggest(query), wholePeak, pythonOnly};
  const report = {...shown, capture, view, moments, query, options: reported};
  const rows = {limit: limit ?? undefined, moduleOf: naming.moduleOf};
  if (json) {
    if (limit !== null) sayLeftOut(countRows(report, depth ?? undefined), limit);
    return formatJson(report, {depth: depth ?? undefined, ...rows});
  }
  if (csv) {
    const {formatCsv} = await import('../src/report/csv.js');
    if (limit !== null) sayLeftOut(countRows(report), limit);
    const captureNames = capture.parts?.map(({name}) => name);
    return gather(formatCsv(shown.tree, {...rows, captureNames}));
  }
  const {formatTextReport} = await import('./text-report.js');
  return gather(formatTextReport(options, report, shown.hasFilters ? NO_FILTERS : filters));
}

function sayLeftOut(rows: number, limit: number): void {
  const remark = describeLeftOut(rows, limit);
  if (remark !== null) warn(remark);
}

function fail(where: string, message: string): number {
  say(where, message);
  return 1;
}
