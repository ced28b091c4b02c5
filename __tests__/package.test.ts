import {spawnSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {listAllBlocks} from './helpers/documents.js';
import {COMPILERS, CONSUMER, HEADLESS_CONSUMER, LIBRARY_USER} from './helpers/package-consumers.js';
import {nodeBinary, openTerminal, projectRoot} from './helpers/terminal.js';

// Packs the package, installs it into an empty folder beside an app's own ink and react, and uses it there.

const example = join(projectRoot, 'examples/newsroom/newsroom.bin');
const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-package-'));
/** Everything stands in it once; beside code, the three builds of the core take 70 KB. */
const MAX_PACKED_BYTES = 700_000;

let installLog = '';
let tarball = '';

/** npm under the Node that runs the tests, as a user with a current Node has it. */
function npm(args: readonly string[], cwd: string): {readonly stdout: string; readonly log: string} {
  const cli = process.env.npm_execpath ?? findNpm();
  const {status, stdout, stderr} = spawnSync(nodeBinary, [cli, ...args], {cwd, encoding: 'utf8'});
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return {stdout, log: stderr};
}

function findNpm(): string {
  const candidates = (process.env.PATH ?? '')
    .split(':')
    .map(part => join(part, '../lib/node_modules/npm/bin/npm-cli.js'));
  const found = candidates.find(existsSync);
  if (!found) throw new Error('npm is not on PATH');
  return found;
}

/** The index of the line where `toJson` begins. */
function findLine(lines: readonly string[]): number {
  return lines.findIndex(text => text.startsWith('export function toJson('));
}

/** What the TypeScript compiler says of a file beside the package. */
function compile(name: string, text: string, options: object): string[] {
  return compileAll(new Map([[name, text]]), options);
}

/** The same of several files; it looks at the declarations of all packages. */
function compileAll(files: ReadonlyMap<string, string>, options: object): string[] {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    jsx: 'react-jsx',
    ...options,
  };
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({compilerOptions, files: [...files.keys()]}));
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const {status, stdout, stderr} = spawnSync(nodeBinary, [tsc, '-p', '.'], {cwd: folder, encoding: 'utf8'});
  const complaints = `${stdout}${stderr}`.split('\n').filter(line => line !== '');
  if (complaints.length === 0 && status !== 0) throw new Error(`tsc ended with ${status}`);
  return complaints;
}

