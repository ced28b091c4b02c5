import {expect, it} from 'vitest';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';

const open = (tracePythonAllocators: boolean) =>
  buildSnapshot([{stack: [['main', 'app.py', 1]], bytes: 10}], {capture: {tracePythonAllocators}});
const [plain, traced] = [open(false), open(true)];

it('captures that were traced in different ways are named', () => {
  expect(compareSnapshots([traced], [plain]).capture.notes).toMatchInlineSnapshot(`
    [
      "only new-0.bin was recorded with --trace-python-allocators: small objects are counted in another way there; record all captures alike",
    ]
  `);
  expect(compareSnapshots([traced, plain], [traced, plain]).capture.notes).toMatchInlineSnapshot(`
    [
      "only 2 of 4 captures were recorded with --trace-python-allocators: small objects are counted in another way there; record all captures alike",
    ]
  `);
});

it('captures that were traced in one way are not spoken of', () => {
  expect(compareSnapshots([plain], [plain]).capture.notes).toEqual([]);
  expect(compareSnapshots([traced], [traced]).capture.notes).toEqual([]);
});
