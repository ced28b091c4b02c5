import {expect, it} from 'vitest';
import type {Renames} from '../../../src/heap/frame-renames.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';

const before = buildSnapshot([{stack: [['load', '/old/app.py', 1]], bytes: 10}]);
const after = buildSnapshot([{stack: [['read', '/new/app.py', 1]], bytes: 20}]);

const listNotes = (renames: Partial<Renames>): readonly string[] =>
  compareSnapshots([after], [before], {folders: [], functions: [], ...renames}).capture.notes;

it('renames that name something are not spoken of', () => {
  const functions = [{from: 'load', to: 'read'}];
  expect(listNotes({folders: [{from: '/old', to: '/new'}], functions})).toEqual([]);
  expect(listNotes({folders: [{from: '/new/', to: '/old'}], functions})).toEqual([]);
  // The first one counts, and the second one is still no mistake.
  const both = [
    {from: '/old', to: '/new'},
    {from: '/old/app.py', to: '/new/app.py'},
  ];
  expect(listNotes({folders: both, functions})).toEqual([]);
});

it('a folder that no path begins with is named', () => {
  const folders = [
    {from: '/ol', to: '/new'},
    {from: '/my code', to: '/new'},
  ];
  expect(listNotes({folders, functions: [{from: 'load', to: 'read'}]})).toMatchInlineSnapshot(`
    [
      "--path-map /ol=/new: no recorded path begins with /ol",
      "--path-map '/my code=/new': no recorded path begins with /my code",
    ]
  `);
});

it('where only the biggest locations are read, it is said of them', () => {
  const cut = {...after, elided: {locations: 1, allocations: 1, bytes: 5}};
  const renames = {folders: [{from: '/x', to: '/y'}], functions: [{from: 'f', to: 'g'}]};
  expect(compareSnapshots([cut], [before], renames).capture.notes).toMatchInlineSnapshot(`
    [
      "--path-map /x=/y: no recorded path of the biggest locations begins with /x",
      "--map-function f=g: no function of the biggest locations of the base is called f",
    ]
  `);
});

it('a function that the base has not is named', () => {
  const folders = [{from: '/old', to: '/new'}];
  const functions = [
    {from: 'read', to: 'load'},
    {from: 'load', to: 'get'},
    {from: 'load', to: 'read'},
  ];
  expect(listNotes({folders, functions})).toMatchInlineSnapshot(`
    [
      "--map-function read=load: no function of the base is called read",
    ]
  `);
});
