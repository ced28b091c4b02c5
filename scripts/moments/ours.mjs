// What is read here: as the command line reads it, in this process.
import {add, namePlace} from './tables.mjs';

const {parseQuery} = await import('../../src/query/grammar/parse-query.ts');
const {openSource} = await import('../../src/reader/open-source.ts');
const {runLoad} = await import('../../src/reader/run-load.ts');

/** The snapshot of a written view, with all locations. Native frames are left out. */
export async function load(bytes, view, options = {}) {
  const {select} = parseQuery(view);
  const request = {view: select, biggestAllocs: Infinity, pythonOnly: true, getWantedPartial: () => null};
  let ending;
  await runLoad(
    () => openSource(bytes),
    {...request, ...options},
    message => {
      ending = message;
    },
  );
  if (ending.type !== 'done') throw new Error(ending.message);
  return ending.snapshot;
}

export function toTable({locations, stacks, frames, strings}) {
  const names = new Map();
  const nameOf = frame => {
    if (!names.has(frame)) {
      const texts = [strings[frames.function[frame]], strings[frames.file[frame]]];
      names.set(frame, namePlace([...texts, frames.line[frame]]));
    }
    return names.get(frame);
  };
  const table = new Map();
  for (let i = 0; i < locations.length; i++) {
    const stack = locations.stack[i];
    const place = stack < 0 ? namePlace(['', '', 0]) : nameOf(stacks.frame[stack]);
    add(table, place, locations.bytes[i], locations.allocations[i]);
  }
  return table;
}
