import {expect, test} from 'vitest';
import {getMissingPseudoFile, getPseudoFile} from '../../../src/source/pseudo-file.js';

test.each([
  ['', 'unnamed'],
  ['<unknown>', 'native'],
  ['<string>', 'string'],
  ['<stdin>', 'interactive'],
  ['<python-input-12>', 'interactive'],
  ['<console>', 'interactive'],
  ['<frozen importlib._bootstrap>', 'frozen'],
  ['<ipython-input-3-0a1b2c>', 'notebook'],
  ['<command-4012>', 'notebook'],
  ['Cell In[12]', 'notebook'],
  ['In [12]', 'notebook'],
  ['<__array_function__ internals>', 'other'],
  ['<attrs generated init app.Item>', 'other'],
  ['<decorator-gen-12>', 'other'],
  ['<doctest app[0]>', 'other'],
  ['<eval_with_key>.12', 'other'],
  ['<a\nb>', 'other'],
  ['<a<b>>', 'other'],
  ['app.py', null],
  ['<not', null],
  ['/srv/<app>/x.py', null],
  ['Cell.py', null],
  ['/tmp/ipykernel_1/2.py', null],
])('%j', (name, kind) => {
  expect(getPseudoFile(name)).toBe(kind);
});

test.each([
  ['/tmp/ipykernel_123/456.py', 'notebook'],
  ['/var/folders/x/T/ipykernel_123/456.py', 'notebook'],
  ['C:\\Users\\me\\AppData\\Local\\Temp\\ipykernel_123\\456.py', 'notebook'],
  ['/tmp/marimo_77/__marimo__cell_Hbol_.py', 'notebook'],
  ['<string>', 'string'],
  ['/tmp/ipykernel_launcher.py', null],
  ['/srv/ipykernel/kernel.py', null],
])('%j, not found', (name, kind) => {
  expect(getMissingPseudoFile(name)).toBe(kind);
});
