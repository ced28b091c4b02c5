import {dirname, resolve} from 'node:path';
import {render, useApp} from 'ink';
import {useEffect} from 'react';
import {App} from '../components/App.js';
import {createTheme} from '../components/theme.js';
import {getPlatform} from '../src/format/platform.js';
import type {View} from '../src/heap/snapshot.js';
import {createPartialPace} from '../src/reader/partial-pace.js';
import type {ReadingOrder} from '../src/reader/reading-order.js';
import {createTreeStore, type TreeStore} from '../src/store/create-tree-store.js';
import type {CliOptions} from './cli-values.js';
import type {StartReading} from './early-reading.js';
import {listPaths} from './order-paths.js';
import {getColorDepth} from './terminal/color-depth.js';
import type {Keyboard} from './terminal/keyboard.js';
import {DISABLE_MOUSE, ENABLE_MOUSE, type MouseEvent} from './terminal/mouse-reports.js';
import {MouseStdin} from './terminal/mouse-stdin.js';
import {guardTerminal} from './terminal/restore.js';
import {suspend} from './terminal/suspend.js';
import {createYoungGenerationLimit} from './young-generation.js';

/** Rows for one notch of the wheel. */
const WHEEL_ROWS = 3;
const INTERRUPTED = 130;
const ERASE_SCREEN = '\u001b[2J\u001b[H';

type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

/** Shows the capture on the screen until the user leaves. Resolves to the exit code. */
export async function runInteractive(
  options: CliOptions,
  keyboard: Keyboard,
  startReading: StartReading,
): Promise<number> {
  const {stdout, stderr} = process;
  // Below a prompt the program does not know its place on the screen, and so not where a click falls.
  const hasMouse = options.mouse && !options.inline;
  const guard = guardTerminal({
    host: process,
    stdout,
    stderr,
    stdin: keyboard.input,
    hasMouse,
    isAlternateScreen: !options.inline,
  });
  const reading = createReadings(startReading);
  let exitCode = 0;
  let suspendTerminal: SuspendTerminal | null = null;
  let isSuspended = false;
  let isOver = false;
  const setMouse = (isOn: boolean): void => {
    if (hasMouse) stdout.write(isOn ? ENABLE_MOUSE : DISABLE_MOUSE);
  };
  const store = createTreeStore({
    name: options.results,
    wholePeak: options.wholePeak,
    filters: {hideImportSystem: options.hideImportSystem, hideUninteresting: options.hideUninteresting},
    onQuit(reason) {
      if (reason === 'interrupt') exitCode = INTERRUPTED;
      instance.unmount();
    },
    onSuspend() {
      // Only the group in front is told of a new size; Node looks for it when it is told.
      const refreshSize = (): void => void process.kill(process.pid, 'SIGWINCH');
      if (suspendTerminal === null || isSuspended || !getPlatform().hasJobControl) return;
      isSuspended = true;
      void suspend({host: process, suspendTerminal, setMouse, refreshSize}).finally(() => {
        isSuspended = false;
        void redraw();
      });
    },
    onReload: () => reading.start(store, options.results),
    onSwitchView: view => reading.askForPartial(view),
  });
  store.subscribe(createYoungGenerationLimit());
  // Before the first frame, which else would say that nothing was allocated.
  reading.start(store, options.results);
  const stdin = new MouseStdin(keyboard.input, event => passMouse(store, event));
  // Before the first frame, not after it as Ink would: a Ctrl+Z in between would stop the program in the middle of it.
  stdin.setRawMode(true);
  const onReady = (suspender: SuspendTerminal): void => {
    suspendTerminal = suspender;
  };
  const createScreen = () => <Screen store={store} options={options} onReady={onReady} />;
  const instance = render(createScreen(), {
    stdin,
    alternateScreen: !options.inline,
    incrementalRendering: true,
    // A key's frame may come right behind one of a partial result: it waits no longer than this.
    maxFps: 120,
    exitOnCtrlC: false,
    patchConsole: false,
    // Both ends are terminals here, whatever the variable CI says.
    interactive: true,
  });
  /** Ink draws over what the terminal made of a frame of another size: once it is done, all is drawn anew. */
  const redraw = async (): Promise<void> => {
    await instance.waitUntilRenderFlush();
    if (isSuspended || isOver || options.inline) return;
    instance.clear();
    stdout.write(ERASE_SCREEN);
    instance.rerender(createScreen());
  };
  stdout.on('resize', redraw);
  guard.setLeave(() => instance.unmount());
  setMouse(true);
  try {
    await instance.waitUntilExit();
    return exitCode;
  } catch (error) {
    return guard.fail(error);
  } finally {
    isOver = true;
    stdout.off('resize', redraw);
    reading.stop();
    guard.dispose();
    keyboard.close();
  }
}

interface ScreenProps {
  readonly store: TreeStore;
  readonly options: CliOptions;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}

function Screen({store, options, onReady}: ScreenProps) {
  const {suspendTerminal} = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const ascii = options.ascii || !getPlatform().hasSymbols(process.env);
  const theme = createTheme({depth: getColorDepth(process.env, process.stdout), ascii});
  return <App store={store} theme={theme} ascii={ascii} sourcePlaces={getSourcePlaces(options)} />;
}

function getSourcePlaces({order, pathMap, sourceRoot}: CliOptions) {
  const captureDirectory = getCaptureDirectory(order);
  return {pathMap, sourceRoot, currentDirectory: process.cwd(), captureDirectory};
}

/** Where the (first) capture lies. */
function getCaptureDirectory(order: ReadingOrder): string | null {
  const [path = '-'] = listPaths(order);
  return path === '-' ? null : dirname(resolve(path));
}

/** At most one reading at a time. */
function createReadings(startReading: StartReading) {
  let stop = (): void => {};
  let ask = (_view: View): void => {};
  return {
    askForPartial: (view: View) => ask(view),
    start(store: TreeStore, name: string): void {
      stop();
      store.actions.startReading(name);
      const pace = createPartialPace(() => reading.askForPartial());
      const reading = startReading(message => {
        if (message.type === 'progress' && message.partial !== null) pace.noteShown();
        if (message.type !== 'progress') pace.stop();
        store.actions.receive(message);
      });
      ask = reading.askForPartial;
      stop = () => {
        pace.stop();
        reading.stop();
      };
    },
    stop: () => stop(),
  };
}

function passMouse(store: TreeStore, event: MouseEvent): void {
  if (event.kind === 'wheel') {
    store.actions.wheelAt(event.column, event.row, event.direction * WHEEL_ROWS);
  } else if (event.kind === 'press' && event.button === 'left') {
    store.actions.clickAt(event.column, event.row);
  }
}
