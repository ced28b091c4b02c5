import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {parseSnapshot, peakView} from '../../helpers/read-snapshot.js';

const BYTES = readFileSync(`${fixturesDirectory}/nested.bin`);

function parse() {
  const parser = createCaptureParser({view: peakView, biggestAllocs: 3});
  parser.push(BYTES);
  parser.end();
  return parser;
}

it('a whole snapshot has all locations, however few were asked for', () => {
  const {locations, elided} = parse().getWholeSnapshot(peakView, Infinity)!;
  expect(locations.length).toBe(parseSnapshot(BYTES, {biggestAllocs: Infinity}).locations.length);
  expect(elided).toEqual({locations: 0, allocations: 0, bytes: 0});
});

it('there is none where memory does not suffice, and the locations that were asked for are had as before', () => {
  const parser = parse();
  expect(parser.getWholeSnapshot(peakView, 3000)).toBeNull();
  expect(parser.getSnapshot(Infinity, peakView, Infinity).locations.length).toBe(3);
});
