import {isatty} from 'node:tty';
import {render} from 'ink';
import {getPlatform} from '../src/platform/platform.js';
import {isReadOnce} from '../src/reader/is-read-once.js';
import {createTreeStore, type TreeStore} from '../src/session/create-tree-store.js';
import type {SourceRequest} from '../src/source/source-excerpt.js';
import {createSourceReader} from '../src/source/source-reader.js';
import type {CopiedThing} from '../src/store/command.js';
import {getRecordedSearch} from '../src/store/source-pane/recorded-search.js';
import type {CliOptions} from './cli-values.js';
import type {BeginReading} from './early-session.js';
import {getSourcePlaces, listModuleFolders} from './folders.js';
import {isStandardInput} from './input-paths.js';
import type {LiveRecording} from './live-recording.js';
import {createLoader} from './loader.js';
import {createLocationLoader} from './location-loader.js';
import {findMissingFolders} from './missing-folders.js';
import {Screen} from './Screen.js';
import {createBackgroundSource} from './terminal/background.js';
import {copyToClipboard, MAX_COPIED_BYTES} from './terminal/clipboard.js';
import {getColorDepth} from './terminal/color-depth.js';
import {createJobControl} from './terminal/job-control.js';
import type {Keyboard} from './terminal/keyboard.js';
import {startTerminalSession} from './terminal/restore.js';
import {limitSize} from './terminal/size-limit.js';
import {
  DISABLE_MOUSE,
  DISABLE_PASTE,
  ENABLE_MOUSE,
  ENABLE_PASTE,
  type MouseEvent,
  QUERY_BACKGROUND,
} from './terminal/terminal-reports.js';
import {TerminalStdin} from './terminal/terminal-stdin.js';
import {formatCommand, formatLocation} from './view-command.js';
import {createYoungGenerationLimit} from './young-generation.js';

/** Rows for one notch of the wheel. */
const WHEEL_ROWS = 3;
const INTERRUPTED = 130;
const ERASE_SCREEN = '\u001b[2J\u001b[H';
const HIDE_CURSOR = '\u001b[?25l';

const READ_ONCE = 'standard input can be read only once';
const RECEIVED_ONCE = 'a live run can be received only once';

/** How Ink draws; the rest is up to the options. */
const RENDERING = {
  incrementalRendering: true,
  // A key's frame may come right after one of a partial result: it waits no longer than this.
  maxFps: 120,
  exitOnCtrlC: false,
  patchConsole: false,
  // Both ends are terminals here, whatever the variable CI says.
  interactive: true,
};

