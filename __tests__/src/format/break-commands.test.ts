import {expect, test} from 'vitest';
import {breakCommands} from '../../../src/format/break-commands.js';

test.each([
  ['::stop-commands::tok', '\\::stop-commands::tok'],
  ['a\n  ::error::x\n\u00a0\u3000::y', 'a\n  \\::error::x\n\u00a0\u3000\\::y'],
  [':::', '\\:::'],
  ['a ##[add-mask]b ###[c]', 'a ##\\[add-mask]b ###\\[c]'],
  ['\n\n::\n', '\n\n\\::\n'],
  ['std::vector:: #[x] ## [y]', 'std::vector:: #[x] ## [y]'],
  ['', ''],
])('%j becomes %j', (lines, broken) => {
  expect(breakCommands(lines)).toBe(broken);
  expect(breakCommands(broken)).toBe(broken);
});
