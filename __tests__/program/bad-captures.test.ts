import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {writeHeader} from '../helpers/capture-writer.js';
import {listCaptures} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal} from '../helpers/terminal.js';

/** What becomes of a capture without a terminal: its exit code, and whether there is a tree to show. */
const ENDS = {fine: 0, unfinished: 0, damaged: 3, refused: 1} as const;
const EXPECTED: Readonly<Record<string, keyof typeof ENDS>> = {
  'bad/empty': 'refused',
  'bad/header-cut': 'refused',
  'bad/header-cut-1': 'refused',
  'bad/header-only': 'unfinished',
  'bad/lz4-cut-1': 'damaged',
  'bad/lz4-cut-half': 'damaged',
  'bad/lz4-cut-head': 'refused',
  'bad/lz4-extra-tail': 'fine',
  'bad/lz4-flip-header': 'refused',
  'bad/lz4-magic-only': 'refused',
  'bad/lz4-twice': 'fine',
  'bad/magic-only': 'refused',
  'bad/raw-bad-format': 'refused',
  'bad/raw-cut-2': 'unfinished',
  'bad/raw-cut-third': 'unfinished',
  'bad/raw-extra-tail': 'fine',
  'bad/raw-no-trailer-zeros': 'unfinished',
  'bad/raw-unknown-record': 'damaged',
  'bad/text': 'refused',
  'bad/version-99': 'refused',
  'bad/zeros': 'refused',
  killed: 'unfinished',
  'killed-buffered': 'unfinished',
  'killed-aggregate': 'refused',
};

const captures = listCaptures().filter(({name}) => name.startsWith('bad/') || name.startsWith('killed'));

describe.each(captures)('$name', ({name, path}) => {
  it('is a tree or one clear line, as text, as JSON and on the screen', async () => {
    const [text, json, screen] = await Promise.all([
      runProgram(['--text', path]),
      runProgram(['--json', path]),
      showOnScreen(path),
    ]);
    const code = text.code as 0 | 1 | 3;
    expect([0, 1, 3]).toContain(code);
    if (EXPECTED[name] !== undefined) expect({name, code}).toEqual({name, code: ENDS[EXPECTED[name]]});
    expect(json.code).toBe(code);
    expect(json.stderr).toBe(text.stderr);
    for (const line of text.stderr.split('\n').slice(0, -1))
      expect(line).toMatch(/^memray-tree-ink: \S.*: \S/);
    expect(text.stderr + screen).not.toMatch(/ {4}at |\bError\b|undefined|NaN|\[object/);
    if (code === 1) {
      expect(text.stdout + json.stdout).toBe('');
      expect(text.stderr.split('\n')).toHaveLength(2);
    } else {
      expect(text.stdout).toMatch(/<ROOT>|<No allocations>/);
      const {damage, finished} = JSON.parse(json.stdout).capture;
      expect(damage === null).toBe(code === 0);
      if (EXPECTED[name] === 'unfinished') expect(finished).toBe(false);
      if (damage !== null || !finished) expect(text.stderr).not.toBe('');
    }
  });
});

/** Opens it in a terminal until it says what is wrong or shows a tree; it ends with 0 whatever it showed. */
async function showOnScreen(path: string): Promise<string> {
  const terminal = openTerminal([path], {columns: 160, rows: 40});
  try {
    const seen = await terminal.waitFor(
      screen => !/Reading|\breading\b/.test(screen) && /📂|<No all|\S+: \S/u.test(screen),
    );
    terminal.press('q');
    expect(await terminal.exited).toEqual({code: 0, signal: undefined});
    return seen;
  } finally {
    terminal.dispose();
  }
}

describe('versions that are not read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
  afterAll(() => rmSync(folder, {recursive: true}));

  it.each([
    [14, 'was written by a newer memray (header 14); update memray-tree-ink'],
    [5, 'has header version 5, which no release of memray has written'],
    [1, 'has header version 1, which no release of memray has written'],
  ])('%i', async (version, message) => {
    const path = join(folder, `${version}.bin`);
    writeFileSync(path, writeHeader({version}));
    const {code, stdout, stderr} = await runProgram([path]);
    const expected = `memray-tree-ink: ${path}: ${message}\n`;
    expect({code, stdout, stderr}).toEqual({code: 1, stdout: '', stderr: expected});
    expect(await showOnScreen(path)).toContain(message);
  });
});

describe('what is no file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    writeFileSync(join(folder, 'nothing'), '');
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  it.each([
    ['missing', /no such file/],
    ['.', /is a directory/],
    ['fifo', /is not a regular file/],
    ['nothing', /empty/],
    ['nothing/below', /no such file/],
    ['/dev/null', /is not a regular file/],
    ['/dev/zero', /is not a regular file/],
    // Not even root may read this one.
    ['/proc/self/mem', /: cannot be (?:read|opened)|not a capture|not look like/],
    ['\u001b[31mname', /␛\[31mname: no such file/],
  ])('%s', async (name, message) => {
    const path = name.startsWith('/') ? name : join(folder, name);
    const {code, stdout, stderr} = await runProgram([path]);
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr.split('\n')).toEqual([expect.stringMatching(message), '']);
    expect(stderr).toMatch(/^memray-tree-ink: /);
    expect(stderr).not.toContain('\u001b');
    expect(await showOnScreen(path)).toMatch(message);
  });
});