/** Shows the capture on the screen until the user leaves. Resolves to the exit code. */
export async function runInteractive(
  given: CliOptions,
  keyboard: Keyboard,
  begin: BeginReading,
  recording: LiveRecording | null,
): Promise<number> {
  const options = adaptToScreenReader(given, process.env);
  const {stdout} = process;
  const stopLimit = limitSize(stdout);
  const {session, setReports} = openTerminal(options, keyboard);
  const background = createBackgroundSource(process.env);
  const jobControl = createJobControl({host: process, setReports, onResume: () => void redraw()});
  session.setAway(jobControl.isAway);
  let exitCode = 0;
  let isOver = false;
  const store = createTreeStore({
    name: options.results,
    query: options.query,
    wholePeak: options.wholePeak,
    moduleFolders: listModuleFolders(options.input, options.pathMap),
    filters: {hideImportSystem: options.hideImportSystem, hideUninteresting: options.hideUninteresting},
    showsLives: options.showsLives,
    onQuit(reason) {
      if (reason === 'interrupt') exitCode = INTERRUPTED;
      instance.unmount();
    },
    onSuspend: jobControl.stop,
    onRedraw: () => void redrawAll(),
    onReload: () => reload(),
    onRequestView: select => loader.show({...store.getState().query, select}),
    onCancelRequest: () => loader.cancel(),
    isReadOnce: isReadOnce(options.input),
    namesOptions: true,
    onCopy: what => copy(what),
    onOpenSource: request => openInEditor(request),
    onExport: async (format, file) => {
      const {exportOnScreen} = await import('./export-on-screen.js');
      const folders = listModuleFolders(options.input, options.pathMap);
      return exportOnScreen(store.getState(), {format, file}, folders);
    },
    onSave: () => save(),
  });
  const isPiped = isStandardInput(options.input);
  const readOnce = isPiped ? READ_ONCE : isReadOnce(options.input) ? RECEIVED_ONCE : null;
  const loader = createLoader({store, begin, name: options.results, readOnce});
  /** Where there is nothing to read again, the tree so far stays. */
  const reload = (): void => {
    if (isPiped) store.actions.receive({type: 'failed', code: 'cannot-open', message: READ_ONCE});
    else loader.read(store.getState().query);
  };
  const copy = (what: CopiedThing): string | null => {
    const state = store.getState();
    const text = what === 'location' ? formatLocation(state) : formatCommand(options, state, process.env);
    if (text === null || Buffer.byteLength(text) > MAX_COPIED_BYTES) return null;
    stdout.write(copyToClipboard(text, process.env));
    return text;
  };
  const openInEditor = async (request: SourceRequest): Promise<string | null> => {
    const {openSource, lendTerminal} = await import('./editor/editor.js');
    const recorded = getRecordedSearch(store.getState().capture);
    return openSource(request, {
      env: process.env,
      // Not the reader of the screen, which remembers files: what is there now is opened.
      reader: createSourceReader({...getSourcePlaces(options), ...recorded}),
      run: (program, args) => lendTerminal({jobControl, keyboard, stdout}, program, args),
    });
  };
  const save = (): void => {
    const {capture} = store.getState();
    if (recording === null || capture === null) return;
    void import('./live-run.js').then(({saveLiveRun}) => saveLiveRun(recording, capture));
  };
  recording?.watch(store.actions.setSave);
  void findMissingFolders(options).then(remarks => {
    const lines = [
      ...options.notes,
      ...options.overridden,
      ...remarks.map(({where, message}) => `${where}: ${message}`),
    ];
    if (lines.length > 0) store.actions.setRemarks(lines);
  });
  store.subscribe(createYoungGenerationLimit());
  store.subscribe(createLocationLoader(store, loader.show));
  // Before Ink hears of a new size: the frame that it leads to is one of the new layout.
  const passSize = () => store.actions.setScreen(stdout.columns, getScreenRows());
  passSize();
  stdout.on('resize', passSize);
  // Before the first frame, which else would say that nothing was allocated.
  loader.read(options.query);
  const stdin = new TerminalStdin(keyboard.input, {
    onEvent: event => {
      if (event.kind === 'background') background.answer(event.color);
      else if (event.kind === 'paste') store.actions.paste(event.text);
      else passMouse(store, event);
    },
    // The terminal was closed: no key can be pressed any more.
    onLost: () => instance.unmount(),
  });
  // Before the first frame, not after it as Ink would: a Ctrl+Z in between would stop the program in the
  // middle of it.
  stdin.setRawMode(true);
  if (asksForBackground(options)) stdout.write(QUERY_BACKGROUND);
  const createScreen = () => (
    <Screen store={store} options={options} background={background} onReady={jobControl.setSuspender} />
  );
  const instance = render(createScreen(), {...RENDERING, stdin, alternateScreen: !options.inline});
  /** Draws everything again, whatever stands on the screen. */
  const redrawAll = async (): Promise<void> => {
    await instance.waitUntilRenderFlush();
    if (jobControl.isSuspended() || isOver) return;
    instance.clear();
    // Below a prompt the rest of the screen is the shell's.
    if (!options.inline) stdout.write(ERASE_SCREEN);
    stdout.write(HIDE_CURSOR);
    setReports(true);
    instance.rerender(createScreen());
  };
  /** After a change of size Ink draws over what the terminal made of the old frame. */
  const redraw = async (): Promise<void> => {
    if (!options.inline) await redrawAll();
  };
  stdout.on('resize', redraw);
  session.onExit(() => instance.unmount());
  setReports(true);
  try {
    await instance.waitUntilExit();
    return exitCode;
  } catch (error) {
    return session.fail(error);
  } finally {
    isOver = true;
    stdout.off('resize', redraw);
    stdout.off('resize', passSize);
    stopLimit();
    loader.stop();
    jobControl.dispose();
    session.dispose();
    keyboard.close();
  }
}

/** The rows that a frame may fill. */
function getScreenRows(): number {
  return Math.max(1, process.stdout.rows - getPlatform().spareRows);
}

/**
 * A screen reader reads what is written: below the prompt, where it stays, and without a mouse. Ink asks the
 * same variable.
 */
function adaptToScreenReader(options: CliOptions, {INK_SCREEN_READER: isOn}: NodeJS.ProcessEnv): CliOptions {
  return isOn === 'true' ? {...options, inline: true, mouse: false} : options;
}

/** What is to be put right when the program ends, and the switch of what the terminal reports besides keys. */
function openTerminal({mouse, inline}: CliOptions, keyboard: Keyboard) {
  const {stdout, stderr} = process;
  // Below a prompt the program does not know where on the screen it is, and so not where a click falls.
  const hasMouse = mouse && !inline;
  const stdin = keyboard.input;
  const session = startTerminalSession({
    host: process,
    stdout,
    stderr,
    stdin,
    isClosed: () => !isatty(1),
    hasMouse,
    isAlternateScreen: !inline,
  });
  const setReports = (isOn: boolean): void => {
    const mouse = isOn ? ENABLE_MOUSE : DISABLE_MOUSE;
    stdout.write((isOn ? ENABLE_PASTE : DISABLE_PASTE) + (hasMouse ? mouse : ''));
  };
  return {session, setReports};
}

/** Only where the answer matters, and not of terminals that would show the question as text. */
function asksForBackground({theme}: CliOptions): boolean {
  const {env, stdout} = process;
  return theme === 'auto' && getPlatform().hasSymbols(env) && getColorDepth(env, stdout) !== 'none';
}

function passMouse(store: TreeStore, event: MouseEvent): void {
  if (event.kind === 'wheel') {
    store.actions.wheelAt(event.column, event.row, event.direction * WHEEL_ROWS);
  } else if (event.kind === 'press' && event.button !== 'middle') {
    store.actions.clickAt(event.column, event.row, event.button);
  } else if (event.kind === 'release' && event.button === 'left') {
    store.actions.releaseAt(event.column);
  }
}
