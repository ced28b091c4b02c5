import {Readable} from 'node:stream';
import {createGzip} from 'node:zlib';
import {emptyTableToken, Profile, type ProfileInput, StringTable} from 'pprof-format';
import {ALLOCATORS} from '../heap/allocators.js';
import {hasBase, listSide} from '../heap/compared-sides.js';
import {describeMedians} from './describe-sides.js';
import {describeStacks} from './describe-view.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {type FrameNumbers, numberFrames, numberFunctions} from './number-frames.js';
import {combineSide, groupSamplesAt, isOneASide, listSamplesAt, type Sums, sumRuns} from './sample-sums.js';

/** So many frames, or frames of samples, are encoded together. */
const FRAMES_TOGETHER = 2 ** 14;
/** Large files are written every day, and few of them kept: a better compression takes three times as long. */
const COMPRESSION = {level: 4};

/** A profile as `go tool pprof`, Pyroscope and Parca read it, compressed with gzip. */
export function writePprof(view: ExportedView): AsyncIterable<Uint8Array> {
  return Readable.from(encodeProfile(view)).pipe(createGzip(COMPRESSION));
}

/**
 * Messages of a profile one after the other are one profile: fields that are lists are joined. So it is encoded part
 * by part.
 */
function* encodeProfile(view: ExportedView): Generator<Uint8Array> {
  const stacks = view.getStacks();
  const strings = new PartStrings();
  const locations = numberFrames(stacks);
  yield strings.encode(describeProfile(view, strings));
  yield* encodeFunctions(stacks, locations, strings);
  yield* encodeSamples(stacks, locations, strings);
}

/** The table of strings, each part of which is encoded with what first needs it. */
class PartStrings {
  readonly #known = new Map<string, number>([['', 0]]);
  #part = new StringTable();

  get(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#known.size;
    this.#known.set(text, number);
    this.#part.dedup(text);
    return number;
  }

