import {Readable} from 'node:stream';
import {createGzip} from 'node:zlib';
import {emptyTableToken, Profile, type ProfileInput, StringTable} from 'pprof-format';
import {ALLOCATORS} from '../heap/allocators.js';
import {describeStacks} from './describe-view.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {getFrameNames} from './frame-names.js';
import {type FrameNumbers, numberFrames, numberFunctions} from './number-frames.js';

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
  const {startTimeMs, endTimeMs, commandLine} = snapshot.capture;
  const toType = (type: string, unit: string) => ({type: strings.get(type), unit: strings.get(unit)});
  return {
    sampleType: [toType('inuse_objects', 'count'), toType('inuse_space', 'bytes')],
    defaultSampleType: strings.get('inuse_space'),
    timeNanos: BigInt(Math.round(startTimeMs)) * 1_000_000n,
    durationNanos: BigInt(Math.max(0, Math.round(endTimeMs - startTimeMs))) * 1_000_000n,
    comment: [`view: ${describeStacks(query)}`, commandLine].map(text => strings.get(text)),
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
  {length, depth, frame, firstSample, samples, threads}: ExportedStacks,
  {numberOf}: FrameNumbers,
  strings: PartStrings,
): Generator<Uint8Array> {
  const getLabels = createLabels(threads, strings);
  /** The ids of the stack, outermost first. */
  const path: number[] = [];
  let part: NonNullable<ProfileInput['sample']> = [];
  let count = 0;
  for (let node = 1; node < length; node++) {
    path.length = depth[node]! - 1;
    path.push(numberOf[frame[node]!]! + 1);
    for (let sample = firstSample[node]!; sample < firstSample[node + 1]!; sample++) {
      part.push({
        locationId: path.toReversed(),
        value: [samples.allocations[sample]!, samples.bytes[sample]!],
        label: getLabels(samples.thread[sample]!, samples.allocator[sample]!),
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

type Labels = NonNullable<NonNullable<ProfileInput['sample']>[number]['label']>;

/** The labels of a sample. Many samples share theirs. */
function createLabels(threads: ExportedStacks['threads'], strings: PartStrings) {
  const known = new Map<number, Labels>();
  return (thread: number, allocator: number): Labels => {
    const key = thread * ALLOCATORS.length + allocator;
    let labels = known.get(key);
    if (labels === undefined) {
      labels = [{key: strings.get('thread'), str: strings.get(threads[thread]!.label)}];
      const name = ALLOCATORS[allocator]!;
      if (name !== '') labels.push({key: strings.get('allocator'), str: strings.get(name)});
      known.set(key, labels);
    }
    return labels;
  };
}
