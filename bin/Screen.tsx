import {useApp} from 'ink';
import {useEffect, useMemo, useSyncExternalStore} from 'react';
import {App} from '../components/App.js';
import {getPlatform} from '../src/platform/platform.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {createTheme} from '../src/style/theme.js';
import type {CliOptions} from './cli-values.js';
import {getSourcePlaces} from './folders.js';
import type {BackgroundSource} from './terminal/background.js';
import {getColorDepth} from './terminal/color-depth.js';
import type {SuspendTerminal} from './terminal/job-control.js';
import {getLinkTo} from './terminal/links.js';

export interface ScreenProps {
  readonly store: TreeStore;
  readonly options: CliOptions;
  readonly background: BackgroundSource;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}

/** The whole program on the screen. `onReady` gets what Ink suspends the terminal with. */
export function Screen({store, options, background, onReady}: ScreenProps) {
  const {suspendTerminal} = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const ascii = options.ascii || !getPlatform().hasSymbols(process.env);
  const answered = useSyncExternalStore(background.subscribe, background.get);
  const palette = options.theme === 'auto' ? answered : options.theme;
  const depth = getColorDepth(process.env, process.stdout);
  const theme = useMemo(() => createTheme({depth, ascii, palette}), [depth, ascii, palette]);
  const source = {sourcePlaces: getSourcePlaces(options), notFoundHint: NOT_FOUND_HINT};
  const linkTo = useMemo(() => (options.links && !ascii ? getLinkTo(process.env) : null), [options, ascii]);
  return <App store={store} theme={theme} ascii={ascii} {...source} {...(linkTo && {linkTo})} />;
}

const NOT_FOUND_HINT = 'If it is in another folder here: --source-root DIR, or --path-map FROM=TO.';
