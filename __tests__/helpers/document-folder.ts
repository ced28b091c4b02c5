import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {fixturesDirectory} from './captures.js';
import {nodeBinary, programPath, projectRoot} from './terminal.js';

// A folder in which the commands of the documents run: with the captures that they name, and the programs.

const EXAMPLE = `${fixturesDirectory}/nested.bin`;
const SIDES = ['before', 'after', 'base', 'new', 'workers'];

/** The files that the documents name. */
const CAPTURES: Readonly<Record<string, string>> = {
  'results.bin': 'nested',
  'results.bin.124': 'threads',
  'base.bin': 'nested',
  'before.bin': 'threads',
  'old.bin': 'nested',
  'old.bin.7': 'threads',
  'new.bin': 'nested',
  'new.bin.8': 'threads',
};

const BUDGETS: Readonly<Record<string, object>> = {
  'budget.json': {budgets: [{name: 'peak', max: '20MB'}]},
  'growth.json': {budgets: [{name: 'growth', max: '+5%'}]},
};

/**
 * What stands for other programs, as shell scripts. memray copies a capture to where it is told to write one;
 * what sends files somewhere reads them.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  'memray-tree-ink': 'exec "$NODE" "$PROGRAM" "$@"',
  node: 'exec "$NODE" "$@"',
  npx: '[ "$1" = node ] || [ "$1" = memray-tree-ink ] || exit 9; exec "$@"',
  memray: `[ "$1" = run ] || exit 9
while [ $# -gt 0 ]; do case "$1" in
  -o) exec cp "$EXAMPLE" "$2" ;;
  --live-remote) [ "$2" = --live-port ]; exit $? ;;
esac; shift; done; exit 9`,
  pip: '[ "$1 $2" = "install memray" ]',
  npm: `case "$1" in
  root) echo "$FOLDER/global" ;;
  ci) ;;
  start|test) "$NODE" -e 'process.exit(require(process.argv[2]).scripts[process.argv[1]] ? 0 : 1)' "$1" "$ROOT/package.json" ;;
  *) exit 9 ;;
esac`,
  profilecli: 'for last; do :; done; [ "$1" = upload ] && cat "$last" >/dev/null',
  'parca-push': 'for last; do :; done; cat "$last" >/dev/null',
};

export interface DocumentFolder {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly dispose: () => void;
}

/** Makes the folder. What a command writes into it, only that command sees. */
export function createDocumentFolder(): DocumentFolder {
  const path = mkdtempSync(join(tmpdir(), 'memray-tree-ink-document-'));
  const copy = (fixture: string, name: string) =>
    cpSync(`${fixturesDirectory}/${fixture}.bin`, join(path, name));
  for (const [name, fixture] of Object.entries(CAPTURES)) copy(fixture, name);
  for (const side of SIDES) {
    mkdirSync(join(path, side));
    for (let run = 1; run <= 5; run++) copy('nested', `${side}/${run}.bin`);
  }
  for (const [name, budgets] of Object.entries(BUDGETS))
    writeFileSync(join(path, name), JSON.stringify(budgets));
  for (const name of ['examples', 'src']) symlinkSync(join(projectRoot, name), join(path, name));
  mkdirSync(join(path, 'global'));
  symlinkSync(projectRoot.replace(/\/$/, ''), join(path, 'global/memray-tree-ink'));
  const bin = join(path, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(PROGRAMS))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, {mode: 0o755});
  const env = {
    PATH: [bin, dirname(nodeBinary), process.env.PATH].join(delimiter),
    NODE: nodeBinary,
    PROGRAM: programPath,
    ROOT: projectRoot,
    FOLDER: path,
    EXAMPLE,
  };
  return {path, env, dispose: () => rmSync(path, {recursive: true, force: true})};
}
