import {dirname, resolve} from 'node:path';
import {render, useApp} from 'ink';
import {useEffect} from 'react';
import {App} from '../components/App.js';
import {createTheme} from '../components/theme.js';
import {createTreeStore, type TreeStore} from '../src/store/create-tree-store.js';
import type {CliOptions} from './cli-options.js';
import type {StartReading} from './run-report.js';
import {getColorDepth} from './terminal/color-depth.js';
import type {Keyboard} from './terminal/keyboard.js';
import {DISABLE_MOUSE, ENABLE_MOUSE, type MouseEvent} from './terminal/mouse-reports.js';
import {MouseStdin} from './terminal/mouse-stdin.js';
import {guardTerminal} from './terminal/restore.js';
import {suspend} from './terminal/suspend.js';

/** Rows for one notch of the wheel. */
const WHEEL_ROWS = 3;
const INTERRUPTED = 130;

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
      const refreshSize = (): void => void stdout.emit('resize');
      if (suspendTerminal) void suspend({host: process, suspendTerminal, setMouse, refreshSize});
    },
    onReload: () => reading.start(store, options.results),
  });
  const stdin = new MouseStdin(keyboard.input, event => passMouse(store, event));
  const instance = render(
    <Screen
      store={store}
      options={options}
      onReady={suspender => {
        suspendTerminal = suspender;
      }}
    />,
    {
      stdin,
      alternateScreen: !options.inline,
      incrementalRendering: true,
      maxFps: 60,
      exitOnCtrlC: false,
      patchConsole: false,
      // Both ends are terminals here, whatever the variable CI says.
      interactive: true,
    },
  );
  guard.setLeave(() => instance.unmount());
  setMouse(true);
  reading.start(store, options.results);
  try {
    await instance.waitUntilExit();
    return exitCode;
  } catch (error) {
    return guard.fail(error);
  } finally {
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
  const theme = createTheme({depth: getColorDepth(process.env, process.stdout), ascii: options.ascii});
  return <App store={store} theme={theme} ascii={options.ascii} sourcePlaces={getSourcePlaces(options)} />;
}

function getSourcePlaces({results, pathMap, sourceRoot}: CliOptions) {
  const captureDirectory = results === '-' ? null : dirname(resolve(results));
  return {pathMap, sourceRoot, currentDirectory: process.cwd(), captureDirectory};
}

/** At most one reading at a time. */
function createReadings(startReading: StartReading) {
  let stop = (): void => {};
  return {
    start(store: TreeStore, name: string): void {
      stop();
      store.actions.startReading(name);
      stop = startReading(store.actions.receive);
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
