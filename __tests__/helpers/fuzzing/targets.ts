import {readFileSync, writeFileSync} from 'node:fs';
import {checkBudgets, createBudgetText} from './check-budgets.js';
import {checkComparison} from './check-comparison.js';
import {checkExports} from './check-exports.js';
import {checkFrames, createFrames} from './check-frames.js';
import {checkHistory} from './check-history.js';
import {checkImage, checkMangledName, createImage, createMangledName} from './check-images.js';
import {checkInput} from './check-input.js';
import {checkLiveBytes, createLiveBytes} from './check-live.js';
import {checkQuery, checkStructuredQuery} from './check-query.js';
import {checkText, createHostileText} from './check-texts.js';
import {createInput, findingsDirectory, listFindingNames, type Seeds} from './inputs.js';
import {mutateBytes} from './mutate-bytes.js';
import type {Random} from './random.js';
import {createQueryText} from './random-query.js';

/** What a target is tried with. */
export interface FuzzInput {
  readonly captures: readonly Uint8Array[];
  readonly text: string;
}

interface FuzzTarget {
  /** How many of the inputs of a run over all targets are of this one. */
  readonly share: number;
  readonly create: (seeds: Seeds, random: Random) => FuzzInput;
  /** Throws if a promise is broken. */
  readonly check: (input: FuzzInput, random: Random) => void | Promise<void>;
}

const createCapture = (seeds: Seeds, random: Random): FuzzInput => ({
  captures: [createInput(seeds, random)],
  text: '',
});

const createView = (seeds: Seeds, random: Random): FuzzInput => ({
  ...createCapture(seeds, random),
  text: createQueryText(random),
});

const NOTHING: FuzzInput = {captures: [], text: ''};

/** What is fuzzed, by name. */
export const TARGETS = {
  /** The parser: a damaged capture, at once and in pieces. */
  capture: {
    share: 0.12,
    create: createCapture,
    check: ({captures: [bytes]}, random) => checkInput(bytes!, random),
  },
  /** A damaged capture through a written query, moments and blocks included. */
  query: {
    share: 0.12,
    create: createView,
    check: ({captures: [bytes], text}, random) => checkQuery(bytes!, text, random),
  },
  /** A query as data over a random snapshot. */
  structured: {share: 0.03, create: () => NOTHING, check: (_, random) => checkStructuredQuery(random)},
  /** Two damaged captures, often nearly the same, compared. */
  comparison: {
    share: 0.1,
    create: (seeds, random) => ({captures: createPair(seeds, random), text: createQueryText(random)}),
    check: ({captures, text}, random) => checkComparison(captures, text, random),
  },
  /** What is kept of the course of a damaged capture. */
  history: {
    share: 0.1,
    create: createCapture,
    check: ({captures: [bytes]}, random) => checkHistory(bytes!, random),
  },
  /** One format of a damaged capture, or all of them. */
  exports: {
    share: 0.03,
    create: createView,
    check: ({captures: [bytes], text}, random) => checkExports(bytes!, text, random),
  },
  /** Budget files and patterns. */
  budgets: {
    share: 0.1,
    create: (_, random) => ({captures: [], text: createBudgetText(random)}),
    check: ({text}, random) => checkBudgets(text, random),
  },
  /** Frames of LZ4, at once and in pieces. */
  frames: {
    share: 0.1,
    create: (_, random) => ({captures: [createFrames(random)], text: ''}),
    check: ({captures: [bytes]}, random) => checkFrames(bytes!, random),
  },
  /** Damaged libraries with debug information, by which native frames are named. */
  images: {
    share: 0.06,
    create({symbols}, random) {
      const {name, bytes} = createImage(symbols, random);
      return {captures: [bytes], text: name};
    },
    check: ({captures: [bytes], text}, random) => checkImage(text, bytes!, random),
  },
  /** Damaged names of C++. */
  mangled: {
    share: 0.1,
    create: ({symbols}, random) => ({captures: [], text: createMangledName(symbols, random)}),
    check: ({text}) => checkMangledName(text),
  },
  /** What a live run sends first, at once and in pieces. */
  live: {
    share: 0.08,
    create: (_, random) => ({captures: [createLiveBytes(random)], text: ''}),
    check: ({captures: [bytes]}, random) => checkLiveBytes(bytes!, random),
  },
  /** Text that must not reach the terminal as it is. */
  texts: {
    share: 0.06,
    create: (_, random) => ({captures: [], text: createHostileText(random)}),
    check: ({text}) => checkText(text),
  },
} as const satisfies Readonly<Record<string, FuzzTarget>>;

/** How many of so many inputs over all targets are of each. */
export const getShare = (name: TargetName): number => TARGETS[name].share;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as readonly TargetName[];

export function createTargetInput(name: TargetName, seeds: Seeds, random: Random): FuzzInput {
  const target: FuzzTarget = TARGETS[name];
  return target.create(seeds, random);
}

export async function checkTarget(name: TargetName, input: FuzzInput, random: Random): Promise<void> {
  const target: FuzzTarget = TARGETS[name];
  await target.check(input, random);
}

function createPair(seeds: Seeds, random: Random): readonly Uint8Array[] {
  const bytes = createInput(seeds, random);
  return [bytes, random.chance(0.5) ? mutateBytes(bytes, [bytes], random) : createInput(seeds, random)];
}

/** Keeps an input for good: a capture as it is, whatever takes more than one as JSON. Returns the path. */
export function saveFinding(target: TargetName, label: string, {captures, text}: FuzzInput): string {
  if (target === 'capture') {
    const path = `${findingsDirectory}/${label}.bin`;
    writeFileSync(path, captures[0]!);
    return path;
  }
  const path = `${findingsDirectory}/${target}-${label}.json`;
  const packed = captures.map(bytes => Buffer.from(bytes).toString('base64'));
  writeFileSync(path, `${JSON.stringify({target, text, captures: packed}, null, 2)}\n`);
  return path;
}

/** What once broke a promise of another target than the parser. */
export function listTargetFindings(): readonly {
  readonly name: string;
  readonly target: TargetName;
  readonly input: FuzzInput;
}[] {
  return listFindingNames('.json').map(name => {
    const {target, text, captures} = JSON.parse(readFileSync(`${findingsDirectory}/${name}`, 'utf8')) as {
      readonly target: TargetName;
      readonly text: string;
      readonly captures: readonly string[];
    };
    return {name, target, input: {text, captures: captures.map(packed => Buffer.from(packed, 'base64'))}};
  });
}
