import {useApp} from 'ink';
import {useEffect} from 'react';
import {App} from '../components/App.js';
import {getPlatform} from '../src/platform/platform.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import {createTheme} from '../src/style/theme.js';
import type {CliOptions} from './cli-values.js';
import {getCaptureDirectory, getCurrentDirectory} from './folders.js';
import {getColorDepth} from './terminal/color-depth.js';

export type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

export interface ScreenProps {
  readonly store: TreeStore;
  readonly options: CliOptions;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}

/** The whole program on the screen. `onReady` gets what Ink suspends the terminal with. */
export function Screen({store, options, onReady}: ScreenProps) {
  const {suspendTerminal} = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const ascii = options.ascii || !getPlatform().hasSymbols(process.env);
  const theme = createTheme({depth: getColorDepth(process.env, process.stdout), ascii});
  return <App store={store} theme={theme} ascii={ascii} sourcePlaces={getSourcePlaces(options)} />;
}

function getSourcePlaces({order, pathMap, sourceRoot}: CliOptions) {
  const captureDirectory = getCaptureDirectory(order);
  return {pathMap, sourceRoot, currentDirectory: getCurrentDirectory(), captureDirectory};
}