  encode(part: ProfileInput): Uint8Array {
    const bytes = new Profile({...part, stringTable: this.#part}).encode();
    this.#part = new StringTable(emptyTableToken);
    return bytes;
  }
}

function describeProfile({snapshot, query}: ExportedView, strings: PartStrings): ProfileInput {
  const {startTimeMs, endTimeMs, commandLine, parts = []} = snapshot.capture;
  const medians = describeMedians(snapshot);
  const bases = listSide(parts, true).map(({name}) => `base: ${name}`);
  const toType = (type: string, unit: string) => ({type: strings.get(type), unit: strings.get(unit)});
  return {
    sampleType: [toType('inuse_objects', 'count'), toType('inuse_space', 'bytes')],
    defaultSampleType: strings.get('inuse_space'),
    timeNanos: BigInt(Math.round(startTimeMs)) * 1_000_000n,
    durationNanos: BigInt(Math.max(0, Math.round(endTimeMs - startTimeMs))) * 1_000_000n,
    comment: [
      `view: ${describeStacks(query)}`,
      commandLine,
      ...bases,
      ...(medians === null ? [] : [medians]),
    ].map(text => strings.get(text)),
    // One for the program as a whole: frames of Python are at no address.
    mapping: [
      {
        id: 1,
        filename: strings.get(commandLine.split(' ', 1)[0]!),
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
      },
    ],
  };
}

function* encodeFunctions(
  stacks: ExportedStacks,
  locations: FrameNumbers,
  strings: PartStrings,
): Generator<Uint8Array> {
  const functions = numberFunctions(stacks);
  for (const part of split(functions.frames)) {
    yield strings.encode({
      function: part.map(frame => {
        const {name, file} = getFrameNames(stacks, frame);
        const id = functions.numberOf[frame]! + 1;
        // No system name: `go tool pprof` would take it for C++, and make "" of "<module>".
        return {id, name: strings.get(name), filename: strings.get(file)};
      }),
    });
  }
  for (const part of split(locations.frames)) {
    yield strings.encode({
      location: part.map(frame => ({
        id: locations.numberOf[frame]! + 1,
        mappingId: 1,
        line: [{functionId: functions.numberOf[frame]! + 1, line: stacks.frames.line[frame]!}],
      })),
    });
  }
}

function split(frames: readonly number[]): (readonly number[])[] {
  const count = Math.ceil(frames.length / FRAMES_TOGETHER);
  return Array.from({length: count}, (_, index) =>
    frames.slice(index * FRAMES_TOGETHER, (index + 1) * FRAMES_TOGETHER),
  );
}

function* encodeSamples(
  stacks: ExportedStacks,
  {numberOf}: FrameNumbers,
  strings: PartStrings,
): Generator<Uint8Array> {
  const {length, depth, frame} = stacks;
  const getLabels = createLabels(stacks.threads, strings);
  const listWeights = isOneASide(stacks.runs) ? listSampleWeights : listMedianWeights;
  /** The ids of the stack, outermost first. */
  const path: number[] = [];
  let part: NonNullable<ProfileInput['sample']> = [];
  let count = 0;
  for (let node = 1; node < length; node++) {
    path.length = depth[node]! - 1;
    path.push(numberOf[frame[node]!]! + 1);
    for (const weight of listWeights(stacks, node)) {
      part.push({
        locationId: path.toReversed(),
        value: toValues(weight),
        label: getLabels(weight),
      });
      count += path.length;
    }
    if (count < FRAMES_TOGETHER) continue;
    yield strings.encode({sample: part});
    part = [];
    count = 0;
  }
  yield strings.encode({sample: part});
}

/** A sample as the profile has it. */
interface Weight extends Sums {
  readonly isBase: boolean;
  /** −1 of several captures, which may differ in their threads. */
  readonly thread: number;
  readonly allocator: number;
}

function listSampleWeights(stacks: ExportedStacks, node: number): readonly Weight[] {
  const {samples, runs} = stacks;
  return listSamplesAt(stacks, node).map(sample => ({
    bytes: samples.bytes[sample]!,
    allocations: samples.allocations[sample]!,
    isBase: runs[samples.run[sample]!]!.isBase,
    thread: samples.thread[sample]!,
    allocator: samples.allocator[sample]!,
  }));
}

function listMedianWeights(stacks: ExportedStacks, node: number): readonly Weight[] {
  const {samples, runs} = stacks;
  const sides = hasBase(runs) ? [false, true] : [false];
  return groupSamplesAt(stacks, node).flatMap(row => {
    const sums = sumRuns(stacks, row);
    const allocator = samples.allocator[row[0]!]!;
    return sides
      .map(isBase => ({...combineSide(stacks, sums, isBase), isBase, thread: -1, allocator}))
      .filter(({bytes, allocations}) => bytes !== 0 || allocations !== 0);
  });
}

/**
 * What `go tool pprof -diff_base BASE FILE` makes of two profiles: the samples of the base are negative and have the
 * label `pprof::base`, which makes percentages those of the base's total (`fetchProfiles` in
 * github.com/google/pprof/internal/driver/fetch.go, `computeTotal` in internal/report/report.go, `DiffBaseSample` in
 * profile/profile.go). All stacks are there, also those that are the same, since that total is their sum.
 */
function toValues({bytes, allocations, isBase}: Weight): number[] {
  // Values are whole: the median of two numbers may have a half.
  return [allocations, bytes].map(value => (isBase ? -1 : 1) * Math.round(value));
}

const BASE_LABEL = {key: 'pprof::base', str: 'true'};

type Labels = NonNullable<NonNullable<ProfileInput['sample']>[number]['label']>;

/** The labels of a sample. Many samples share theirs. */
function createLabels(threads: ExportedStacks['threads'], strings: PartStrings) {
  const known = new Map<string, Labels>();
  return ({thread, allocator, isBase}: Weight): Labels => {
    const key = `${thread} ${allocator} ${isBase}`;
    let labels = known.get(key);
    if (labels === undefined) {
      labels = listLabels(threads[thread]?.label, ALLOCATORS[allocator]!, isBase).map(label => ({
        key: strings.get(label.key),
        str: strings.get(label.str),
      }));
      known.set(key, labels);
    }
    return labels;
  };
}

function listLabels(thread: string | undefined, allocator: string, isBase: boolean) {
  return [
    ...(thread === undefined ? [] : [{key: 'thread', str: thread}]),
    ...(allocator === '' ? [] : [{key: 'allocator', str: allocator}]),
    ...(isBase ? [BASE_LABEL] : []),
  ];
}
