import {type CaptureFile, readGoldenOf} from './captures.js';

/** A node of the `tree` goldens: what memray shows with everything open and nothing hidden. */
export interface GoldenNode {
  /** Null for the node of the elided locations, as file and line. */
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly bytes: number;
  readonly importSystem: boolean;
  readonly interesting: boolean;
  readonly children: readonly GoldenNode[];
}

/** The tree that is shown for a capture, and the search path that its modules are named by. */
export interface GoldenTree {
  readonly root: GoldenNode;
  readonly sysPath: readonly string[];
}

/** The golden of a capture without the elided locations, which memray's root counts and ours does not. */
export function readGoldenTree(capture: CaptureFile): GoldenTree {
  const golden = readGoldenOf(capture, 'tree') as {
    readonly header: {readonly sysPath: readonly string[]};
    readonly elided: {readonly bytes: number};
    readonly tree: GoldenNode;
  };
  const root = {
    ...golden.tree,
    bytes: golden.tree.bytes - golden.elided.bytes,
    children: golden.tree.children.filter(child => child.function !== null),
  };
  return {root, sysPath: golden.header.sysPath};
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; Math.abs(value) >= 1000; unit++) value /= 1000;
  return `${value.toFixed(3)}${UNITS[unit]}`;
}

/**
 * The module of a file: what is left of it below the first entry of the search path that holds it. The
 * scripts of these captures were recorded by a name without a folder, so relative names are modules too.
 */
function nameModule(file: string, sysPath: readonly string[]): string {
  if (!file.endsWith('.py')) return file;
  const entry = sysPath.find(path => path !== '' && file.startsWith(`${path}/`));
  if (entry === undefined && file.startsWith('/')) return file;
  const below = file.slice(entry === undefined ? 0 : entry.length + 1, -'.py'.length);
  return below.replaceAll('/', '.').replace(/\.__init__$/, '');
}

/**
 * How names are shown: pictures for controls, ‹code› for what is invisible or turns the direction of writing.
 */
function makeVisible(text: string): string {
  return Array.from(text, character => {
    const code = character.codePointAt(0)!;
    if ('\n\r\u0085\u2028\u2029'.includes(character)) return '␊';
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '␡';
    if (code < 0xa0 && code > 0x7f) return '�';
    if (code >= 0xd800 && code <= 0xdfff) return '�';
    const isHidden = /\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u.test(character);
    return isHidden ? `‹${code.toString(16).toUpperCase().padStart(4, '0')}›` : character;
  }).join('');
}

/** The words that a search looks in. */
export function getSearchTexts({function: name, file}: GoldenNode, {sysPath}: GoldenTree): readonly string[] {
  return name === null || file === null || file === '' ? [] : [name, file, nameModule(file, sysPath)];
}

/**
 * What a row says before its guides, on a screen wide enough for a bar of 8 cells: `  3.661MB  99.92 %
 * ▇▇▇▇▇▇▇▇`.
 */
export function formatNumbers(bytes: number, {root}: GoldenTree): string {
  const share = bytes / root.bytes;
  const percent = `${(share * 100).toFixed(2)} %`;
  return `${formatSize(bytes).padStart(9)} ${percent.padStart(8)} ${'▇'.repeat(Math.round(share * 8)).padEnd(8)}`;
}

/** What a row says after its guides: function and place. */
export function formatNames(node: GoldenNode, isLeaf: boolean, golden: GoldenTree): string {
  const {function: name, file, line} = node;
  const place = line === 0 ? (file ?? '') : `${nameModule(file ?? '', golden.sysPath)}:${line}`;
  const start = `${isLeaf ? '📄' : '📂'} ${makeVisible(name ?? '')}`;
  return place === '' ? start : `${start}  ${makeVisible(place)}`;
}