beforeAll(() => {
  const versions = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).devDependencies;
  tarball = join(
    folder,
    npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], projectRoot).stdout.trim(),
  );
  for (const name of ['host-app/host.js', 'file-browser/file-browser.js']) {
    cpSync(join(projectRoot, 'examples', name), join(folder, name.slice(name.indexOf('/'))));
  }
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  const own = ['ink', 'react', '@types/react', '@types/node'].map(name => `${name}@${versions[name]}`);
  const packages = [tarball, ...own];
  installLog = npm(['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], folder).log;
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('the packed package', () => {
  test('installs without a warning, beside one copy each of ink and react', () => {
    // What npm says of its own settings on this machine is not about the package.
    const warnings = installLog
      .split('\n')
      .filter(line => /warn/i.test(line) && !/Unknown \w+ config/.test(line));
    expect(warnings).toEqual([]);
    const installed = readdirSync(join(folder, 'node_modules'), {recursive: true, encoding: 'utf8'});
    for (const name of ['ink', 'react']) {
      expect(
        installed.filter(
          path => path.endsWith(`node_modules/${name}/package.json`) || path === `${name}/package.json`,
        ),
      ).toHaveLength(1);
    }
  });

  test('brings no dependency and no script of its own', () => {
    const manifest = JSON.parse(
      readFileSync(join(folder, 'node_modules/memray-tree-ink/package.json'), 'utf8'),
    );
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(
      ['preinstall', 'install', 'postinstall', 'prepare'].filter(name => name in manifest.scripts),
    ).toEqual([]);
  });

  test('lists its manual page, for npm links no page that is named alone', () => {
    const installed = join(folder, 'node_modules/memray-tree-ink');
    const {man} = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(man).toEqual(['./dist/man/memray-tree-ink.1']);
    expect(readFileSync(join(installed, man[0]), 'utf8')).toMatch(/^\.TH MEMRAY-TREE-INK 1 /m);
  });

  test('is small', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(MAX_PACKED_BYTES);
  });

  test('names the lines of our sources in stack traces, and contains no path of the machine that built it', () => {
    const installed = join(folder, 'node_modules/memray-tree-ink');
    const script = `import {toJson} from 'memray-tree-ink/headless'; try {toJson({})} catch (error) {console.log(error.stack)}`;
    const args = ['--enable-source-maps', '--input-type=module', '--eval', script];
    const {stdout} = spawnSync(nodeBinary, args, {cwd: folder, encoding: 'utf8'});
    const lines = readFileSync(join(projectRoot, 'src/headless.ts'), 'utf8').split('\n');
    const line = lines.findIndex((text, index) => text.includes('checkReport(') && index > findLine(lines));
    expect(stdout).toMatch(new RegExp(`memray-tree-ink/src/headless\\.ts:${line + 1}:`));
    const files = readdirSync(join(installed, 'dist'), {recursive: true, withFileTypes: true});
    const paths = files.filter(file => file.isFile()).map(({parentPath, name}) => join(parentPath, name));
    expect(paths.filter(path => readFileSync(path, 'utf8').includes(projectRoot))).toEqual([]);
  });

  test('runs as a command', () => {
    const command = join(folder, 'node_modules/.bin/memray-tree-ink');
    const {stdout, stderr, status} = spawnSync(nodeBinary, [command, '--text', example], {encoding: 'utf8'});
    expect({stderr, status}).toEqual({stderr: '', status: 0});
    expect(stdout).toContain('<ROOT>');
    expect(stdout).toContain('make_preview');
  });

  test('reads a capture and draws it in memory, as an app does in its own tests', () => {
    writeFileSync(join(folder, 'library-user.js'), LIBRARY_USER);
    const args = [join(folder, 'library-user.js'), example];
    const {stdout, stderr} = spawnSync(nodeBinary, args, {encoding: 'utf8', cwd: folder});
    expect(stderr).toBe('');
    expect(stdout).toContain('<ROOT>');
    expect(stdout).toMatch(/❯.*_run_tracker/);
  });

  test('runs in a folder without ink and react, and installed for all folders', () => {
    const prefix = join(folder, 'global');
    npm(['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', tarball], folder);
    expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['memray-tree-ink']);
    const command = join(prefix, 'bin/memray-tree-ink');
    const {stdout, stderr} = spawnSync(nodeBinary, [command, '--text', example], {encoding: 'utf8'});
    expect(stderr).toBe('');
    expect(stdout).toContain('make_preview');
  });

  test('shows TreeView in an app with its own ink, where its keys work', async () => {
    const terminal = openTerminal([example], {
      command: [nodeBinary, join(folder, 'host.js')],
      cwd: folder,
      columns: 110,
    });
    try {
      await terminal.waitFor('<ROOT>');
      await terminal.waitFor('"<ROOT>"');
      terminal.press('down');
      await terminal.waitFor('"_run_tracker"');
      terminal.press('left');
      await terminal.waitFor(screen => !screen.includes('build_index'));
      terminal.press('q');
      expect((await terminal.exited).code).toBe(0);
    } finally {
      terminal.dispose();
    }
  });

  test.each(Object.entries(COMPILERS))(
    'has types that compile for %s, those of ink checked as well',
    (_, options) => {
      expect(compile('consumer.tsx', CONSUMER, {...options, types: ['node', 'react']})).toEqual([]);
    },
  );

  test('has types without React that need no other package', () => {
    expect(compile('headless.ts', HEADLESS_CONSUMER, {...COMPILERS.Node, types: []})).toEqual([]);
  });

  test('browses files in an app that has nothing to do with memray', async () => {
    const browsed = join(folder, 'browsed');
    mkdirSync(join(browsed, 'data'), {recursive: true});
    writeFileSync(join(browsed, 'data/big.txt'), 'x'.repeat(3072));
    writeFileSync(join(browsed, 'small.txt'), 'x'.repeat(1024));
    const command = [nodeBinary, join(folder, 'file-browser.js'), browsed];
    const terminal = openTerminal([], {command, cwd: folder, columns: 60, rows: 14});
    try {
      await terminal.waitFor('3.0 KiB');
      expect(terminal.lines()[0]).toMatch(/4\.0 KiB +100 % .*📁 browsed$/);
      terminal.press('down');
      await terminal.waitFor(/browsed\/data$/m);
      terminal.press('right', 'right');
      await terminal.waitFor(/📄 big\.txt$/m);
      await terminal.waitFor(/data\/big\.txt$/m);
      terminal.press('q');
      expect((await terminal.exited).code).toBe(0);
    } finally {
      terminal.dispose();
    }
  });

  test('is sound for consumers: exports, types, files', () => {
    for (const [tool, ...args] of [
      ['publint', '--strict', tarball],
      ['attw', '--profile', 'esm-only', '--no-emoji', tarball],
    ]) {
      const bin = join(projectRoot, 'node_modules/.bin', tool!);
      const {status, stdout, stderr} = spawnSync(nodeBinary, [bin, ...args], {
        encoding: 'utf8',
        cwd: projectRoot,
      });
      expect({tool, status, output: status === 0 ? '' : stdout + stderr}).toEqual({
        tool,
        status: 0,
        output: '',
      });
    }
  });
});

describe('the snippets of the documents', () => {
  const options = {...COMPILERS.Node, types: ['node', 'react'], noEmit: false, allowJs: true, checkJs: true};
  const snippets = listAllBlocks().filter(
    ({language, facts}) => /^jsx?$/.test(language) && facts.get('in') !== 'page',
  );
  const names = snippets.map(({language}, index) => `snippet-${index}.${language}`);

  beforeAll(() => cpSync(example, join(folder, 'results.bin')));

  test('compile', () => {
    expect(snippets.length).toBeGreaterThan(4);
    const files = new Map(snippets.map(({code}, index) => [names[index]!, code]));
    expect(compileAll(files, {...options, outDir: 'compiled'})).toEqual([]);
  });

  test.each(snippets.map((block, index) => ({...block, index})))('$at runs', async ({facts, index}) => {
    const command = [nodeBinary, join(folder, 'compiled', `snippet-${index}.js`)];
    const terminal = openTerminal([], {command, cwd: folder, columns: 110, rows: 30});
    try {
      // What it shows stands behind the language of the block.
      expect(facts.get('shows')).toBeTruthy();
      await terminal.waitFor(facts.get('shows')!);
    } finally {
      terminal.dispose();
    }
  });
});
