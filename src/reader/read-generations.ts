import {ComparedRuns} from '../heap/compared-runs.js';
import {NO_RENAMES} from '../heap/frame-renames.js';
import {formatMoment, type MomentFacts} from '../heap/moment.js';
import type {MomentView, Snapshot} from '../heap/snapshot.js';
import type {ReadCapture} from './read-capture.js';
import {type FoundMoments, type ReadMoments, type ReadPass, readUpTo} from './read-moments.js';

type GenerationView = Extract<MomentView, {readonly kind: 'generations'}>;

/**
 * What was allocated from each mark to the next one and is alive at the end, as runs that are compared. One reading has all
 * generations; of blocks each takes a reading of its own.
 */
export async function readGenerations(
  view: GenerationView,
  hasBlocks: boolean,
  found: FoundMoments,
  read: ReadPass,
): Promise<ReadCapture> {
  const names = view.marks
    .slice(1)
    .map((to, index) => `${formatMoment(view.marks[index]!)}..${formatMoment(to)}`);
  const readings = hasBlocks ? await readEach(view, found, read) : [await readUpTo(view, false, found, read)];
  const first = readings[0]!;
  const moments = hasBlocks ? joinFacts(readings) : first.facts;
  return {
    ...first.reading.read,
    async getSnapshot(request, ...rest) {
      const runs = new ComparedRuns(NO_RENAMES);
      for (const [index, name] of names.entries()) {
        const {reading, stopper} = readings[hasBlocks ? index : 0]!;
        if (!hasBlocks) stopper.choosePart(index);
        runs.add({name, snapshot: await reading.read.getSnapshot(request, ...rest)}, false);
      }
      return {...toGenerations(runs.finish(), names, found), ...(moments && {moments})};
    },
    getUnmerged: () => null,
  };
}

/** A reading for each generation. */
async function readEach(view: GenerationView, found: FoundMoments, read: ReadPass): Promise<ReadMoments[]> {
  const readings: ReadMoments[] = [];
  for (let index = 0; index + 1 < view.marks.length; index++) {
    const part = {
      ...found,
      marks: found.marks.slice(index, index + 2),
      facts: found.facts === null ? null : found.facts.slice(index, index + 2),
    };
    readings.push(await readUpTo(view, true, part, read));
  }
  return readings;
}

function joinFacts(readings: readonly ReadMoments[]): readonly MomentFacts[] | null {
  const facts = readings.map(reading => reading.facts);
  if (facts.some(each => each === null)) return null;
  return facts.flatMap((each, index) => (index === 0 ? each! : each!.slice(1)));
}

/** They are all of one capture. */
function toGenerations(compared: Snapshot, names: readonly string[], {capture}: FoundMoments): Snapshot {
  const runs = compared.runs!.map((run, index) => ({...run, generation: names[index]!}));
  return {...compared, runs, capture};
}
