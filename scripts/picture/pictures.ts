// The pictures of the documents: screens of the example capture, on a dark and on a light background.

export interface Picture {
  readonly file: string;
  /** Columns and rows. */
  readonly size: string;
  readonly options?: readonly string[];
  /** Pressed one after the other. */
  readonly keys: readonly string[];
  /** The picture is drawn when this is on the screen: the marked line of the source, which comes last. */
  readonly awaited: string;
  /** Of the terminal; dark unless given. */
  readonly background?: 'dark' | 'light';
  /** Instead of the example. */
  readonly args?: readonly string[];
}

const SCREENS: readonly Picture[] = [
  {
    file: 'docs/screen.svg',
    size: '120x32',
    keys: ['down', 'down', 'down', 'down', 'down', 'down'],
    awaited: '❯◆19.5MB 29',
  },
  {
    file: 'docs/pictures/table.svg',
    size: '120x24',
    keys: ['3', 'L', 's', 'down'],
    awaited: '❯        27',
  },
  {
    file: 'docs/pictures/callers.svg',
    size: '120x24',
    keys: ['3', 'L', 's', 'down', '4', 'E', 'down'],
    awaited: '❯        22',
  },
  {
    file: 'docs/pictures/dropped.svg',
    size: '120x24',
    keys: ['L', 'f', '-', 'f', 'n', ':', '=', 'a', 'd', 'd', 'enter', 'E', 'down', 'down', 'down', 'down'],
    awaited: '❯        28',
  },
  {
    file: 'docs/pictures/leaks.svg',
    size: '120x24',
    options: ['--leaks'],
    keys: ['L', 'f', 'f', 'n', ':', '=', 'a', 'd', 'd', 'enter', 'E', 'G'],
    awaited: '❯        12',
  },
  {
    file: 'docs/pictures/time.svg',
    size: '120x28',
    keys: ['down', 'down', 'down', 'down', 'down', 'T', ...Array<string>(15).fill('left')],
    awaited: '❯◆18.1MB 25',
  },
  {
    file: 'docs/pictures/lives.svg',
    size: '120x24',
    options: ['--over-time'],
    keys: ['down', 'down', 'down', 'down', 'down', 'down'],
    // The lines over time come after the source.
    awaited: '▁▃▅▆███|██ │ │ │ │╰',
  },
  {
    file: 'docs/pictures/comparison.svg',
    size: '120x24',
    options: ['--diff', 'examples/newsroom/fixed.bin'],
    keys: ['down', 'down', 'down', 'down', 'down', 'down'],
    awaited: '❯        27',
  },
  {
    file: 'docs/pictures/leak.svg',
    size: '120x24',
    options: ['--view', 'gen:0%,25%,50%,75%,100%'],
    args: ['--path-map=/srv/shop=examples/shop', 'examples/shop/leak.bin'],
    keys: ['3', 'L', 's', 'down', 'down'],
    awaited: '◆4.82MB  7',
  },
];

/** Where the same screen on a light background is. */
function getLightFile(file: string): string {
  return file.replace(/\.svg$/, '-light.svg');
}

export const pictures: readonly Picture[] = SCREENS.flatMap(screen => [
  screen,
  {...screen, file: getLightFile(screen.file), background: 'light' as const},
]);
