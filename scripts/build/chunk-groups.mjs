// Which modules go into one file. Loading a file costs about half a millisecond, and the bundler would make
// one for each set of modules that the same entries need: more than twenty for a report.
import {rolldown} from 'rolldown';

/** Everything that starts: `dynamic` ones are imported when they are needed. */
const entries = {
  start: 'bin/main.ts',
  report: 'bin/run-report.ts',
  screen: 'bin/run-interactive.tsx',
  worker: 'src/reader/worker.ts',
};

/**
 * Groups for the bundler's option `codeSplitting`: what every command needs; what reading and the screen have
 * in common; what else reading needs. Each is closed under static imports together with those before it.
 * @param options of the build
 */
export async function createChunkGroups(options) {
  const bundle = await rolldown({...options, input: entries});
  const {output} = await bundle.generate({format: 'esm'});
  await bundle.close();
  const chunks = new Map(output.filter(({type}) => type === 'chunk').map(chunk => [chunk.fileName, chunk]));
  const [start, report, screen, worker] = Object.keys(entries).map(name => {
    const entry = [...chunks.values()].find(chunk => chunk.isEntry && chunk.name === name);
    return collectModules(chunks, entry.fileName);
  });
  const reading = new Set([...report, ...worker]);
  return [
    createGroup('start', 3, id => start.has(id)),
    createGroup('shared', 2, id => reading.has(id) && screen.has(id)),
    createGroup('reading', 1, id => reading.has(id)),
  ];
}

/** The modules of a chunk and of all that it imports statically. */
function collectModules(chunks, fileName, modules = new Set(), seen = new Set()) {
  if (seen.has(fileName) || !chunks.has(fileName)) return modules;
  seen.add(fileName);
  const chunk = chunks.get(fileName);
  for (const id of chunk.moduleIds) modules.add(id);
  for (const imported of chunk.imports) collectModules(chunks, imported, modules, seen);
  return modules;
}

/** Of the groups that a module fits, the one of the highest priority gets it. */
function createGroup(name, priority, test) {
  return {name, priority, test, minSize: 0};
}
