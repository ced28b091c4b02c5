import {render} from 'ink';
import {getPlatform} from '../src/platform/platform.js';
import {createTreeStore, type TreeStore} from '../src/store/create-tree-store.js';
import type {CliOptions} from './cli-values.js';
import type {StartReading} from './early-reading.js';
import {listModuleFolders} from './folders.js';
import {createReadings} from './readings.js';
import {Screen, type SuspendTerminal} from './Screen.js';
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

/** How Ink draws; the rest is up to the options. */
const RENDERING = {
  incrementalRendering: true,
  // A key's frame may come right behind one of a partial result: it waits no longer than this.
  maxFps: 120,
  exitOnCtrlC: false,
  patchConsole: false,
  // Both ends are terminals here, whatever the variable CI says.
  interactive: true,
};

/** Shows the capture on the screen until the user leaves. Resolves to the exit code. */
export async function runInteractive(
  options: CliOptions,
  keyboard: Keyboard,
  startReading: StartReading,
): Promise<number> {
  const {stdout} = process;
  const {guard, setMouse} = openTerminal(options, keyboard);
  const readings = createReadings(startReading);
  const suspension = createSuspension(setMouse, () => void redraw());
  let exitCode = 0;
  let isOver = false;
  const store = createTreeStore({
    name: options.results,
    wholePeak: options.wholePeak,
    moduleFolders: listModuleFolders(options.order),
    filters: {hideImportSystem: options.hideImportSystem, hideUninteresting: options.hideUninteresting},
    onQuit(reason) {
      if (reason === 'interrupt') exitCode = INTERRUPTED;
      instance.unmount();
    },
    onSuspend: suspension.start,
    onReload: () => readings.start(store, options.results),
    onSwitchView: view => readings.askForPartial(view),
  });
  store.subscribe(createYoungGenerationLimit());
  // Before the first frame, which else would say that nothing was allocated.
  readings.start(store, options.results);
  const stdin = new MouseStdin(keyboard.input, event => passMouse(store, event));
  // Before the first frame, not after it as Ink would: a Ctrl+Z in between would stop the program in the middle of it.
  stdin.setRawMode(true);
  const createScreen = () => <Screen store={store} options={options} onReady={suspension.setSuspender} />;
  const instance = render(createScreen(), {...RENDERING, stdin, alternateScreen: !options.inline});
  /** Ink draws over what the terminal made of a frame of another size: once it is done, all is drawn anew. */
  const redraw = async (): Promise<void> => {
    await instance.waitUntilRenderFlush();
    if (suspension.isActive() || isOver || options.inline) return;
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
    readings.stop();
    guard.dispose();
    keyboard.close();
  }
}

/** What is to be put right when the program ends, and the switch of the mouse. */
function openTerminal({mouse, inline}: CliOptions, keyboard: Keyboard) {
  const {stdout, stderr} = process;
  // Below a prompt the program does not know its place on the screen, and so not where a click falls.
  const hasMouse = mouse && !inline;
  const stdin = keyboard.input;
  const guard = guardTerminal({host: process, stdout, stderr, stdin, hasMouse, isAlternateScreen: !inline});
  const setMouse = (isOn: boolean): void => {
    if (hasMouse) stdout.write(isOn ? ENABLE_MOUSE : DISABLE_MOUSE);
  };
  return {guard, setMouse};
}

/** Ctrl+Z: at most one stop at a time, and none before Ink has said how. `onResume` is called after each. */
function createSuspension(setMouse: (isOn: boolean) => void, onResume: () => void) {
  let suspendTerminal: SuspendTerminal | null = null;
  let isActive = false;
  // Only the group in front is told of a new size; Node looks for it when it is told.
  const refreshSize = (): void => void process.kill(process.pid, 'SIGWINCH');
  return {
    isActive: () => isActive,
    setSuspender(suspender: SuspendTerminal): void {
      suspendTerminal = suspender;
    },
    start(): void {
      if (suspendTerminal === null || isActive || !getPlatform().hasJobControl) return;
      isActive = true;
      void suspend({host: process, suspendTerminal, setMouse, refreshSize}).finally(() => {
        isActive = false;
        onResume();
      });
    },
  };
}

function passMouse(store: TreeStore, event: MouseEvent): void {
  if (event.kind === 'wheel') {
    store.actions.wheelAt(event.column, event.row, event.direction * WHEEL_ROWS);
  } else if (event.kind === 'press' && event.button === 'left') {
    store.actions.clickAt(event.column, event.row);
  }
}
