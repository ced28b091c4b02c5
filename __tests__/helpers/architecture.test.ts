import {describe, expect, test} from 'vitest';
import {findViolations, parseFolderRules} from './architecture.js';

const HEAD = '| folder | holds | may import |\n| --- | --- | --- |\n';
const TABLE = `# Title

${HEAD}| \`src/core\` | bytes | – |
| \`src/capture\` | the container | core |
| \`src/tree\` | the call tree | capture |
| \`src/store\` | the state | core, tree |
| \`src/index.ts\` | what is exported | tree, store |
| \`bin\` | the command line | tree, store |
| \`src/overrides\` | faster modules | node_modules |

| \`src/other\` | another table | – |
`;
/** Code that the table allows. */
const FILES: Readonly<Record<string, string>> = {
  'src/core/core.ts': `import {x} from './other.js';\nimport fs from 'node:fs';`,
  'src/capture/deep/parse.ts': `import {core} from '../../core/core.js';`,
  'src/tree/tree-interface.ts': `export {parse} from '../capture/deep/parse.js';`,
  'src/store/state.ts': `import {\n  tree,\n} from '../tree/tree-interface.js';\nimport '../core/core.js';`,
  'src/index.ts': `export * from './store/state.js';`,
  'bin/main.tsx': `const later = import('../src/store/state.js');`,
  'src/overrides/output.ts': `import Output from '../../node_modules/ink/output.js';`,
};

function check(changes: Readonly<Record<string, string>>, table = TABLE): readonly string[] {
  return findViolations(parseFolderRules(table), new Map(Object.entries({...FILES, ...changes})));
}

describe('imports of made-up code', () => {
  test('that the table allows are none of its violations', () => {
    expect(check({})).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['a value', 'src/tree/a.ts', `import {s} from '../store/state.js';`, 'src/store/state.js'],
    ['a type', 'src/tree/a.ts', `import type {S} from '../store/state.js';`, 'src/store/state.js'],
    ['a type in place', 'src/tree/a.ts', `let s: import('../store/state.js').S;`, 'src/store/state.js'],
    [
      'over lines',
      'src/tree/a.ts',
      `import {\n  s, // 'x'\n} from '../store/state.js';`,
      'src/store/state.js',
    ],
    ['double quotes', 'src/tree/a.ts', `import {s} from "../store/state.js";`, 'src/store/state.js'],
    ['its effects', 'src/tree/a.ts', `import "../store/state.js";`, 'src/store/state.js'],
    ['what it exports on', 'src/tree/a.ts', `export * from '../store/state.js';`, 'src/store/state.js'],
    ['later', 'src/tree/a.ts', `void import(\n  '../store/state.js');`, 'src/store/state.js'],
    ['a template', 'src/tree/a.ts', 'void import(`../store/state.js`);', 'src/store/state.js'],
    ['a worker', 'src/tree/a.ts', `new URL('../store/worker.js', import.meta.url)`, 'src/store/worker.js'],
    [
      'a folder above its own',
      'src/core/a.ts',
      `import {t} from '../tree/tree-interface.js';`,
      'src/tree/tree-interface.js',
    ],
    ['a folder two below', 'src/tree/a.ts', `import {c} from '../core/core.js';`, 'src/core/core.js'],
    ['a façade', 'bin/a.ts', `import {t} from '../src/index.js';`, 'src/index.js'],
    ['bin', 'src/index.ts', `import {m} from '../bin/main.js';`, 'bin/main.js'],
    ['the tests', 'bin/a.ts', `import {m} from '../__tests__/a.js';`, '__tests__/a.js'],
    ['a package by path', 'bin/a.ts', `import m from '../node_modules/ink/a.js';`, 'node_modules/ink/a.js'],
    ['a folder with a longer name', 'src/store/a.ts', `import '../tree-2/a.js';`, 'src/tree-2/a.js'],
  ])('of %s are judged', (_, path, text, target) => {
    expect(check({[path]: text})).toEqual([`${path} imports ${target}`]);
  });

  test('in an unknown folder, or directly in src/, are a violation', () => {
    const text = `import {s} from '../store/state.js';`;
    expect(check({'src/newfolder/a.ts': text, 'src/tree/b.ts': `import '../newfolder/a.js';`})).toEqual([
      'src/newfolder/a.ts is in no folder of the table',
      'src/tree/b.ts imports src/newfolder/a.js',
    ]);
    expect(check({'src/extra.ts': ''})).toEqual(['src/extra.ts is in no folder of the table']);
  });

  test('cannot be without the folder of a row', () => {
    const table = TABLE.replace('| `bin` |', '| `src/gone` | nothing | – |\n| `bin` |');
    expect(check({}, table)).toEqual(['src/gone is in the table, but there is no such code']);
  });
});

describe('a table', () => {
  test.each([
    ['is not there', 'text', 'no table of folders'],
    ['has a folder twice', `${HEAD}| \`bin\` | a | – |\n| \`bin\` | b | – |`, 'a folder stands in two rows'],
    [
      'names what is no folder',
      `${HEAD}| \`bin\` | a | everything |`,
      '"everything" is not a folder of the table',
    ],
    ['has remarks', `${HEAD}| \`bin\` | a | (bin) |`, '"(bin)" is not a folder of the table'],
  ])('that %s is an error', (_, table, message) => {
    expect(() => parseFolderRules(table)).toThrow(message);
  });
});
