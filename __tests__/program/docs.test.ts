import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv} from 'ajv';
import {describe, expect, test} from 'vitest';
import {
  listPythonFiles,
  readSide,
  readTranscripts,
  runInTerminal,
  runScript,
  runWithFile,
  runWorkflow,
  withFolder,
  withLiveProgram,
} from '../helpers/block-runners.js';
import {type Block, listAllBlocks, listBlocks} from '../helpers/documents.js';
import {openTerminal, projectRoot} from '../helpers/terminal.js';

// Every fenced block of every page is run, or compared with what it shows. Links: document-links.test.ts.

const SUCCESS = {code: 0, stderr: ''};

/** Each kind of block with what it must fulfil. Those of JavaScript run beside the packed package, or in a page. */
const RULES: Readonly<
  Record<string, ((block: Block) => Promise<void>) | 'package.test.ts, web-page.test.ts'>
> = {
  console: checkConsole,
  sh: checkShell,
  text: checkText,
  json: checkJson,
  yaml: checkWorkflow,
  py: checkPython,
  diff: checkDiff,
  js: 'package.test.ts, web-page.test.ts',
  jsx: 'package.test.ts, web-page.test.ts',
};

const BLOCKS = listAllBlocks();

describe.concurrent('the blocks of the documents', () => {
  const run = BLOCKS.filter(({language}) => typeof RULES[language] === 'function');
  test.each(run)('$at: $language', async block => {
    const rule = RULES[block.language];
    if (typeof rule === 'function') await rule(block);
  });

  test('are all checked', () => {
    expect(
      BLOCKS.filter(({language}) => !(language in RULES)).map(({at, language}) => `${at} ${language}`),
    ).toEqual([]);
    expect(BLOCKS.length).toBeGreaterThan(50);
  });
});

test('a block that is never closed is an error', () => {
  expect(() => listBlocks('page.md', 'text\n```sh\nls\n')).toThrow('page.md:2: the block is never closed');
});

/** The words of a command that make it print, in a terminal too. */
const PRINTS = /--(?:text|json|csv|timeline|export|budget|fail-above)\b|^npx node /;

async function checkConsole(block: Block): Promise<void> {
  for (const {command, output} of readTranscripts(block)) {
    expect(command).toMatch(PRINTS);
    const asksCode = command.endsWith('; echo $?');
    // With -e, a command that fails ends the script before it can ask.
    const script = asksCode ? `set +e; ${command}` : command;
    const {stdout, ...rest} = await withFolder(folder => runScript(script, folder, projectRoot));
    expect({stdout, ...rest}).toEqual({stdout: output, ...SUCCESS});
  }
}

/** What is not said on standard output depends on the captures, which stand for those of the reader. */
async function checkShell(block: Block): Promise<void> {
  const port = block.facts.get('server');
  await withFolder(async folder => {
    if (block.facts.get('in') === 'terminal') return runInTerminal(block, folder);
    const run = (script: string) => runScript(script, folder, folder.path);
    const {code, stderr} = await (port === undefined
      ? run(block.code)
      : withLiveProgram(free => run(block.code.replaceAll(port, free))));
    expect(code, stderr).toBe(0);
  });
}

/** A part of a screen, or a file that an option reads. */
async function checkText(block: Block): Promise<void> {
  const option = block.facts.get('use');
  if (option === undefined) return checkScreen(block);
  const args = [option, 'results.bin'];
  const {code, stderr} = await withFolder(folder => runWithFile(block, args, folder));
  expect(code, stderr).toBe(0);
}

async function checkScreen({facts, code}: Block): Promise<void> {
  const [columns, rows] = facts.get('size')!.split('x').map(Number);
  const example = ['--path-map=/srv/newsroom=examples/newsroom', 'examples/newsroom/newsroom.bin'];
  const terminal = openTerminal(example, {columns: columns!, rows: rows!});
  try {
    await terminal.waitFor('<ROOT>');
    terminal.press(...(facts.get('keys')?.split(',') ?? []));
    const lines = code.trimEnd().split('\n');
    await terminal.waitFor(screen => {
      const shown = screen.split('\n');
      const first = shown.findIndex(line => line.startsWith(lines[0]!));
      return first >= 0 && lines.every((line, index) => shown[first + index]?.startsWith(line));
    });
  } finally {
    terminal.dispose();
  }
}

/** What the program prints as JSON, or a file of budgets. */
async function checkJson(block: Block): Promise<void> {
  const shown: unknown = JSON.parse(block.code);
  const args = block.facts.get('output');
  if (args !== undefined) {
    const {stdout} = await withFolder(folder => runScript(`memray-tree-ink ${args}`, folder, projectRoot));
    expect(shown).toEqual(JSON.parse(stdout));
    return;
  }
  const file = block.facts.get('equals');
  const schema = JSON.parse(readFileSync(join(projectRoot, 'schemas/budget.schema.json'), 'utf8'));
  const isValid = new Ajv({allowUnionTypes: true}).compile(schema);
  expect({isValid: isValid(shown), errors: isValid.errors}).toEqual({isValid: true, errors: null});
  if (file !== undefined) {
    expect(block.code).toBe(readFileSync(join(projectRoot, file), 'utf8'));
    return;
  }
  const options = ['--budget', '--diff', 'base.bin', 'results.bin'];
  const {code, stderr} = await withFolder(folder => runWithFile(block, options, folder));
  expect(code, stderr).toBe(0);
}

async function checkWorkflow(block: Block): Promise<void> {
  const {code, stderr} = await withFolder(folder => runWorkflow(block, folder));
  expect(code, stderr).toBe(0);
}

/** A part of an example that was recorded. */
async function checkPython({code}: Block): Promise<void> {
  expect(listPythonFiles().some(text => text.includes(code))).toBe(true);
}

/** The one side is the file. Its other side is what was recorded as fixed. */
async function checkDiff(block: Block): Promise<void> {
  expect(readFileSync(join(projectRoot, block.facts.get('file')!), 'utf8')).toBe(readSide(block, '-'));
  expect(readSide(block, '+')).not.toBe(readSide(block, '-'));
}
