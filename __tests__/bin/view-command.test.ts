import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import type {CliOptions} from '../../bin/cli-values.js';
import {spreadRuns} from '../../bin/spread-runs.js';
import {formatCommand, formatLocation} from '../../bin/view-command.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {arbitraryLocations, arbitraryQuery} from '../helpers/arbitrary-query.js';
import {parseSnapshot} from '../helpers/tree-text.js';

/** The words of a command as a POSIX shell reads them: bare ones, and those in single quotes. */
function splitShellWords(command: string): string[] {
  const words = command.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? [];
  return words.map(word =>
    word.replaceAll(/'([^']*)'|\\(')/g, (_, quoted = '', escaped = '') => quoted + escaped),
  );
}

function parse(words: readonly string[]): CliOptions {
  const command = parseCliOptions(words);
  if (command.kind !== 'run') throw new Error(JSON.stringify(command));
  return command.options;
}

const SHOWN = {
  filters: {hideImportSystem: false, hideUninteresting: true},
  wholePeak: false,
  showsLives: false,
  shown: null,
};

describe('the command of a view', () => {
  it('shows the same query, whatever names are in it', () => {
    fc.assert(
      fc.property(
        arbitraryLocations().chain(arbitraryQuery),
        fc.constantFrom('a.bin', "it's here.bin", '-odd.bin'),
        (query, path) => {
          const options = parse(['--', path]);
          const command = formatCommand(options, {...SHOWN, query}, {})!;
          const [program, ...words] = splitShellWords(command);
          expect(program).toBe('memray-tree-ink');
          const again = parse(words);
          expect(again.query).toEqual(query);
          expect(again.results.replace(/^\.\//, '')).toBe(path);
        },
      ),
    );
  });

  it('has the filters, and what decides what is read', () => {
    const words =
      '--merge --python-only --symbols /image --path-map /a=b --source-root src a.bin b.bin'.split(' ');
    const {query} = parse(words);
    const filters = {hideImportSystem: true, hideUninteresting: false, foldNative: true};
    expect(
      formatCommand(parse(words), {query, filters, wholePeak: true, showsLives: true, shown: null}, {}),
    ).toBe(
      'memray-tree-ink --view native:merge --whole-peak --hide-import-system --show-uninteresting --over-time --merge ' +
        '--python-only --symbols /image --path-map /a=b --source-root src a.bin b.bin',
    );
  });

  it('leaves out what a comparison has by itself', () => {
    const options = parse(['--diff', 'base.bin', 'new.bin']);
    const {query, wholePeak} = options;
    expect(wholePeak).toBe(true);
    expect(formatCommand(options, {...SHOWN, query, wholePeak}, {})).toBe(
      'memray-tree-ink --diff base.bin new.bin',
    );
  });

  it.each([
    '--diff a.bin b.bin',
    '--diff a.bin --against b.bin c.bin',
    '--view biggest:7 --diff a.bin b.bin',
    '--diff a.bin b.bin --against c.bin',
    '--merge --diff a.bin b.bin --against c.bin d.bin',
    '--map-function f=g --diff a.bin ./-b.bin --against c.bin -',
    '--compare a.bin b.bin',
  ])('of captures that are compared is %s', line => {
    const options = parse(spreadRuns(line.split(' ')));
    const {query} = options;
    const command = formatCommand(options, {...SHOWN, query}, {})!;
    expect(command).toBe(`memray-tree-ink ${line}`);
  });

  it('leaves out steps that are skipped: they do nothing in this view only', () => {
    const options = parse(['--view', 'root:load zoom:load@a.py:1 callers:fn:x', 'a.bin']);
    const {query} = options;
    const shown = {skipped: [query.steps[1]!, query.shape]};
    expect(formatCommand(options, {...SHOWN, query, shown}, {})).toBe(
      'memray-tree-ink --view root:load a.bin',
    );
  });

  it('is not changed by defaults of the shell that it is pasted into', () => {
    const options = parse(['--leaks', 'a.bin']);
    const query = parse(['a.bin']).query;
    const format = (defaults: string) =>
      formatCommand(options, {...SHOWN, query}, {MEMRAY_TREE_ARGS: defaults});
    expect(format('--leaks')).toBe('MEMRAY_TREE_ARGS= memray-tree-ink a.bin');
    expect(format('')).toBe('memray-tree-ink a.bin');
  });

  it('is not there for a live run, which cannot be received again', () => {
    const options = parse(['--live', '9000']);
    expect(formatCommand(options, {...SHOWN, query: options.query}, {})).toBeNull();
  });
});

it('the location of a row is its path and line; the root has none', () => {
  const store = createTreeStore({snapshot: parseSnapshot('main app.py:3 100')});
  expect(formatLocation(store.getState())).toBeNull();
  store.actions.run('moveDown');
  expect(formatLocation(store.getState())).toBe('app.py:3');
});
